-- Index: callback_pauses primary key.
INSERT INTO callback_pauses (org_id, paused_at)
VALUES (@orgId, @now)
ON CONFLICT (org_id) DO NOTHING;
