-- What a revision is found by: folded names and words, ids of people as user:ID, and what it touches as touches:KIND.
-- It only says the other columns again, so it stands outside the chain of hashes.
ALTER TABLE revisions ADD COLUMN found_by TEXT NOT NULL DEFAULT '';

CREATE INDEX revisions_by_time ON revisions (at);
