-- The access state, one table for each kind of thing, and the log of all changes that led to it.
CREATE TABLE organization (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL
);

-- Shipped areas that are on. Packs of the organization's own stand in `packs`, in the order of `position`.
CREATE TABLE areas (
    area TEXT PRIMARY KEY
);

CREATE TABLE packs (
    pack TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    body TEXT NOT NULL,
    is_on BIGINT NOT NULL
);

CREATE TABLE roles (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    level TEXT NOT NULL,
    origin TEXT
);

CREATE TABLE role_permissions (
    role_id TEXT NOT NULL,
    permission TEXT NOT NULL,
    PRIMARY KEY (role_id, permission)
);

CREATE TABLE role_delegates (
    role_id TEXT NOT NULL,
    delegate TEXT NOT NULL,
    PRIMARY KEY (role_id, delegate)
);

-- status: invited, active, deactivated; removed people keep their row, with what history calls them.
CREATE TABLE people (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    called TEXT
);

CREATE TABLE groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL
);

CREATE TABLE members (
    group_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (group_id, user_id)
);

CREATE TABLE objects (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id TEXT NOT NULL
);

-- subject_kind: user, group, everyone; subject_id is empty for everyone.
CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    role_id TEXT NOT NULL,
    object_id TEXT NOT NULL,
    from_at BIGINT,
    until_at BIGINT
);

-- hash covers the hash before it and the other columns but `words`, which only says the changes again.
-- undoes: the number of the revision that this one takes back.
CREATE TABLE revisions (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    undoes BIGINT,
    changes TEXT NOT NULL,
    words TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX revisions_by_actor ON revisions (actor, number);
CREATE INDEX revisions_undone ON revisions (undoes);
