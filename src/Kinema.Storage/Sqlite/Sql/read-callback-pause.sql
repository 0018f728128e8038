-- Indexes: callback_pauses primary key; outbox_due, what is pending of one organisation.
SELECT
  (SELECT paused_at FROM callback_pauses WHERE org_id = @orgId) AS paused_at,
  count(*) AS pending,
  count(locked_by) AS under_way
FROM outbox
WHERE status = 'pending' AND org_id = @orgId;
