-- Index: events primary key (run_id, sequence); the sequence was taken under the run's row.
INSERT INTO events (run_id, sequence, type, at, data_json)
VALUES (@runId, @sequence, @type, @now, @data);
