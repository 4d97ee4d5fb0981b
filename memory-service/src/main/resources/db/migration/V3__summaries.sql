-- The compact memory: summaries of closed segments (level 1) and of conversations (level 2). A row is
-- never changed, but for the moment in which another one takes its place.
CREATE TABLE compact_summary (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  level smallint NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  version integer NOT NULL,
  tenant_id text NOT NULL,
  method text NOT NULL,
  degraded text,
  headline jsonb NOT NULL,
  body jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  superseded_at timestamptz,
  PRIMARY KEY (conversation_id, level, last_seq, version)
);
COMMENT ON COLUMN compact_summary.body IS 'sentences, each with the sequence numbers it comes from';

ALTER TABLE compact_summary ENABLE ROW LEVEL SECURITY;
ALTER TABLE compact_summary FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON compact_summary
  USING (tenant_id = (SELECT current_setting('espalier.tenant', true)));
