-- The name that the shared persistence code uses in every service.
ALTER TABLE idempotency_key RENAME COLUMN conversation_id TO resource_id;
