-- Index: worker_keys primary key, read backwards: ids sort by creation. An operator has a handful.
SELECT *
FROM worker_keys
ORDER BY id DESC;
