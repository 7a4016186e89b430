//! Rows beside the log that belong to nobody: what was left behind would come back with the next id, or say
//! of a person what was meant to be erased.

use super::Report;
use sqlx::{AnyConnection, Row, query};

const LEFT_BEHIND: &str = "Nobody loses anything if these rows are deleted.";
const LOST: &str = "Restore a backup, or remove these people and invite them again.";

struct Look {
    sql: &'static str,
    what: &'static str,
    advice: &'static str,
}

const LOOKS: [Look; 6] = [
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
