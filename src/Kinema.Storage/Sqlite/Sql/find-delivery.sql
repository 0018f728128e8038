-- Index: outbox primary key.
SELECT *
FROM outbox
WHERE id = @deliveryId;
