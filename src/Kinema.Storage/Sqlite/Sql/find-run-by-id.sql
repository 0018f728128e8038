-- Index: runs primary key. For maintenance only, which acts for no organisation.
SELECT *
FROM runs
WHERE id = @runId;
