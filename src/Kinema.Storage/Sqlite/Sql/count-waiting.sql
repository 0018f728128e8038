-- Primary keys of two tables in memory. is_current is 0 after another process has written to the database.
SELECT
  coalesce((SELECT data_version FROM pragma_data_version) = (SELECT data_version FROM queue_counts_version), 0) AS is_current,
  coalesce((SELECT queued FROM queue_counts WHERE org_id = ''), 0) AS queued,
  coalesce((SELECT queued FROM queue_counts WHERE org_id = @orgId), 0) AS queued_of_org;
