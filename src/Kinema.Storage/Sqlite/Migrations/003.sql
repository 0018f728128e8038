-- Clips and sounds: how much of the sound is damaged, and what the inspection found, so that nobody has to look again.
ALTER TABLE inputs ADD COLUMN lost_seconds REAL NOT NULL DEFAULT 0;
ALTER TABLE inputs ADD COLUMN details TEXT;
