-- Index: sessions_by_key.
DELETE FROM sessions
WHERE hash IN (SELECT hash FROM sessions WHERE key_id = @keyId ORDER BY created_at DESC LIMIT 100 OFFSET @most);
