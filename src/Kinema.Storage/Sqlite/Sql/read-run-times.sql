-- Index: run_times_by_kind.
SELECT milliseconds
FROM run_times
WHERE engine_id = @engineId AND model_slug = @modelSlug AND work_size = @workSize
ORDER BY milliseconds;
