-- Index: runs_waiting, read whole: at start, and after another process has written.
DELETE FROM queue_counts;
INSERT INTO queue_counts (org_id, queued)
SELECT org_id, count(*) FROM runs WHERE status = 'queued' GROUP BY org_id;
INSERT INTO queue_counts (org_id, queued)
SELECT '', coalesce(sum(queued), 0) FROM queue_counts;
DELETE FROM queue_counts_version;
INSERT INTO queue_counts_version (data_version) SELECT data_version FROM pragma_data_version;
