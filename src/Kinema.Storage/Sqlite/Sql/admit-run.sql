-- Index: runs primary key.
INSERT INTO runs (
  id, org_id, model_id, model_slug, manifest_version, engine_id, status, source_code, input_json, effective_input_json, metadata_json,
  client_ref, callback_url, request_id, created_by, created_at, deadline_at, expires_at, available_at, held, last_sequence, retry_of, work_size,
  trace_parent)
VALUES (
  @id, @orgId, @modelId, @modelSlug, @manifestVersion, @engineId, 'queued', @sourceCode, @inputJson, @effectiveInputJson, @metadataJson,
  @clientRef, @callbackUrl, @requestId, @createdBy, @createdAt, @deadlineAt, @expiresAt, @availableAt, @held, @lastSequence, @retryOf, @workSize,
  @traceParent);
