-- Where an administrator has created the extension, every vector of 384 dimensions gets a second copy
-- that pgvector can search; those of other models are searched in process. PLAIN keeps it in the row,
-- so that an exact scan does not fetch each one from elsewhere.
DO $$
DECLARE
  made_from text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN
    RETURN;
  END IF;
  SELECT generation_expression INTO made_from FROM information_schema.columns
  WHERE table_schema = current_schema() AND table_name = 'turn_embedding'
    AND column_name = 'searchable';
  IF made_from NOT LIKE '%CASE%' THEN
    ALTER TABLE turn_embedding DROP COLUMN searchable;
    made_from := NULL;
  END IF;
  IF made_from IS NULL THEN
    ALTER TABLE turn_embedding ALTER COLUMN embedding SET STORAGE EXTERNAL;
    ALTER TABLE turn_embedding ADD COLUMN searchable vector(384) GENERATED ALWAYS AS (
      CASE WHEN cardinality(embedding) = 384 THEN embedding::vector(384) END) STORED;
    ALTER TABLE turn_embedding ALTER COLUMN searchable SET STORAGE PLAIN;
  END IF;
END $$;
