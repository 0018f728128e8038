-- Indexes: inputs_kept, assets_kept.
SELECT org_id, digest
FROM inputs
WHERE forgotten_at IS NULL
UNION
SELECT org_id, digest
FROM assets
WHERE forgotten_at IS NULL AND digest IS NOT NULL;
