-- Index: outbox_due, one seek for each endpoint of the organisation. Sorts the first delivery of each endpoint.
WITH RECURSIVE endpoints (endpoint) AS (
  SELECT min(endpoint)
  FROM outbox
  WHERE status = 'pending' AND org_id = @orgId
  UNION ALL
  SELECT (SELECT min(outbox.endpoint) FROM outbox WHERE outbox.status = 'pending' AND outbox.org_id = @orgId AND outbox.endpoint > endpoints.endpoint)
  FROM endpoints
  WHERE endpoints.endpoint IS NOT NULL)
SELECT due.id
FROM endpoints
JOIN outbox AS due ON due.id = (
  SELECT id
  FROM outbox
  WHERE status = 'pending'
    AND org_id = @orgId
    AND endpoint = endpoints.endpoint
    AND next_attempt_at <= @now
    AND (locked_until IS NULL OR locked_until <= @now)
  ORDER BY next_attempt_at, id
  LIMIT 1)
WHERE endpoints.endpoint NOT IN (SELECT value FROM json_each(@busyEndpoints))
ORDER BY due.next_attempt_at, due.id
LIMIT 1;
