-- Index: workers_by_registration; rowid breaks a tie, later rows win.
SELECT engines_json
FROM workers
ORDER BY registered_at, rowid;
