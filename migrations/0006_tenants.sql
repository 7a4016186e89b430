-- What is noted of tenants and apps beside the access state, and so outside the log: a contact is a person, whom the log
-- must not keep. What is removed keeps its row, so that taking the removal back brings it back whole.

CREATE TABLE tenant_details (
    object_id TEXT PRIMARY KEY,
    domain TEXT NOT NULL,
    contact TEXT NOT NULL,
    notes TEXT NOT NULL
);

-- uploaded_by: as the column actor of revisions.
CREATE TABLE app_details (
    object_id TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL
);
