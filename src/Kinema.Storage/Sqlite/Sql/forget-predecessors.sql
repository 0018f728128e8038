-- Scans: both tables hold a handful of rows, because every start of a server clears them of those before it.
DELETE FROM workers
WHERE instance_id <> @instanceId;

DELETE FROM instances
WHERE id <> @instanceId;
