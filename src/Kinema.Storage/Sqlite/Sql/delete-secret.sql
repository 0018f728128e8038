-- Index: secrets primary key.
DELETE FROM secrets
WHERE id = @id AND org_id = @orgId
RETURNING is_current;
