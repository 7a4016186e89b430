//! The area *Robots & processes*: all that is known of 52 rows of View, Edit, Create and Delete, and what those
//! four cannot say.

use model::catalog::{Catalog, Column, Effect, On, Pack, PermissionEntry};
use model::object::Level;
use std::collections::BTreeSet;

/// Level of the roles that have the row, its name, its key, and for each column whether its effect is known
/// (`+`), there is none (`0`), there was one up to release 2020.10 (`<`), or nothing is published (`?`).
const ROWS: [(&str, &str, &str, &str); 52] = [
    ("tenant", "Alerts", "tenant-alerts", "+0+0"),
    ("tenant", "App Versions", "tenant-app-versions", "????"),
    ("tenant", "Audit", "tenant-audit", "+000"),
    ("tenant", "Background tasks", "tenant-background-tasks", "????"),
    ("tenant", "Libraries", "tenant-libraries", "+0++"),
    ("tenant", "License", "tenant-license", "+<<<"),
    ("tenant", "Machines", "tenant-machines", "++++"),
    ("tenant", "ML Logs", "tenant-ml-logs", "????"),
    ("tenant", "ML Packages", "tenant-ml-packages", "????"),
    ("tenant", "ML Skills", "tenant-ml-skills", "????"),
    ("tenant", "Packages", "tenant-packages", "+<++"),
    ("tenant", "Robots", "tenant-robots", "++++"),
    ("tenant", "Roles", "tenant-roles", "++++"),
    ("tenant", "Settings", "tenant-settings", "++++"),
    ("tenant", "Solution deployments", "tenant-solution-deployments", "????"),
    ("tenant", "Solution packages", "tenant-solution-packages", "????"),
    ("tenant", "Tags", "tenant-tags", "????"),
    ("tenant", "Folders", "tenant-folders", "++++"),
    ("tenant", "Users", "tenant-users", "++++"),
    ("tenant", "Webhooks", "tenant-webhooks", "++++"),
    ("folder", "Agent Memory", "agent-memory", "????"),
    ("folder", "Apps", "apps", "????"),
    ("folder", "Assets", "assets", "++++"),
    ("folder", "Storage Files", "storage-files", "+0++"),
    ("folder", "Storage Buckets", "storage-buckets", "++++"),
    ("folder", "Business Rules", "business-rules", "++++"),
    ("folder", "Connections", "connections", "????"),
    ("folder", "Environments", "environments", "+<<<"),
    ("folder", "Execution Media", "execution-media", "+00+"),
    ("folder", "Folder Packages", "folder-packages", "+0++"),
    ("folder", "Indexes", "indexes", "????"),
    ("folder", "Jobs", "jobs", "+++0"),
    ("folder", "Logs", "logs", "+0+0"),
    ("folder", "MCP Servers", "mcp-servers", "????"),
    ("folder", "Monitoring", "monitoring", "????"),
    ("folder", "Processes", "processes", "++++"),
    ("folder", "Queues", "queues", "++++"),
    ("folder", "Live stream & Remote control", "remote-control", "00+0"),
    ("folder", "Resource Overwrites", "resource-overwrites", "????"),
    ("folder", "Triggers", "triggers", "++++"),
    ("folder", "Subfolders", "subfolders", "++++"),
    ("folder", "Action Assignment", "action-assignment", "00<0"),
    ("folder", "Action Catalogs", "action-catalogs", "++++"),
    ("folder", "Actions", "actions", "+++0"),
    ("folder", "Test Case Execution Artifacts", "test-case-execution-artifacts", "????"),
    ("folder", "Test Data Queue Items", "test-data-queue-items", "++++"),
    ("folder", "Test Data Queues", "test-data-queues", "++++"),
    ("folder", "Test Set Executions", "test-set-executions", "+++0"),
    ("folder", "Test Sets", "test-sets", "++++"),
    ("folder", "Test Set Schedules", "test-set-schedules", "++++"),
    ("folder", "Transactions", "transactions", "++++"),
    ("folder", "Action Design", "action-design", "++++"),
];

const COLUMNS: [(&str, Column); 4] =
    [("view", Column::View), ("edit", Column::Edit), ("create", Column::Create), ("delete", Column::Delete)];

fn pack(catalog: &Catalog) -> &Pack {
    &catalog.pack("automation").unwrap().pack
}

fn entry<'a>(catalog: &'a Catalog, key: &str) -> &'a PermissionEntry {
    catalog.entry(catalog.number(key).unwrap_or_else(|| panic!("{key}"))).unwrap()
}

#[test]
fn each_of_the_52_rows_has_its_four_cells_with_what_is_known_of_them() {
    let catalog = Catalog::new();
    let tenant = ROWS.iter().filter(|row| row.0 == "tenant").count();
    assert_eq!((tenant, ROWS.len() - tenant), (20, 32));
    for (scope, name, row, cells) in ROWS {
        assert_eq!(catalog.resource(row).map(|row| row.name.as_str()), Some(name));
        for ((word, column), mark) in COLUMNS.iter().zip(cells.chars()) {
            let cell = entry(&catalog, &format!("{row}.{word}"));
            assert_eq!((cell.resource.as_deref(), cell.column), (Some(row), *column), "{}", cell.key);
            let effect = match mark {
                '+' => Effect::Known,
                '0' => Effect::None,
                '<' => Effect::Legacy,
                _ => Effect::Unknown,
            };
            assert_eq!(cell.effect, effect, "{}", cell.key);
            let level = if scope == "tenant" { Level::Tenant } else { Level::Folder };
            assert_eq!(catalog.level(catalog.number(&cell.key).unwrap()), Some(level), "{}", cell.key);
        }
    }
}

