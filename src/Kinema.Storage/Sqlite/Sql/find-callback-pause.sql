-- Index: callback_pauses primary key.
SELECT paused_at
FROM callback_pauses
WHERE org_id = @orgId;
