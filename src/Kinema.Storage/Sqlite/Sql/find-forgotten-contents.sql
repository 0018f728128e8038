-- Scans: no index begins with the digest, and only a sweep that found contents which nothing names asks.
SELECT org_id, digest, max(forgotten_at)
FROM (
  SELECT org_id, digest, forgotten_at
  FROM inputs
  WHERE forgotten_at IS NOT NULL AND digest IN (SELECT value FROM json_each(@digests))
  UNION ALL
  SELECT org_id, digest, forgotten_at
  FROM assets
  WHERE forgotten_at IS NOT NULL AND digest IN (SELECT value FROM json_each(@digests))) AS forgotten
GROUP BY org_id, digest;
