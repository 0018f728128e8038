-- Indexes: outbox_due, one seek for each organisation; org_turns and callback_pauses primary keys. Sorts these organisations.
WITH RECURSIVE waiting (org_id) AS (
  SELECT min(org_id)
  FROM outbox
  WHERE status = 'pending'
  UNION ALL
  SELECT (SELECT min(outbox.org_id) FROM outbox WHERE outbox.status = 'pending' AND outbox.org_id > waiting.org_id)
  FROM waiting
  WHERE waiting.org_id IS NOT NULL)
SELECT waiting.org_id
FROM waiting
LEFT JOIN org_turns AS turns ON turns.queue = 'deliveries' AND turns.org_id = waiting.org_id
WHERE waiting.org_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM callback_pauses WHERE callback_pauses.org_id = waiting.org_id)
ORDER BY coalesce(turns.turn, 0), waiting.org_id;
