-- Indexes: inputs_by_digest, assets_by_digest.
SELECT
  EXISTS (SELECT 1 FROM inputs WHERE org_id = @orgId AND digest = @digest AND forgotten_at IS NULL)
  OR EXISTS (SELECT 1 FROM assets WHERE org_id = @orgId AND digest = @digest AND forgotten_at IS NULL);
