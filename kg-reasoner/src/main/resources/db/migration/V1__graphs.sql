-- Graphs with their triples, the models trained on them, and the jobs that train.

CREATE TABLE kg (
  id uuid PRIMARY KEY,
  no bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  tenant_id text NOT NULL,
  name text NOT NULL,
  snapshot bigint NOT NULL,
  entities integer NOT NULL,
  relations integer NOT NULL,
  train bigint NOT NULL,
  valid bigint NOT NULL,
  test bigint NOT NULL,
  name_bytes bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX kg_page ON kg (tenant_id, created_at DESC, id DESC);
COMMENT ON COLUMN kg.entities IS 'names in the dictionary; ids run from 0 without gaps';

-- How far the dictionaries reached at each snapshot: a job that goes on after a restart sees the
-- graph as it was.
CREATE TABLE kg_snapshot (
  kg_no bigint NOT NULL REFERENCES kg (no) ON DELETE CASCADE,
  number bigint NOT NULL,
  entities integer NOT NULL,
  relations integer NOT NULL,
  added bigint NOT NULL,
  removed bigint NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (kg_no, number)
);

-- Triples are numbers, their names are in the two dictionaries: a third of the size of text, and
-- what loading needs. Ids are stable. The three tables have no foreign key: its check of every row
-- would double the time of an import; what writes here holds the row of the graph.
CREATE TABLE entity (
  kg_no bigint NOT NULL,
  id integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  PRIMARY KEY (kg_no, id)
);
CREATE UNIQUE INDEX entity_name ON entity (kg_no, name);

CREATE TABLE relation (
  kg_no bigint NOT NULL,
  id integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  PRIMARY KEY (kg_no, id)
);
CREATE UNIQUE INDEX relation_name ON relation (kg_no, name);

-- A triple is in the snapshots from added on, before removed.
CREATE TABLE triple (
  kg_no bigint NOT NULL,
  added bigint NOT NULL,
  removed bigint,
  head integer NOT NULL,
  relation integer NOT NULL,
  tail integer NOT NULL,
  split smallint NOT NULL
);
CREATE UNIQUE INDEX triple_current ON triple (kg_no, head, relation, tail) WHERE removed IS NULL;
CREATE INDEX triple_removed ON triple (kg_no, removed) WHERE removed IS NOT NULL;
COMMENT ON COLUMN triple.split IS '0 train, 1 valid, 2 test';

CREATE TABLE model (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  kg_id uuid REFERENCES kg ON DELETE CASCADE,
  name text,
  origin text NOT NULL,
  config jsonb NOT NULL,
  metrics jsonb NOT NULL,
  provenance jsonb NOT NULL,
  relations integer NOT NULL,
  parameters integer NOT NULL,
  artefact bytea NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX model_page ON model (tenant_id, created_at DESC, id DESC);
CREATE INDEX model_of_kg ON model (kg_id, created_at DESC, id DESC);
COMMENT ON COLUMN model.kg_id IS 'the graph it was trained on; null when imported';

CREATE TABLE job (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  kg_id uuid NOT NULL REFERENCES kg ON DELETE CASCADE,
  snapshot bigint NOT NULL,
  status text NOT NULL,
  request jsonb NOT NULL,
  progress jsonb NOT NULL,
  error jsonb,
  model_id uuid REFERENCES model ON DELETE SET NULL,
  events bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX job_of_kg ON job (kg_id) WHERE status IN ('QUEUED', 'RUNNING');

-- What to go on from after a crash: the trainer's whole state after an epoch.
CREATE TABLE checkpoint (
  job_id uuid PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  tenant_id text NOT NULL,
  epoch integer NOT NULL,
  state bytea NOT NULL,
  saved_at timestamptz NOT NULL
);

CREATE TABLE job_event (
  stream_id uuid NOT NULL REFERENCES job ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  PRIMARY KEY (stream_id, seq)
);

-- Jobs that are not done. Workers of all tenants read it; it holds no text of a user, so it has no
-- row-level security.
CREATE TABLE job_task (
  id uuid PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  tenant_id text NOT NULL,
  due_at timestamptz NOT NULL,
  worker text,
  lease_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0
);

-- Answers already given, so that a repeated request has one effect and one body.
CREATE TABLE idempotency_key (
  tenant_id text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  response text,
  resource_id uuid REFERENCES kg ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (tenant_id, created_at);
CREATE INDEX idempotency_key_resource ON idempotency_key (resource_id);

-- Row-level security keeps a query without a tenant from seeing any row. The policies read the
-- tenant in a subquery, which runs once and not once a row. What belongs to a graph by its number
-- is seen by who sees the graph.
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['kg', 'model', 'job', 'checkpoint', 'job_event', 'idempotency_key']
  LOOP
    EXECUTE format(
      'CREATE POLICY tenant_only ON %I USING (tenant_id = (SELECT current_setting(''espalier.tenant'', true)))',
      guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['kg_snapshot', 'entity', 'relation', 'triple']
  LOOP
    EXECUTE format('CREATE POLICY tenant_only ON %I USING (kg_no IN (SELECT no FROM kg))', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['kg', 'model', 'job', 'checkpoint', 'job_event', 'idempotency_key',
    'kg_snapshot', 'entity', 'relation', 'triple']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
  END LOOP;
END $$;
