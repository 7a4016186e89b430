-- The one row that every commit locks and moves on: the newest revision and the hash of its log row.
-- min_reader: the lowest migration number that a program must know in order to work on this schema.
CREATE TABLE head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    min_reader BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    hash TEXT NOT NULL
);

INSERT INTO head (id, min_reader, revision, hash)
VALUES (1, 1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
