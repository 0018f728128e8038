-- Indexes: org_turns primary key; org_turns_by_turn for the latest turn.
INSERT INTO org_turns (queue, org_id, turn)
SELECT @queue, @orgId, 1 + coalesce(max(turn), 0)
FROM org_turns
WHERE queue = @queue
ON CONFLICT (queue, org_id) DO UPDATE SET turn = excluded.turn;
