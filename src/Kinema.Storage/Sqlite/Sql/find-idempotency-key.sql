-- Index: UNIQUE (org_id, route, key).
SELECT *
FROM idempotency_keys
WHERE org_id = @orgId AND route = @route AND key = @key AND expires_at > @now;
