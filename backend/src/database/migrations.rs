//! The list of migrations, embedded. `migrations/README.md` has the rules for their SQL.

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number, without gaps from 1.
    pub number: i64,
    /// What it is about; the file is `NNNN_name.sql`.
    pub name: &'static str,
    /// The lowest number that a program must know in order to work once this step has run.
    pub min_reader: i64,
    /// What is run, on either database.
    pub sql: &'static str,
}

/// Every migration that this program knows, in order.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "head",
        min_reader: 1,
        sql: include_str!("../../../migrations/0001_head.sql"),
    },
    Migration {
        number: 2,
        name: "credentials",
        min_reader: 1,
        sql: include_str!("../../../migrations/0002_credentials.sql"),
    },
    Migration {
        number: 3,
        name: "access",
        min_reader: 3,
        sql: include_str!("../../../migrations/0003_access.sql"),
    },
    Migration {
        number: 4,
        name: "history",
        min_reader: 3,
        sql: include_str!("../../../migrations/0004_history.sql"),
    },
    // Whoever does not know limits would take a limited grant for an unlimited one.
    Migration {
        number: 5,
        name: "ties",
        min_reader: 5,
        sql: include_str!("../../../migrations/0005_ties.sql"),
    },
    Migration {
        number: 6,
        name: "tenants",
        min_reader: 5,
        sql: include_str!("../../../migrations/0006_tenants.sql"),
    },
    Migration {
        number: 7,
        name: "applications",
        min_reader: 5,
        sql: include_str!("../../../migrations/0007_applications.sql"),
    },
    Migration {
        number: 8,
        name: "occupancy",
        min_reader: 5,
        sql: include_str!("../../../migrations/0008_occupancy.sql"),
    },
    Migration {
        number: 9,
        name: "jobs",
        min_reader: 5,
        sql: include_str!("../../../migrations/0009_jobs.sql"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_and_the_folder_are_the_same() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".sql"))
            .collect();
        files.sort();
        let listed: Vec<String> =
            MIGRATIONS.iter().map(|step| format!("{:04}_{}.sql", step.number, step.name)).collect();
        assert_eq!(files, listed);
    }

    #[test]
    fn numbers_have_no_gaps_and_min_reader_never_falls() {
        let mut min_reader = 0;
        for (step, number) in MIGRATIONS.iter().zip(1..) {
            assert_eq!(step.number, number);
            assert!(step.min_reader >= min_reader && step.min_reader <= step.number, "{}", step.name);
            min_reader = step.min_reader;
        }
    }
}
