-- Searches, what happened to them, and batches of them. Every table that holds a word of a user
-- carries the tenant, and row-level security keeps a query without a tenant from seeing any.
-- The policies read the tenant in a subquery, which runs once and not once a row.

CREATE TABLE search_batch (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  budget jsonb NOT NULL,
  control_fraction double precision NOT NULL,
  seed bigint NOT NULL,
  metadata jsonb NOT NULL,
  items integer NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX search_batch_page ON search_batch (tenant_id, created_at DESC, id DESC);

CREATE TABLE search (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  status text NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED')),
  spec jsonb NOT NULL,
  metadata jsonb NOT NULL,
  summary jsonb,
  failure text,
  batch_id uuid REFERENCES search_batch ON DELETE CASCADE,
  item integer,
  is_control boolean NOT NULL DEFAULT false,
  attempt integer NOT NULL DEFAULT 1,
  share jsonb,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  finished_at timestamptz
);
CREATE INDEX search_page ON search (tenant_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX search_item ON search (batch_id, item, is_control, attempt)
  WHERE batch_id IS NOT NULL;
COMMENT ON COLUMN search.summary IS 'the result, written in the transaction that ends the search';
COMMENT ON COLUMN search.failure IS 'a code, where the search ended without a result of its own';
COMMENT ON COLUMN search.share IS 'what the search may spend of its batch''s budget';

-- Append-only: replayed in order, the events are the search.
CREATE TABLE search_event (
  stream_id uuid NOT NULL REFERENCES search ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  PRIMARY KEY (stream_id, seq)
);

-- The searches that are not done, and who works on them. It holds no text, and workers of all tenants
-- read it, so it has no row-level security.
CREATE TABLE search_task (
  id uuid PRIMARY KEY REFERENCES search ON DELETE CASCADE,
  tenant_id text NOT NULL,
  due_at timestamptz NOT NULL,
  worker text,
  lease_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  is_cancelled boolean NOT NULL DEFAULT false
);
CREATE INDEX search_task_due ON search_task (due_at, id);
CREATE INDEX search_task_tenant ON search_task (tenant_id) WHERE lease_until IS NOT NULL;

-- Answers already given, so that a repeated request has one effect and one body.
CREATE TABLE idempotency_key (
  tenant_id text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  response text,
  resource_id uuid,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (tenant_id, created_at);
CREATE INDEX idempotency_key_resource ON idempotency_key (resource_id);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['search_batch', 'search', 'search_event', 'idempotency_key']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_only ON %I USING (tenant_id = (SELECT current_setting(''espalier.tenant'', true)))',
      tenant_table);
  END LOOP;
END $$;
