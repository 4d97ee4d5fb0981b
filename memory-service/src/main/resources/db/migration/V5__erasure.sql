-- What stays of a turn whose text was erased: its number, its role and its times.
ALTER TABLE turn ADD COLUMN redacted_at timestamptz;

-- What happened in a conversation, in ids and sequence numbers only. No foreign key: the last event
-- says that the conversation is gone, and outlives it for those who follow.
CREATE TABLE conversation_event (
  stream_id uuid NOT NULL,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (stream_id, seq)
);
CREATE INDEX conversation_event_last ON conversation_event (tenant_id, stored_at)
  WHERE type = 'conversation.deleted';

CREATE TABLE conversation_event_head (
  conversation_id uuid PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL
);

-- Receipts. Whom an erasure is about is known until it is done, and nowhere afterwards.
CREATE TABLE erasure (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  subject text,
  speaker text,
  requested_at timestamptz NOT NULL,
  completed_at timestamptz,
  conversations bigint NOT NULL DEFAULT 0,
  turns bigint NOT NULL DEFAULT 0,
  vectors bigint NOT NULL DEFAULT 0,
  postings bigint NOT NULL DEFAULT 0,
  summaries bigint NOT NULL DEFAULT 0,
  idempotency_keys bigint NOT NULL DEFAULT 0,
  events bigint NOT NULL DEFAULT 0
);

CREATE TABLE erasure_task (
  id uuid PRIMARY KEY REFERENCES erasure ON DELETE CASCADE,
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
  FOREACH tenant_table IN ARRAY ARRAY['conversation_event', 'erasure']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_only ON %I USING (tenant_id = (SELECT current_setting(''espalier.tenant'', true)))',
      tenant_table);
  END LOOP;
END $$;
