-- The folder a caller named when it confirmed an upload. Kinema keeps it and has no folders.
ALTER TABLE assets ADD COLUMN folder_id TEXT;

-- An organisation's list of assets; an upload that was never confirmed is none.
CREATE INDEX assets_by_org ON assets (org_id, created_at, id) WHERE forgotten_at IS NULL AND confirmed_at IS NOT NULL;

-- Keys that may create assets may delete them too.
UPDATE keys
SET scopes_json = json_insert(scopes_json, '$[#]', 'assets:edit')
WHERE EXISTS (SELECT 1 FROM json_each(scopes_json) WHERE value = 'assets:create')
  AND NOT EXISTS (SELECT 1 FROM json_each(scopes_json) WHERE value = 'assets:edit');
