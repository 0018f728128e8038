-- A run may be made again from another, be rated by its caller, and be erased. work_size says how much work it is: runs of one size take alike.
ALTER TABLE runs ADD COLUMN retry_of TEXT;
ALTER TABLE runs ADD COLUMN feedback_is_positive INTEGER;
ALTER TABLE runs ADD COLUMN feedback_reason TEXT;
ALTER TABLE runs ADD COLUMN work_size TEXT;
ALTER TABLE runs ADD COLUMN erased_at INTEGER;

-- The run whose inline data became the asset; it is erased with that run.
ALTER TABLE assets ADD COLUMN run_id TEXT;

-- Lists walk past no erased run.
DROP INDEX runs_by_org;
DROP INDEX runs_by_client_ref;
DROP INDEX runs_by_status;
DROP INDEX runs_by_model;
DROP INDEX runs_by_engine;
CREATE INDEX runs_by_org ON runs (org_id, created_at, id) WHERE erased_at IS NULL;
CREATE INDEX runs_by_client_ref ON runs (org_id, client_ref, created_at, id) WHERE client_ref IS NOT NULL AND erased_at IS NULL;
CREATE INDEX runs_by_status ON runs (org_id, status, created_at, id) WHERE erased_at IS NULL;
CREATE INDEX runs_by_model ON runs (org_id, model_slug, created_at, id) WHERE erased_at IS NULL;
CREATE INDEX runs_by_engine ON runs (org_id, engine_id, created_at, id) WHERE erased_at IS NULL;

-- Statistics read ended runs from the index alone, erased ones too. A create does not write it.
CREATE INDEX runs_ended ON runs (org_id, created_at, model_slug, source_code, cost, completed_at) WHERE completed_at IS NOT NULL;

-- Who else names a content.
CREATE INDEX inputs_by_digest ON inputs (org_id, digest);
CREATE INDEX assets_by_digest ON assets (org_id, digest);

-- The latest preview of a run under way.
CREATE TABLE previews (
  run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (id),
  content_type TEXT NOT NULL,
  content BLOB NOT NULL,
  sequence INTEGER NOT NULL
) STRICT;

-- How long the latest runs of each kind took, from claim to end.
CREATE TABLE run_times (
  id INTEGER PRIMARY KEY,
  engine_id TEXT NOT NULL,
  model_slug TEXT NOT NULL,
  work_size TEXT NOT NULL,
  milliseconds INTEGER NOT NULL
) STRICT;

CREATE INDEX run_times_by_kind ON run_times (engine_id, model_slug, work_size, id);

-- Keys that may create runs may delete them too.
UPDATE keys
SET scopes_json = json_insert(scopes_json, '$[#]', 'runs:edit')
WHERE EXISTS (SELECT 1 FROM json_each(scopes_json) WHERE value = 'runs:create')
  AND NOT EXISTS (SELECT 1 FROM json_each(scopes_json) WHERE value = 'runs:edit');
