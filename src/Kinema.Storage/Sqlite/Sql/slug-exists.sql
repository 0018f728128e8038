-- Index: orgs unique (slug).
SELECT EXISTS (SELECT 1 FROM orgs WHERE slug = @slug);
