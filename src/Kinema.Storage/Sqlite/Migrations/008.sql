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

-- Organisations that get no callbacks for now.
CREATE TABLE callback_pauses (
  org_id TEXT NOT NULL PRIMARY KEY REFERENCES orgs (id),
  paused_at INTEGER NOT NULL
) STRICT;
