-- Index: outbox primary key.
UPDATE outbox
SET locked_by = @instanceId, locked_until = @lockedUntil
WHERE id = @deliveryId
RETURNING *;
