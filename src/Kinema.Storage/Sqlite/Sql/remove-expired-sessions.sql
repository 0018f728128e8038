-- Index: sessions_by_expiry.
DELETE FROM sessions
WHERE hash IN (SELECT hash FROM sessions WHERE expires_at <= @now LIMIT 100);
