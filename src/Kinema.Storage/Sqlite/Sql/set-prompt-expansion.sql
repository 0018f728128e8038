-- Index: runs primary key. The caller has read the row under the write lock.
UPDATE runs
SET prompt_expansion_json = @expansionJson
WHERE id = @runId AND fence = @fence;
