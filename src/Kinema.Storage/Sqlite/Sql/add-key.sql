-- Index: keys unique (prefix).
INSERT INTO keys (id, org_id, name, prefix, hash, scopes_json, is_platform_admin, expires_at, created_at)
VALUES (@id, @orgId, @name, @prefix, @hash, @scopesJson, @isPlatformAdmin, @expiresAt, @now);
