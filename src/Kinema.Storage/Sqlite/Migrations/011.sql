-- Keys of workers outside the server's process: the operator's, with the engines that their workers may register and claim.
CREATE TABLE worker_keys (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  engine_ids_json TEXT NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

-- A worker in the server's process has no key and is not listened for. heard_at is steady time.
ALTER TABLE workers ADD COLUMN key_id TEXT REFERENCES worker_keys (id);
ALTER TABLE workers ADD COLUMN protocol INTEGER;
ALTER TABLE workers ADD COLUMN version TEXT;
ALTER TABLE workers ADD COLUMN heard_at INTEGER;
ALTER TABLE workers ADD COLUMN draining_at INTEGER;

-- The last numbered message of the attempt that was stored, so that a repeated one is not stored twice.
ALTER TABLE attempts ADD COLUMN append_sequence INTEGER NOT NULL DEFAULT 0;
