-- Index: run_times_by_kind. Keeps the latest of each kind.
INSERT INTO run_times (engine_id, model_slug, work_size, milliseconds)
VALUES (@engineId, @modelSlug, @workSize, @milliseconds);

DELETE FROM run_times
WHERE id = (
  SELECT id
  FROM run_times
  WHERE engine_id = @engineId AND model_slug = @modelSlug AND work_size = @workSize
  ORDER BY id DESC
  LIMIT 1 OFFSET @kept);
