-- Keys that held every scope of their version get the scopes that this one adds; other keys keep what they were given.
UPDATE keys
SET scopes_json = (
  SELECT json_group_array(value)
  FROM (
    SELECT value FROM json_each(keys.scopes_json)
    UNION ALL
    SELECT value FROM json_each(
      '["comfyui-workflows:read","comfyui-workflows:create","comfyui-workflows:edit","comfyui-workflows:delete","evaluations:create","evaluations:read","evaluations:edit","credit_balance:read","flows:read"]')
  )
)
WHERE NOT EXISTS (
  SELECT 1
  FROM json_each('["runs:create","runs:read","runs:execute","assets:create","assets:read","models:read","secrets:edit","keys:edit","assets:edit"]') AS needed
  WHERE needed.value NOT IN (SELECT value FROM json_each(keys.scopes_json))
);
