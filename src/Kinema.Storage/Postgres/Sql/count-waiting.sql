-- Index: runs_waiting, read whole: its length is bounded by the limits of the queue. A row that counts would make every create wait for every other.
SELECT
  TRUE AS is_current,
  (SELECT count(*) FROM runs WHERE status = 'queued') AS queued,
  (SELECT count(*) FROM runs WHERE status = 'queued' AND org_id = @orgId) AS queued_of_org;
