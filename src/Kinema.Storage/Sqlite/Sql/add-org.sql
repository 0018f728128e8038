-- Index: orgs unique (slug).
INSERT INTO orgs (id, name, slug, created_at)
VALUES (@id, @name, @slug, @now);
