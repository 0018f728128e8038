-- Index: sessions primary key, keys primary key.
SELECT k.*
FROM sessions AS s
JOIN keys AS k ON k.id = s.key_id
WHERE s.hash = @hash AND s.expires_at > @now AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > @now);