#[test]
fn a_cell_says_in_words_when_it_opens_nothing_or_nobody_knows_what() {
    let catalog = Catalog::new();
    for cell in &pack(&catalog).permissions {
        let said = match cell.effect {
            Effect::Known => "",
            Effect::None => "No known effect.",
            Effect::Legacy => "2020.10",
            Effect::Unknown => "is not published",
        };
        assert!(cell.opens.contains(said), "{}", cell.key);
        assert!(cell.effect == Effect::Known || cell.column != Column::Further, "{}", cell.key);
    }
}

#[test]
fn rows_of_which_nothing_is_known_are_folded_under_other() {
    let catalog = Catalog::new();
    for (_, _, row, cells) in ROWS {
        assert_eq!(catalog.resource(row).unwrap().other, cells == "????", "{row}");
    }
}

#[test]
fn keys_of_tenant_rows_begin_with_tenant_and_no_others_do() {
    let catalog = Catalog::new();
    for entry in &pack(&catalog).permissions {
        let (row, _) = entry.key.split_once('.').unwrap();
        assert_eq!(entry.resource.as_deref(), Some(row), "{}", entry.key);
        let level = catalog.level(catalog.number(&entry.key).unwrap());
        assert_eq!(row.starts_with("tenant-"), level == Some(Level::Tenant), "{}", entry.key);
    }
}

#[test]
fn what_the_four_columns_cannot_say_stands_beside_them() {
    let catalog = Catalog::new();
    let beside = pack(&catalog).permissions.iter().filter(|entry| entry.column == Column::Further);
    let keys: BTreeSet<&str> = beside.map(|entry| entry.key.as_str()).collect();
    let wanted = [
        "assets.reveal",
        "assets.set-value",
        "environments.deploy",
        "jobs.stop",
        "processes.start",
        "robots.use",
    ];
    assert_eq!(keys, wanted.into_iter().collect());
}

#[test]
fn a_cell_that_is_useless_alone_says_what_it_needs() {
    let catalog = Catalog::new();
    for (cell, need) in [
        ("transactions.create", "queues.view"),
        ("storage-files.view", "storage-buckets.view"),
        ("tenant-roles.edit", "tenant-users.view"),
        ("processes.start", "robots.use"),
        ("assets.set-value", "assets.view"),
    ] {
        assert!(entry(&catalog, cell).needs.iter().any(|key| key == need), "{cell} needs {need}");
    }
}

#[test]
fn starting_by_whatever_way_needs_the_process_and_a_robot() {
    let catalog = Catalog::new();
    for key in ["processes.start", "processes.start-live", "jobs.edit", "triggers.create", "triggers.edit"] {
        let needs = &catalog.action(key).unwrap().needs;
        let asked = |permission: &str, on: &[On]| {
            needs.iter().any(|need| need.permission == permission && on.contains(&need.on))
        };
        assert!(asked("processes.start", &[On::Object, On::Process]), "{key}");
        assert!(asked("robots.use", &[On::Runner]), "{key}");
    }
    let deploy = &catalog.action("processes.deploy").unwrap().needs;
    assert!(deploy.iter().any(|need| need.permission == "environments.deploy" && need.on == On::Runner));
}

#[test]
fn only_kinds_that_hold_nothing_are_shared_into_several_folders() {
    let catalog = Catalog::new();
    let shared: BTreeSet<&str> =
        catalog.kinds().filter(|kind| kind.shared).map(|kind| kind.key.as_str()).collect();
    assert_eq!(shared, ["asset", "bucket", "machine", "queue", "robot"].into_iter().collect());
    let passed: Vec<&str> =
        catalog.kinds().filter(|kind| kind.passes_down).map(|kind| kind.key.as_str()).collect();
    assert_eq!(passed, ["machine"]);
    let folder = catalog.kind("folder").unwrap();
    assert!(folder.nests() && folder.deepest == Some(7));
}

#[test]
fn access_follows_environments_and_robots_but_neither_machines_nor_what_a_process_starts_by() {
    let catalog = Catalog::new();
    let follows = |key: &str| catalog.relation(key).unwrap().contains;
    assert!(follows("environment-robots") && follows("robot-assets") && follows("robot-triggers"));
    assert!(!follows("machine-robots") && !follows("process-triggers"));
}

#[test]
fn no_built_in_role_reveals_the_values_of_assets() {
    let catalog = Catalog::new();
    for role in catalog.roles() {
        assert!(!role.permissions.iter().any(|key| key == "assets.reveal"), "{}", role.key);
    }
    let owner = &catalog.role("robot-owner").unwrap().permissions;
    assert!(owner.iter().any(|key| key == "assets.set-value"));
}

#[test]
fn administrators_hold_every_other_cell_of_their_level() {
    let catalog = Catalog::new();
    for (role, level) in [("tenant-administrator", Level::Tenant), ("folder-administrator", Level::Folder)] {
        let role = catalog.role(role).unwrap();
        for entry in &pack(&catalog).permissions {
            let fits = catalog.fits(level, catalog.number(&entry.key).unwrap());
            let wanted = fits && entry.key != "assets.reveal";
            assert_eq!(role.permissions.contains(&entry.key), wanted, "{} {}", role.key, entry.key);
        }
    }
}
