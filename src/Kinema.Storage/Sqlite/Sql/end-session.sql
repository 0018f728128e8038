-- Index: sessions primary key.
DELETE FROM sessions
WHERE hash = @hash;
