-- Index: artifacts_kept.
SELECT key
FROM artifacts
WHERE forgotten_at IS NULL;
