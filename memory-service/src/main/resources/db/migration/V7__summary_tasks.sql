-- The conversations that a summarising model is to look at.
CREATE TABLE summary_task (
  id uuid PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
  tenant_id text NOT NULL,
  due_at timestamptz NOT NULL,
  worker text,
  lease_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0
);
