-- Index: callback_pauses primary key.
DELETE FROM callback_pauses
WHERE org_id = @orgId;
