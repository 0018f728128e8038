-- Indexes: inputs_kept, assets_kept. Read only when a create was refused after its media were stored.
SELECT
  EXISTS (SELECT 1 FROM inputs WHERE org_id = @orgId AND digest = @digest AND forgotten_at IS NULL)
  OR EXISTS (SELECT 1 FROM assets WHERE org_id = @orgId AND digest = @digest AND forgotten_at IS NULL);
