-- What robots and machines worked on: every report of the table occupancy, kept for 13 months. It alters no access, so it
-- stands in no log. What is removed keeps its rows, so that taking the removal back brings it back whole.
-- process_id: as in occupancy. until_at: about when it was to end. ended_at: when the next report or the word that it is
-- free ended it; empty for the latest of a robot until then.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    object_id TEXT NOT NULL,
    process_id TEXT,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX jobs_by_object ON jobs (object_id, from_at);
CREATE INDEX jobs_by_process ON jobs (process_id, from_at);
CREATE INDEX jobs_by_time ON jobs (from_at);
