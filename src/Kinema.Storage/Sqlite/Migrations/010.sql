-- Sessions of the playground: the cookie of a browser stands for a key, until it expires, the visitor signs out or the key is revoked.
CREATE TABLE sessions (
  hash       BLOB    NOT NULL PRIMARY KEY,
  key_id     TEXT    NOT NULL REFERENCES keys (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_key ON sessions (key_id, created_at);
