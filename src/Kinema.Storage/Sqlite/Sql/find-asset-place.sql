-- Index: assets primary key. A deleted asset still has its place in the list.
SELECT created_at
FROM assets
WHERE id = @id AND org_id = @orgId;
