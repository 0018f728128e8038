INSERT INTO idempotency_keys (org_id, route, key, request_digest, status, body, signed_places, location, run_id, created_at, expires_at)
SELECT
  @orgId, @route, @key, @requestDigest, @status, CASE WHEN NOT is_erased THEN @body END, CASE WHEN is_erased THEN '[]' ELSE @signedPlaces END,
  CASE WHEN NOT is_erased THEN @location END, @runId, @now, @expiresAt
FROM (SELECT EXISTS (SELECT 1 FROM runs WHERE id = @runId AND erased_at IS NOT NULL) AS is_erased) AS run
ON CONFLICT (org_id, route, key) DO UPDATE SET
  request_digest = excluded.request_digest,
  status = excluded.status,
  body = excluded.body,
  signed_places = excluded.signed_places,
  location = excluded.location,
  run_id = excluded.run_id,
  created_at = excluded.created_at,
  expires_at = excluded.expires_at
WHERE idempotency_keys.expires_at <= @now
RETURNING 1;
