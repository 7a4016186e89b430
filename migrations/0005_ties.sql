-- What ties objects beside their first place, what is stored of them and of those who ask, and within which limits
-- a grant counts.

-- how: shared, passed-down, or related:KEY with the key of the relation in the catalog.
CREATE TABLE links (
    object_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    how TEXT NOT NULL,
    PRIMARY KEY (object_id, holder_id, how)
);

-- bearer_kind: object, user, service-account. value is the value as JSON, with its kind.
CREATE TABLE properties (
    bearer_kind TEXT NOT NULL,
    bearer_id TEXT NOT NULL,
    property TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (bearer_kind, bearer_id, property)
);

-- robot_id: the robot whose account it is.
CREATE TABLE service_accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    robot_id TEXT,
    is_disabled BIGINT NOT NULL
);

-- The comparisons as JSON; none: no limits. A program that does not read this column would give more than was
-- granted: the step raises min_reader. subject_kind may be service-account as well.
ALTER TABLE grants ADD COLUMN limits TEXT;

-- The tenant that the role belongs to; none: the organization.
ALTER TABLE roles ADD COLUMN owner_id TEXT;
