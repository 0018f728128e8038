-- Conventions: ids are lower-case UUID text (version 7, so they sort by creation), times are integer microseconds since 1970 UTC,
-- money is integer micro-dollars, structured values are JSON text. Every table is STRICT.

CREATE TABLE instances (
  id TEXT NOT NULL PRIMARY KEY,
  process_id INTEGER NOT NULL,
  started_at INTEGER NOT NULL
) STRICT;

CREATE TABLE orgs (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE keys (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  scopes_json TEXT NOT NULL,
  is_platform_admin INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX keys_by_org ON keys (org_id, created_at, id);

CREATE TABLE secrets (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  key_prefix TEXT NOT NULL,
  sealed_text BLOB NOT NULL,
  is_current INTEGER NOT NULL,
  label TEXT,
  disabled_at INTEGER,
  last_used_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX secrets_by_org ON secrets (org_id, created_at, id);
CREATE UNIQUE INDEX secrets_one_current ON secrets (org_id) WHERE is_current = 1;

CREATE TABLE workers (
  id TEXT NOT NULL PRIMARY KEY,
  instance_id TEXT NOT NULL,
  name TEXT NOT NULL,
  capacity INTEGER NOT NULL,
  engines_json TEXT NOT NULL,
  registered_at INTEGER NOT NULL
) STRICT;

CREATE INDEX workers_by_registration ON workers (registered_at);

CREATE TABLE assets (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  digest TEXT,
  source_type TEXT NOT NULL CHECK (source_type IN ('upload', 'inline')),
  created_by TEXT,
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  forgotten_at INTEGER
) STRICT;

CREATE INDEX assets_kept ON assets (created_at, id) WHERE forgotten_at IS NULL;

CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  model_id TEXT NOT NULL,
  model_slug TEXT NOT NULL,
  manifest_version INTEGER NOT NULL,
  engine_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'dispatching', 'running', 'succeeded', 'failed', 'canceled')),
  source_code TEXT NOT NULL,
  input_json TEXT NOT NULL,
  effective_input_json TEXT NOT NULL,
  metadata_json TEXT,
  client_ref TEXT,
  callback_url TEXT,
  request_id TEXT NOT NULL,
  created_by TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  completed_at INTEGER,
  deadline_at INTEGER NOT NULL,
  available_at INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held >= 0),
  cost INTEGER CHECK (cost BETWEEN 0 AND held),
  output_json TEXT,
  failure_code TEXT,
  failure_message TEXT,
  failure_stage TEXT,
  cancel_requested_at INTEGER,
  cancel_reason TEXT,
  attempt_count INTEGER NOT NULL DEFAULT 0 CHECK (attempt_count >= 0),
  fence INTEGER NOT NULL DEFAULT 0,
  worker_id TEXT,
  instance_id TEXT,
  lease_until INTEGER,
  last_sequence INTEGER NOT NULL,
  outputs_forgotten_at INTEGER,
  CHECK ((status IN ('dispatching', 'running')) = (lease_until IS NOT NULL)),
  CHECK ((status IN ('succeeded', 'failed', 'canceled')) = (completed_at IS NOT NULL)),
  CHECK ((completed_at IS NULL) = (cost IS NULL))
) STRICT;

CREATE INDEX runs_by_org ON runs (org_id, created_at, id);
CREATE INDEX runs_by_client_ref ON runs (org_id, client_ref, created_at, id) WHERE client_ref IS NOT NULL;
CREATE INDEX runs_waiting ON runs (created_at, id, engine_id, available_at, deadline_at) WHERE status = 'queued';
CREATE INDEX runs_waiting_by_org ON runs (org_id) WHERE status = 'queued';
CREATE INDEX runs_leased ON runs (lease_until, id, fence, instance_id) WHERE status IN ('dispatching', 'running');
CREATE INDEX runs_by_deadline ON runs (deadline_at, id) WHERE completed_at IS NULL;
CREATE INDEX runs_with_output ON runs (completed_at, id) WHERE status = 'succeeded' AND outputs_forgotten_at IS NULL;

CREATE TRIGGER runs_end_once BEFORE UPDATE OF status, completed_at, cost ON runs WHEN OLD.completed_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'A terminal state is final.');
END;

CREATE TABLE attempts (
  run_id TEXT NOT NULL REFERENCES runs (id),
  fence INTEGER NOT NULL,
  number INTEGER NOT NULL,
  engine_id TEXT NOT NULL,
  worker_id TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  checkpoint TEXT,
  claimed_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('succeeded', 'failed', 'canceled', 'retry', 'handed_back', 'lost', 'timed_out')),
  cost INTEGER,
  failure_code TEXT,
  failure_message TEXT,
  failure_stage TEXT,
  PRIMARY KEY (run_id, fence)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  run_id TEXT NOT NULL REFERENCES runs (id),
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  data_json TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  run_id TEXT NOT NULL REFERENCES runs (id),
  kind TEXT NOT NULL CHECK (kind IN ('hold', 'release', 'charge', 'provider_cost')),
  fence INTEGER CHECK ((fence IS NOT NULL) = (kind = 'provider_cost')),
  amount INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX ledger_once_per_run ON ledger (run_id, kind) WHERE kind IN ('hold', 'release', 'charge');
CREATE UNIQUE INDEX ledger_once_per_attempt ON ledger (run_id, fence) WHERE kind = 'provider_cost';
CREATE INDEX ledger_by_run ON ledger (run_id, id);

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'The ledger is append-only: a line is never changed.');
END;

CREATE TRIGGER ledger_is_never_erased BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'The ledger is append-only: a line is never erased.');
END;

CREATE TABLE inputs (
  run_id TEXT NOT NULL REFERENCES runs (id),
  field TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  source_uri TEXT,
  digest TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  created_at INTEGER NOT NULL,
  forgotten_at INTEGER,
  PRIMARY KEY (run_id, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX inputs_kept ON inputs (created_at) WHERE forgotten_at IS NULL;

CREATE TABLE artifacts (
  key TEXT NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs (id),
  org_id TEXT NOT NULL REFERENCES orgs (id),
  role TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  digest TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  forgotten_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX artifacts_by_run ON artifacts (run_id);
CREATE INDEX artifacts_kept ON artifacts (key) WHERE forgotten_at IS NULL;

CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  run_id TEXT NOT NULL REFERENCES runs (id),
  callback_url TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  payload BLOB NOT NULL,
  request_id TEXT NOT NULL,
  is_automatic INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
  failure_reason_code TEXT,
  failure_detail TEXT,
  signing_secret_id TEXT,
  attempt_count INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  next_attempt_at INTEGER,
  locked_by TEXT,
  locked_until INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  completed_at INTEGER,
  CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
  CHECK ((status = 'pending') = (completed_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX outbox_one_automatic ON outbox (run_id) WHERE is_automatic = 1;
CREATE UNIQUE INDEX outbox_one_in_flight ON outbox (run_id) WHERE status = 'pending';
CREATE INDEX outbox_due ON outbox (next_attempt_at, id, locked_until, endpoint) WHERE status = 'pending';
CREATE INDEX outbox_by_run ON outbox (run_id, created_at, id);

CREATE TABLE delivery_attempts (
  id TEXT NOT NULL PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES outbox (id),
  attempt_number INTEGER NOT NULL,
  status_code INTEGER,
  response_body TEXT,
  response_time_ms INTEGER NOT NULL,
  error_message TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (delivery_id, attempt_number)
) STRICT;
