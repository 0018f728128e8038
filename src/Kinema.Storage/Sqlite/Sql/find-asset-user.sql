-- Index: runs_by_expiry, which holds only the unfinished. A run names an asset as runflow://assets/{id} or by a signed URL, which holds the id too.
SELECT id
FROM runs
WHERE completed_at IS NULL AND org_id = @orgId AND instr(lower(effective_input_json), @id) > 0
LIMIT 1;
