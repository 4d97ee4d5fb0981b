ALTER TABLE plant ADD COLUMN height_cm int;
