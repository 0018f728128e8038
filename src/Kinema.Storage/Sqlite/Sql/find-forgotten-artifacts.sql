-- Index: artifacts primary key (key).
SELECT key, forgotten_at
FROM artifacts
WHERE key IN (SELECT value FROM json_each(@keys)) AND forgotten_at IS NOT NULL;
