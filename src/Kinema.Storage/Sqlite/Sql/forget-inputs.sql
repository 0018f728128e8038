-- Index: inputs_kept (created_at). Inputs of a run that still goes on are kept, however old.
UPDATE inputs
SET forgotten_at = @now
WHERE forgotten_at IS NULL
  AND created_at < @before
  AND EXISTS (SELECT 1 FROM runs WHERE runs.id = inputs.run_id AND runs.completed_at IS NOT NULL);
