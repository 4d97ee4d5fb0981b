-- Which model's vectors a conversation is searched with. A change of the configured model does not
-- change it: it is the conversation's own, until it is cut over to another one.
ALTER TABLE embedding_head ADD COLUMN model_id smallint REFERENCES embedding_model;

ALTER TABLE turn_embedding NO FORCE ROW LEVEL SECURITY;
ALTER TABLE dormant_embedding NO FORCE ROW LEVEL SECURITY;
UPDATE embedding_head AS head SET model_id = coalesce(
  (SELECT model_id FROM turn_embedding WHERE conversation_id = head.conversation_id LIMIT 1),
  (SELECT model_id FROM dormant_embedding WHERE conversation_id = head.conversation_id LIMIT 1));
ALTER TABLE turn_embedding FORCE ROW LEVEL SECURITY;
ALTER TABLE dormant_embedding FORCE ROW LEVEL SECURITY;

-- Vectors of a model that is not searched: of the one to come, or of the one before.
CREATE TABLE spare_embedding (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  model_id smallint NOT NULL REFERENCES embedding_model,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  embedding real[] NOT NULL,
  PRIMARY KEY (conversation_id, model_id, seq)
);

CREATE TABLE reembedding (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  tenant_id text NOT NULL,
  from_model smallint REFERENCES embedding_model,
  to_model smallint NOT NULL REFERENCES embedding_model,
  state text NOT NULL,
  through_seq bigint NOT NULL DEFAULT 0,
  failed bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX reembedding_open ON reembedding (conversation_id) WHERE state <> 'DROPPED';
COMMENT ON COLUMN reembedding.through_seq IS 'turns up to here have their vector, or failed';

CREATE TABLE reembedding_task (
  id uuid PRIMARY KEY REFERENCES reembedding ON DELETE CASCADE,
  tenant_id text NOT NULL,
  due_at timestamptz NOT NULL,
  worker text,
  lease_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0
);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['spare_embedding', 'reembedding']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_only ON %I USING (tenant_id = (SELECT current_setting(''espalier.tenant'', true)))',
      tenant_table);
  END LOOP;
END $$;
