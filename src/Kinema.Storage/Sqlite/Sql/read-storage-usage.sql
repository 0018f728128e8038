-- Indexes: inputs_by_digest and assets_by_digest; artifacts_kept, read whole, and only where Data:MaxBytesPerOrganization is set. UNION counts a content once.
SELECT
  (SELECT coalesce(sum(size_bytes), 0) FROM (
    SELECT digest, size_bytes FROM inputs WHERE org_id = @orgId AND forgotten_at IS NULL
    UNION
    SELECT digest, size_bytes FROM assets WHERE org_id = @orgId AND forgotten_at IS NULL AND digest IS NOT NULL) AS contents)
  + (SELECT coalesce(sum(size_bytes), 0) FROM artifacts WHERE org_id = @orgId AND forgotten_at IS NULL);
