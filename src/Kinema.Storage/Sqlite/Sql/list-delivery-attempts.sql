-- Index: delivery_attempts unique (delivery_id, attempt_number).
SELECT *
FROM delivery_attempts
WHERE delivery_id IN (SELECT value FROM json_each(@deliveryIds))
ORDER BY delivery_id, attempt_number;
