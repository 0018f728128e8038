-- Where a run's work and its callbacks belong in a distributed trace: a W3C traceparent, or null.
ALTER TABLE runs ADD COLUMN trace_parent TEXT;
ALTER TABLE outbox ADD COLUMN trace_parent TEXT;
