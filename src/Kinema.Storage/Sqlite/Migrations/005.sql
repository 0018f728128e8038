-- Lists by status, model and engine, newest or oldest first.
CREATE INDEX runs_by_status ON runs (org_id, status, created_at, id);
CREATE INDEX runs_by_model ON runs (org_id, model_slug, created_at, id);
CREATE INDEX runs_by_engine ON runs (org_id, engine_id, created_at, id);
