-- Scans: both tables hold a handful of rows, because every start of a server clears them of those before it. Remote workers live on.
DELETE FROM workers
WHERE instance_id <> @instanceId AND key_id IS NULL;

DELETE FROM instances
WHERE id <> @instanceId;
