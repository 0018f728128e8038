-- Tasks of runs at providers who are paid for them. A row is written before its submit is sent. `day` counts days since 1970 UTC: the day whose spend it is.
-- No reference to the run: its money stays known after an erasure.
CREATE TABLE upstream_tasks (
  run_key text COLLATE "C" NOT NULL PRIMARY KEY,
  lane text COLLATE "C" NOT NULL,
  org_id text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('submitting', 'submitted', 'doubtful', 'rejected', 'ended')),
  task_id text COLLATE "C",
  day bigint NOT NULL,
  held bigint NOT NULL CHECK (held >= 0),
  cost bigint CHECK (cost >= 0),
  outcome text COLLATE "C" CHECK (outcome IN ('succeeded', 'failed', 'canceled', 'unknown')),
  created_at bigint NOT NULL,
  sent_at bigint NOT NULL,
  answered_at bigint,
  ended_at bigint,
  CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CHECK ((state = 'ended') = (outcome IS NOT NULL))
);

CREATE UNIQUE INDEX upstream_tasks_one_submit ON upstream_tasks (lane) WHERE state = 'submitting';
CREATE UNIQUE INDEX upstream_tasks_by_id ON upstream_tasks (lane, task_id) WHERE task_id IS NOT NULL;
CREATE INDEX upstream_tasks_open ON upstream_tasks (lane, state, sent_at) WHERE ended_at IS NULL;
CREATE INDEX upstream_tasks_by_day ON upstream_tasks (day, org_id, state, cost, held);
