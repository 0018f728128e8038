-- Tasks of runs at providers who are paid for them. A row is written before its submit is sent. `day` counts days since 1970 UTC: the day whose spend it is.
-- No reference to the run: its money stays known after an erasure.
CREATE TABLE upstream_tasks (
  run_key TEXT NOT NULL PRIMARY KEY,
  lane TEXT NOT NULL,
  org_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('submitting', 'submitted', 'doubtful', 'rejected', 'ended')),
  task_id TEXT,
  day INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held >= 0),
  cost INTEGER CHECK (cost >= 0),
  outcome TEXT CHECK (outcome IN ('succeeded', 'failed', 'canceled', 'unknown')),
  created_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CHECK ((state = 'ended') = (outcome IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX upstream_tasks_one_submit ON upstream_tasks (lane) WHERE state = 'submitting';
CREATE UNIQUE INDEX upstream_tasks_by_id ON upstream_tasks (lane, task_id) WHERE task_id IS NOT NULL;
CREATE INDEX upstream_tasks_open ON upstream_tasks (lane, state, sent_at) WHERE ended_at IS NULL;
CREATE INDEX upstream_tasks_by_day ON upstream_tasks (day, org_id, state, cost, held);
