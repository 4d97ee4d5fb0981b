-- Who may come in, what they may spend, and what they did. These tables belong to the operator and
-- not to a tenant, so there is no row-level security: only the admin API reads them.

-- Changes with every change of a tenant, a key or the set of budgets; replicas ask for it alone.
CREATE TABLE access_revision (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  value bigint NOT NULL
);
INSERT INTO access_revision (value) VALUES (1);

CREATE TABLE tenant (
  id text PRIMARY KEY,
  name text NOT NULL,
  is_suspended boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);

CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  tenant text NOT NULL REFERENCES tenant,
  name text NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  previous_hash bytea CHECK (length(previous_hash) = 32),
  previous_valid_until timestamptz,
  scopes text[] NOT NULL,
  requests_per_minute bigint,
  tokens_per_minute bigint,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_key_page ON api_key (created_at DESC, id DESC);
CREATE INDEX api_key_of_tenant ON api_key (tenant, created_at DESC, id DESC);
COMMENT ON COLUMN api_key.hash IS 'SHA-256 of a key with 256 random bits; the key is nowhere';

CREATE TABLE budget (
  id uuid PRIMARY KEY,
  tenant text NOT NULL REFERENCES tenant,
  key text,
  period text NOT NULL CHECK (period IN ('TOTAL', 'DAY', 'MONTH')),
  limit_tokens bigint CHECK (limit_tokens >= 0),
  limit_nanos bigint CHECK (limit_nanos >= 0),
  period_start timestamptz NOT NULL,
  used_tokens bigint NOT NULL DEFAULT 0,
  used_nanos bigint NOT NULL DEFAULT 0,
  reserved_tokens bigint NOT NULL DEFAULT 0 CHECK (reserved_tokens >= 0),
  reserved_nanos bigint NOT NULL DEFAULT 0 CHECK (reserved_nanos >= 0),
  created_at timestamptz NOT NULL,
  CHECK (limit_tokens IS NOT NULL OR limit_nanos IS NOT NULL)
);
CREATE INDEX budget_of_tenant ON budget (tenant);
CREATE INDEX budget_page ON budget (created_at DESC, id DESC);
COMMENT ON COLUMN budget.key IS 'the key that it is for, or null: for all keys of the tenant';
COMMENT ON COLUMN budget.period_start IS 'what was used before it counts no more';

-- What was set aside for a call. A settled or expired one is kept for a day, so that a settlement
-- that comes twice or too late is told from the first.
CREATE TABLE reservation (
  id uuid PRIMARY KEY,
  budgets uuid[] NOT NULL,
  tokens bigint NOT NULL,
  nanos bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('HELD', 'SETTLED', 'EXPIRED')),
  deadline timestamptz NOT NULL
);
CREATE INDEX reservation_due ON reservation (deadline);

CREATE TABLE usage (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  tenant text NOT NULL,
  key text NOT NULL,
  request_id text NOT NULL,
  operation text NOT NULL,
  model text NOT NULL,
  prompt_tokens bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  nanos bigint NOT NULL,
  is_estimated boolean NOT NULL,
  outcome text NOT NULL
);
CREATE INDEX usage_page ON usage (at DESC, id DESC);
CREATE INDEX usage_of_tenant ON usage (tenant, at DESC, id DESC);
