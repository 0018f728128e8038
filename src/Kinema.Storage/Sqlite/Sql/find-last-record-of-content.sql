-- Indexes: inputs_by_digest, assets_by_digest. Records that gave the content up count too.
SELECT max(created_at)
FROM (
  SELECT created_at FROM inputs WHERE org_id = @orgId AND digest = @digest
  UNION ALL
  SELECT created_at FROM assets WHERE org_id = @orgId AND digest = @digest) AS records;
