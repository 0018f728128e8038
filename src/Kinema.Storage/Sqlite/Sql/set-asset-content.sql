-- Index: assets primary key. An upload may be repeated until it is confirmed.
UPDATE assets
SET digest = @digest, size_bytes = @sizeBytes, mime_type = @mimeType
WHERE id = @id AND org_id = @orgId AND confirmed_at IS NULL AND forgotten_at IS NULL;
