-- Answers to requests with an Idempotency-Key. signed_places says where signed URLs belong, which are not stored.
CREATE TABLE idempotency_keys (
  org_id TEXT NOT NULL REFERENCES orgs (id),
  route TEXT NOT NULL,
  key TEXT NOT NULL,
  request_digest BLOB NOT NULL,
  status INTEGER NOT NULL,
  body BLOB,
  signed_places TEXT NOT NULL,
  location TEXT,
  run_id TEXT REFERENCES runs (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  UNIQUE (org_id, route, key)
) STRICT;

CREATE INDEX idempotency_keys_by_run ON idempotency_keys (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

-- Erasing a run erases the answers that tell of it. Their keys stay taken, so that a repetition is 404 and makes no second run.
CREATE TRIGGER idempotency_keys_stay_taken AFTER DELETE ON idempotency_keys WHEN OLD.run_id IS NOT NULL
BEGIN
  INSERT INTO idempotency_keys (org_id, route, key, request_digest, status, body, signed_places, location, run_id, created_at, expires_at)
  VALUES (OLD.org_id, OLD.route, OLD.key, OLD.request_digest, OLD.status, NULL, '[]', NULL, NULL, OLD.created_at, OLD.expires_at);
END;

-- Organisations that get no callbacks for now.
CREATE TABLE callback_pauses (
  org_id TEXT NOT NULL PRIMARY KEY REFERENCES orgs (id),
  paused_at INTEGER NOT NULL
) STRICT;
