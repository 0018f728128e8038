-- Organisations take turns: the one that was served longest ago comes first, one that never was before all.
CREATE TABLE org_turns (
  queue TEXT NOT NULL CHECK (queue IN ('runs', 'deliveries')),
  org_id TEXT NOT NULL REFERENCES orgs (id),
  turn INTEGER NOT NULL,
  PRIMARY KEY (queue, org_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX org_turns_by_turn ON org_turns (queue, turn);

-- When the run must have ended, by the steady time of the server that has the store open; deadline_at is what callers see.
ALTER TABLE runs ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0;
UPDATE runs SET expires_at = deadline_at WHERE completed_at IS NULL;
DROP INDEX runs_by_deadline;
CREATE INDEX runs_by_expiry ON runs (expires_at, id) WHERE completed_at IS NULL;

DROP INDEX runs_waiting;
DROP INDEX runs_waiting_by_org;
CREATE INDEX runs_waiting ON runs (org_id, engine_id, created_at, id, available_at, expires_at) WHERE status = 'queued';
CREATE INDEX runs_never_started ON runs (available_at, id) WHERE status = 'queued' AND started_at IS NULL;

DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (org_id, endpoint, next_attempt_at, id, locked_until) WHERE status = 'pending';
