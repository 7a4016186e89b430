//! Rows that belong to nobody. Beside the log, what was left behind would come back with the next id, or say
//! of a person what was meant to be erased; of the state itself, the tables no longer add up, and here all of
//! it is counted.

use super::Report;
use sqlx::{AnyConnection, Row, query};

const LEFT_BEHIND: &str = "Nobody loses anything if these rows are deleted.";
const BY_HAND: &str =
    "Somebody wrote to the database past Rolecall. Restore a backup, or delete these rows by hand.";
const LOST: &str = "Restore a backup, or remove these people and invite them again.";

struct Look {
    sql: &'static str,
    what: &'static str,
    advice: &'static str,
}

const LOOKS: [Look; 12] = [
    Look {
        sql: "SELECT user_id AS id FROM profiles WHERE NOT EXISTS \
              (SELECT 1 FROM people WHERE people.id = profiles.user_id AND people.status <> 'removed') \
              ORDER BY user_id",
        what: "names and addresses of nobody who is here",
        advice: LEFT_BEHIND,
    },
    Look {
        sql: "SELECT id FROM people WHERE status <> 'removed' AND NOT EXISTS \
              (SELECT 1 FROM profiles WHERE profiles.user_id = people.id) ORDER BY id",
        what: "people without a name and an address",
        advice: LOST,
    },
    Look {
        sql: "SELECT user_id AS id FROM passwords WHERE NOT EXISTS \
              (SELECT 1 FROM people WHERE people.id = passwords.user_id AND people.status <> 'removed') \
              ORDER BY user_id",
        what: "passwords of nobody who is here",
        advice: LEFT_BEHIND,
    },
    Look {
        sql: "SELECT id FROM sessions WHERE NOT EXISTS \
              (SELECT 1 FROM people WHERE people.id = sessions.user_id AND people.status = 'active') \
              ORDER BY id",
        what: "sessions of people who may not sign in",
        advice: LEFT_BEHIND,
    },
    Look {
        sql: "SELECT id FROM one_time_links WHERE user_id IS NOT NULL AND NOT EXISTS \
              (SELECT 1 FROM people WHERE people.id = one_time_links.user_id AND people.status <> 'removed') \
              ORDER BY id",
        what: "links of nobody who is here",
        advice: LEFT_BEHIND,
    },
    Look {
        sql: "SELECT role_id AS id FROM role_delegates WHERE NOT EXISTS \
              (SELECT 1 FROM roles WHERE roles.id = role_delegates.role_id) ORDER BY role_id",
        what: "delegations of roles that are not there",
        advice: LEFT_BEHIND,
    },
    Look {
        sql: "SELECT id FROM objects WHERE parent_id <> '0000000000001' AND NOT EXISTS \
              (SELECT 1 FROM objects AS above WHERE above.id = objects.parent_id) ORDER BY id",
        what: "places in places that are not there",
        advice: BY_HAND,
    },
    Look {
        sql: "SELECT object_id AS id FROM links WHERE NOT EXISTS \
              (SELECT 1 FROM objects WHERE objects.id = links.object_id) OR NOT EXISTS \
              (SELECT 1 FROM objects WHERE objects.id = links.holder_id) ORDER BY object_id",
        what: "ties of places that are not there",
        advice: BY_HAND,
    },
    Look {
        sql: "SELECT bearer_id AS id FROM properties WHERE NOT EXISTS \
              (SELECT 1 FROM objects WHERE bearer_kind = 'object' AND objects.id = bearer_id) AND NOT EXISTS \
              (SELECT 1 FROM people WHERE bearer_kind = 'user' AND people.id = bearer_id \
               AND people.status <> 'removed') AND NOT EXISTS \
              (SELECT 1 FROM service_accounts WHERE bearer_kind = 'service-account' \
               AND service_accounts.id = bearer_id) AND bearer_id <> '0000000000001' ORDER BY bearer_id",
        what: "properties of what is not there",
        advice: BY_HAND,
    },
    Look {
        sql: "SELECT id FROM service_accounts WHERE robot_id IS NOT NULL AND NOT EXISTS \
              (SELECT 1 FROM objects WHERE objects.id = service_accounts.robot_id) ORDER BY id",
        what: "service accounts of robots that are not there",
        advice: BY_HAND,
    },
    Look {
        sql: "SELECT id FROM roles WHERE owner_id IS NOT NULL AND NOT EXISTS \
              (SELECT 1 FROM objects WHERE objects.id = roles.owner_id) ORDER BY id",
        what: "roles of tenants that are not there",
        advice: BY_HAND,
    },
    Look {
        sql: "SELECT id FROM grants WHERE (object_id <> '0000000000001' AND NOT EXISTS \
              (SELECT 1 FROM objects WHERE objects.id = grants.object_id)) \
              OR (subject_kind = 'user' AND NOT EXISTS \
              (SELECT 1 FROM people WHERE people.id = subject_id AND people.status <> 'removed')) \
              OR (subject_kind = 'group' AND NOT EXISTS \
              (SELECT 1 FROM groups WHERE groups.id = subject_id)) \
              OR (subject_kind = 'service-account' AND NOT EXISTS \
              (SELECT 1 FROM service_accounts WHERE service_accounts.id = subject_id)) ORDER BY id",
        what: "role assignments for nobody, or in places that are not there",
        advice: BY_HAND,
    },
];

/// Reports what belongs to nobody.
pub(super) async fn look(from: &mut AnyConnection, report: &mut Report) -> Result<(), sqlx::Error> {
    let before = report.findings.len();
    for Look { sql, what, advice } in LOOKS {
        let rows = query(sql).fetch_all(&mut *from).await?;
        let Some(first) = rows.first() else { continue };
        let id: String = first.try_get("id")?;
        report.wrong(format!("There are {what}: {} in all, the first is {id}.", rows.len()), advice);
    }
    if report.findings.len() == before {
        report.well("No row belongs to nobody.");
    }
    Ok(())
}
