-- Scans: no index has the digest, and only a sweep that found contents which nothing names asks.
SELECT org_id, digest
FROM inputs
WHERE forgotten_at IS NOT NULL AND digest IN (SELECT value FROM json_each(@digests))
UNION
SELECT org_id, digest
FROM assets
WHERE forgotten_at IS NOT NULL AND digest IN (SELECT value FROM json_each(@digests));
