-- Which turns are not active, which are pinned, and when turns were used. An active turn that is not
-- pinned and was never used has no row here.
CREATE TABLE turn_tier (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  tier text NOT NULL,
  since_seq bigint NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
COMMENT ON COLUMN turn_tier.since_seq IS 'the newest turn when it came into the tier';

CREATE TABLE turn_pin (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  pinned_at timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);

CREATE TABLE turn_use (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  uses bigint NOT NULL,
  recent bigint[] NOT NULL,
  last_used_at timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
COMMENT ON COLUMN turn_use.recent IS 'the newest turn at each of the latest uses, newest first';

-- The vectors of turns that are not active. They are out of the table that is searched, so that a
-- search has less to read, and are kept to the bit, so that an undo brings back the same recall.
CREATE TABLE dormant_embedding (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  model_id smallint NOT NULL REFERENCES embedding_model,
  revision bigint NOT NULL,
  embedding real[] NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX dormant_embedding_revision ON dormant_embedding (conversation_id, revision);
COMMENT ON COLUMN dormant_embedding.revision IS
  'value of embedding_head.revision when it left turn_embedding: a cache drops what has a larger one';

ALTER TABLE embedding_head
  ADD COLUMN reset_revision bigint NOT NULL DEFAULT 0,
  ADD COLUMN postings_revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN embedding_head.reset_revision IS
  'value of revision when vectors were last deleted: a cache that is older reads all of them again';
COMMENT ON COLUMN embedding_head.postings_revision IS
  'grows when older postings change or stop being searched: a cache with another one starts again';

CREATE TABLE forgetting_policy (
  tenant_id text NOT NULL,
  id text NOT NULL,
  definition jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE forgetting_run (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  tenant_id text NOT NULL,
  policy_id text NOT NULL,
  policy jsonb NOT NULL,
  last_seq bigint NOT NULL,
  created_at timestamptz NOT NULL,
  undone_at timestamptz,
  restored bigint[],
  left_alone bigint[]
);
CREATE INDEX forgetting_run_conversation ON forgetting_run (conversation_id);

CREATE TABLE forgetting_change (
  run_id uuid NOT NULL REFERENCES forgetting_run ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  from_tier text NOT NULL,
  to_tier text NOT NULL,
  strength jsonb NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (run_id, seq)
);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['turn_tier', 'turn_pin', 'turn_use', 'dormant_embedding',
    'forgetting_policy', 'forgetting_run', 'forgetting_change']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_only ON %I USING (tenant_id = (SELECT current_setting(''espalier.tenant'', true)))',
      tenant_table);
  END LOOP;
END $$;
