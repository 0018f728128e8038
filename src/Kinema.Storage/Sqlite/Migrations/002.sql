-- Clips and sounds: their length by decoding, and whether they can be heard.
ALTER TABLE inputs ADD COLUMN seconds REAL;
ALTER TABLE inputs ADD COLUMN has_sound INTEGER NOT NULL DEFAULT 0;
