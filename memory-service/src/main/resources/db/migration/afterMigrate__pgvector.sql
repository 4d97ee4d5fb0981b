-- Where an administrator has created the extension, every vector gets a second copy that pgvector can
-- search. PLAIN keeps it in the row, so that an exact scan does not fetch each one from elsewhere.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'vector')
    AND NOT EXISTS (
      SELECT FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = 'turn_embedding'
        AND column_name = 'searchable')
  THEN
    ALTER TABLE turn_embedding ALTER COLUMN embedding SET STORAGE EXTERNAL;
    ALTER TABLE turn_embedding
      ADD COLUMN searchable vector(384) GENERATED ALWAYS AS (embedding::vector(384)) STORED;
    ALTER TABLE turn_embedding ALTER COLUMN searchable SET STORAGE PLAIN;
  END IF;
END $$;
