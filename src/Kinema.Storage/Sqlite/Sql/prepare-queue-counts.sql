-- Counts of queued runs in the memory of the write connection. Triggers keep them, so that a rolled back write takes its counts along.
CREATE TEMP TABLE IF NOT EXISTS queue_counts (
  org_id TEXT NOT NULL PRIMARY KEY, -- '' for all organisations
  queued INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE IF NOT EXISTS queue_counts_version (
  data_version INTEGER NOT NULL
) STRICT;

CREATE TEMP TRIGGER IF NOT EXISTS queue_counts_add AFTER INSERT ON main.runs WHEN NEW.status = 'queued'
BEGIN
  INSERT INTO queue_counts (org_id, queued) VALUES ('', 1), (NEW.org_id, 1)
  ON CONFLICT (org_id) DO UPDATE SET queued = queued + 1;
END;

CREATE TEMP TRIGGER IF NOT EXISTS queue_counts_add_again AFTER UPDATE OF status ON main.runs WHEN NEW.status = 'queued' AND OLD.status <> 'queued'
BEGIN
  INSERT INTO queue_counts (org_id, queued) VALUES ('', 1), (NEW.org_id, 1)
  ON CONFLICT (org_id) DO UPDATE SET queued = queued + 1;
END;

CREATE TEMP TRIGGER IF NOT EXISTS queue_counts_remove AFTER UPDATE OF status ON main.runs WHEN OLD.status = 'queued' AND NEW.status <> 'queued'
BEGIN
  UPDATE queue_counts SET queued = queued - 1 WHERE org_id IN ('', OLD.org_id);
END;
