-- Index: inputs primary key (run_id, field).
INSERT INTO inputs (run_id, field, org_id, source_uri, digest, content_type, size_bytes, width, height, seconds, has_sound, lost_seconds, details, created_at)
VALUES (@runId, @field, @orgId, @sourceUri, @digest, @contentType, @sizeBytes, @width, @height, @seconds, @hasSound, @lostSeconds, @details, @now)
ON CONFLICT (run_id, field) DO UPDATE SET
  source_uri = excluded.source_uri,
  digest = excluded.digest,
  content_type = excluded.content_type,
  size_bytes = excluded.size_bytes,
  width = excluded.width,
  height = excluded.height,
  seconds = excluded.seconds,
  has_sound = excluded.has_sound,
  lost_seconds = excluded.lost_seconds,
  details = excluded.details,
  created_at = excluded.created_at,
  forgotten_at = NULL;
