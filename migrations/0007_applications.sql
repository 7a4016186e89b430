-- What is noted of applications and their stages beside the access state, and so outside the log: it alters no access.
-- What is removed keeps its rows, so that taking the removal back brings it back whole.

-- owners: people and groups as they stand in addresses (person.ID, group.ID), separated by blanks. planned_on: the day
-- of going live, 2026-11-25, or empty. status_at: since when the status is so; 0 where that is not known.
CREATE TABLE application_details (
    object_id TEXT PRIMARY KEY,
    description TEXT NOT NULL,
    owners TEXT NOT NULL,
    status TEXT NOT NULL,
    planned_on TEXT NOT NULL,
    status_at BIGINT NOT NULL
);

-- version: the one that the stage has now; empty where it is not known. locked_by: the merge or rollback that runs.
CREATE TABLE stage_details (
    object_id TEXT PRIMARY KEY,
    branch BIGINT NOT NULL,
    version TEXT NOT NULL,
    locked_by TEXT
);

-- The versions that a stage holds, in their order, and the merge or update by which each came. What it lacks of the
-- versions of the stage below is how far that one is ahead.
CREATE TABLE stage_versions (
    object_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    version TEXT NOT NULL,
    move_id TEXT NOT NULL,
    PRIMARY KEY (object_id, place)
);

-- Every merge, update and rollback, in the order of place. stage_id: the stage whose version moves; from_id: where a
-- merge comes from. The names are those of the time. versions: what it brings or takes away, one on a line.
-- carried_by: the platform that carried it out; empty where Rolecall only recorded it. actor: as the column actor of
-- revisions. taken_back_by: the rollback that took a merge back.
CREATE TABLE stage_moves (
    id TEXT PRIMARY KEY,
    place BIGINT NOT NULL UNIQUE,
    application_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage_id TEXT NOT NULL,
    stage_name TEXT NOT NULL,
    from_id TEXT,
    from_name TEXT NOT NULL,
    version_before TEXT NOT NULL,
    version_after TEXT NOT NULL,
    versions TEXT NOT NULL,
    description TEXT NOT NULL,
    actor TEXT NOT NULL,
    carried_by TEXT NOT NULL,
    outcome TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    takes_back TEXT,
    taken_back_by TEXT
);
CREATE INDEX stage_moves_stage ON stage_moves (stage_id, place);
CREATE INDEX stage_moves_application ON stage_moves (application_id, place);
