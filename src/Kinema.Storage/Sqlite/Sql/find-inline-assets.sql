-- Index: assets primary key; the plus keeps other indexes out. Assets made before they kept their run count as the run's if they are not a minute older.
SELECT id, digest
FROM assets
WHERE id IN (SELECT value FROM json_each(@ids))
  AND +org_id = @orgId
  AND source_type = 'inline'
  AND forgotten_at IS NULL
  AND (run_id = @runId OR (run_id IS NULL AND created_at BETWEEN @createdAt - 60000000 AND @createdAt + 1000));
