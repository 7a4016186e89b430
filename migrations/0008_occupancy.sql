-- What keeps a robot or machine busy, as it was last reported: at most one row each. It alters no access, so it stands
-- in no log. process_id: with which process; empty where that was not told. until_at: about when it will be free.
CREATE TABLE occupancy (
    object_id TEXT PRIMARY KEY,
    process_id TEXT,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
