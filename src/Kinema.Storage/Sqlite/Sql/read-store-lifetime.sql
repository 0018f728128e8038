-- Scans schema_versions and instances, which hold a handful of rows; walks ledger backwards by its primary key, past the lines of this server.
SELECT
  (SELECT min(applied_at) FROM schema_versions) AS created,
  (SELECT at FROM ledger WHERE at < (SELECT min(started_at) FROM instances) ORDER BY id DESC LIMIT 1) AS last_recorded;
