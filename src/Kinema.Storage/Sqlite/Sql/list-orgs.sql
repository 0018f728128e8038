-- Index: none; organisations are few.
SELECT id, name, slug, created_at
FROM orgs
ORDER BY created_at, id;
