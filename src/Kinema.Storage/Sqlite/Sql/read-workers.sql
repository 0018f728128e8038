-- Index: workers_by_registration; rowid breaks a tie, later rows win.
SELECT engines_json
FROM workers
WHERE key_id IS NULL OR heard_at > @heardAfter
ORDER BY registered_at, rowid;
