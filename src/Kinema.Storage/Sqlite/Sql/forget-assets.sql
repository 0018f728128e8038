-- Index: assets_kept (created_at, id). Assets that an unfinished run names are kept, however old.
UPDATE assets
SET forgotten_at = @now
WHERE forgotten_at IS NULL
  AND created_at < @before
  AND id NOT IN (SELECT value FROM json_each(@namedIds));
