-- Index: secrets primary key.
SELECT *
FROM secrets
WHERE id = @id AND org_id = @orgId;
