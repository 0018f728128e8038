-- Index: orgs primary key.
SELECT id, name, slug, created_at
FROM orgs
WHERE id = @id;
