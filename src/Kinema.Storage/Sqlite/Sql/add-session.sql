-- Index: sessions primary key.
INSERT INTO sessions (hash, key_id, created_at, expires_at)
VALUES (@hash, @keyId, @now, @expiresAt);
