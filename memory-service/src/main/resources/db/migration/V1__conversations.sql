-- Conversations, their turns, and what is derived from the turns. Every table that holds a word of a
-- user carries the tenant, and row-level security keeps a query without a tenant from seeing any.
-- The policies read the tenant in a subquery, which runs once and not once a row.

CREATE TABLE conversation (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  title text,
  subject text,
  metadata jsonb NOT NULL,
  version bigint NOT NULL,
  last_seq bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX conversation_page ON conversation (tenant_id, created_at DESC, id DESC);
CREATE INDEX conversation_subject ON conversation (tenant_id, subject) WHERE subject IS NOT NULL;

CREATE TABLE turn (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  role text NOT NULL,
  speaker text,
  content text NOT NULL,
  occurred_at timestamptz,
  client_turn_id text,
  metadata jsonb NOT NULL,
  stored_at timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
CREATE UNIQUE INDEX turn_client_id ON turn (conversation_id, client_turn_id)
  WHERE client_turn_id IS NOT NULL;

-- The lexical index: which word stems a turn holds, how often, and how long its window is.
CREATE TABLE posting (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  lexeme text NOT NULL,
  seq bigint NOT NULL,
  occurrences smallint NOT NULL,
  tenant_id text NOT NULL,
  PRIMARY KEY (conversation_id, lexeme, seq) INCLUDE (occurrences, tenant_id)
);

CREATE TABLE turn_length (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  lexemes integer NOT NULL,
  window_lexemes integer NOT NULL,
  PRIMARY KEY (conversation_id, seq) INCLUDE (window_lexemes)
);
COMMENT ON COLUMN turn_length.window_lexemes IS 'of the turn before, the turn, and the turn after';

-- The vector index. Two vectors are comparable only if they come from the same model row.
CREATE TABLE embedding_model (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  revision text NOT NULL,
  quantisation text NOT NULL,
  passage_prefix text NOT NULL,
  query_prefix text NOT NULL,
  dimensions integer NOT NULL,
  UNIQUE (name, revision, quantisation, passage_prefix, query_prefix)
);

CREATE TABLE turn_embedding (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  model_id smallint NOT NULL REFERENCES embedding_model,
  revision bigint NOT NULL,
  embedding real[] NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX turn_embedding_revision ON turn_embedding (conversation_id, revision);
COMMENT ON COLUMN turn_embedding.revision IS
  'value of embedding_head.revision when it was stored: what a cache has not seen has a larger one';

CREATE TABLE embedding_head (
  conversation_id uuid PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
  revision bigint NOT NULL
);

-- The outbox of turns that wait for their vector. It holds no text, and workers of all tenants read
-- it, so it has no row-level security.
CREATE TABLE embedding_task (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  seq bigint NOT NULL,
  tenant_id text NOT NULL,
  due_at timestamptz NOT NULL,
  attempts smallint NOT NULL DEFAULT 0,
  is_dead boolean NOT NULL DEFAULT false,
  last_error text,
  PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX embedding_task_due ON embedding_task (due_at) WHERE NOT is_dead;

-- Answers already given, so that a repeated request has one effect and one body.
CREATE TABLE idempotency_key (
  tenant_id text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  response text,
  conversation_id uuid REFERENCES conversation ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (tenant_id, created_at);
CREATE INDEX idempotency_key_conversation ON idempotency_key (conversation_id);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['conversation', 'turn', 'posting', 'turn_embedding', 'idempotency_key']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_only ON %I USING (tenant_id = (SELECT current_setting(''espalier.tenant'', true)))',
      tenant_table);
  END LOOP;
END $$;

-- The stems of a text with their counts. PostgreSQL's stop list has 127 words; the ones here are what
-- its parser leaves of contractions ("couldn't", "we'll") and the modal verbs it lacks.
CREATE FUNCTION lexemes(body text) RETURNS TABLE (lexeme text, occurrences smallint)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT word.lexeme, cardinality(word.positions)::smallint
  FROM unnest(to_tsvector('pg_catalog.english', body)) AS word
  WHERE word.lexeme <> ALL (ARRAY[
    'could', 'would', 'ought', 'cannot', 'let', 'll', 've', 're', 'd', 'm', 'didn', 'doesn', 'isn',
    'aren', 'wasn', 'weren', 'hasn', 'haven', 'hadn', 'won', 'wouldn', 'shan', 'shouldn', 'couldn',
    'mustn'])
$$;
