-- Index: callback_pauses primary key, read whole: pauses are few and short.
SELECT org_id
FROM callback_pauses
ORDER BY org_id;
