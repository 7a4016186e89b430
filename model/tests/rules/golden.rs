//! What is written once reads the same forever: the JSON of every change, and its sentence in History.
//!
//! `changes.golden.jsonl` is never edited, only added to. `words.golden.txt` has the sentence of each of its
//! lines; set `GOLDEN=write` to write it anew and look at the difference.

use model::change::Change;
use model::id::{GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use model::person::{Group, ServiceAccount, Status};
use model::state::State;
use model::words::{self, Mark, Part};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The tag of every variant, as `tag` gives it.
pub const VARIANTS: [&str; 41] = [
    "organization-renamed",
    "area-turned-on",
    "area-turned-off",
    "pack-installed",
    "pack-removed",
    "role-created",
    "role-removed",
    "role-renamed",
    "role-described",
    "permission-added",
    "permission-removed",
    "delegation-added",
    "delegation-removed",
    "user-added",
    "user-joined",
    "user-deactivated",
    "user-reactivated",
    "user-removed",
    "profile-edited",
    "group-created",
    "group-removed",
    "group-renamed",
    "group-described",
    "member-added",
    "member-removed",
    "object-created",
    "object-removed",
    "object-renamed",
    "grant-added",
    "grant-removed",
    "pack-replaced",
    "object-moved",
    "linked",
    "unlinked",
    "property-set",
    "service-account-added",
    "service-account-removed",
    "service-account-renamed",
    "service-account-disabled",
    "service-account-enabled",
    "details-edited",
];

/// A new variant does not compile until it has a place here, and does not pass until it has a line.
fn tag(change: &Change) -> &'static str {
    VARIANTS[match change {
        Change::OrganizationRenamed { .. } => 0,
        Change::AreaTurnedOn { .. } => 1,
        Change::AreaTurnedOff { .. } => 2,
        Change::PackInstalled { .. } => 3,
        Change::PackRemoved { .. } => 4,
        Change::RoleCreated { .. } => 5,
        Change::RoleRemoved { .. } => 6,
        Change::RoleRenamed { .. } => 7,
        Change::RoleDescribed { .. } => 8,
        Change::PermissionAdded { .. } => 9,
        Change::PermissionRemoved { .. } => 10,
        Change::DelegationAdded { .. } => 11,
        Change::DelegationRemoved { .. } => 12,
        Change::UserAdded { .. } => 13,
        Change::UserJoined { .. } => 14,
        Change::UserDeactivated { .. } => 15,
        Change::UserReactivated { .. } => 16,
        Change::UserRemoved { .. } => 17,
        Change::ProfileEdited { .. } => 18,
        Change::GroupCreated { .. } => 19,
        Change::GroupRemoved { .. } => 20,
        Change::GroupRenamed { .. } => 21,
        Change::GroupDescribed { .. } => 22,
        Change::MemberAdded { .. } => 23,
        Change::MemberRemoved { .. } => 24,
        Change::ObjectCreated { .. } => 25,
        Change::ObjectRemoved { .. } => 26,
        Change::ObjectRenamed { .. } => 27,
        Change::GrantAdded { .. } => 28,
        Change::GrantRemoved { .. } => 29,
        Change::PackReplaced { .. } => 30,
        Change::ObjectMoved { .. } => 31,
        Change::Linked { .. } => 32,
        Change::Unlinked { .. } => 33,
        Change::PropertySet { .. } => 34,
        Change::ServiceAccountAdded { .. } => 35,
        Change::ServiceAccountRemoved { .. } => 36,
        Change::ServiceAccountRenamed { .. } => 37,
        Change::ServiceAccountDisabled { .. } => 38,
        Change::ServiceAccountEnabled { .. } => 39,
        Change::DetailsEdited { .. } => 40,
    }]
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn golden() -> Vec<(String, Change)> {
    let text = std::fs::read_to_string(file("changes.golden.jsonl")).unwrap();
    text.lines().map(|line| (line.to_owned(), serde_json::from_str(line).unwrap())).collect()
}

#[test]
fn every_change_ever_written_reads_back_and_is_written_the_same() {
    for (line, change) in golden() {
        assert_eq!(serde_json::to_string(&change).unwrap(), line);
        assert!(line.starts_with(&format!("{{\"change\":\"{}\"", tag(&change))), "{line}");
    }
}

#[test]
fn every_kind_of_change_has_a_line() {
    let seen: BTreeSet<&str> = golden().iter().map(|(_, change)| tag(change)).collect();
    assert_eq!(seen, VARIANTS.into_iter().collect());
}

/// A state in which the things of the golden lines have names.
fn cast() -> State {
    let mut state = State::new("Example");
    let mut apply = |change: Change| state.apply(&change).unwrap();
    apply(Change::AreaTurnedOn { area: "applications".into() });
    for (bits, name) in [(300, "Tester"), (301, "Security")] {
        apply(Change::RoleCreated { role: crate::world::role(RoleId::from_bits(bits), name, &[]) });
    }
    let id = GroupId::from_bits(200);
    apply(Change::GroupCreated { group: Group { id, name: "Testers".into(), description: String::new() } });
    apply(Change::UserAdded { user: UserId::from_bits(100), status: Status::Active });
    for (bits, kind, name, parent) in [
        (400, "application", "Shop", 1),
        (402, "tenant", "North", 1),
        (403, "folder", "Finance", 402),
        (404, "environment", "Staging", 403),
        (405, "machine", "Press", 403),
    ] {
        let object = crate::world::object(ObjectId::from_bits(bits), kind, name, ObjectId::from_bits(parent));
        apply(Change::ObjectCreated { object });
    }
    let id = ServiceAccountId::from_bits(601);
    let (name, description) = ("Nightly".to_owned(), String::new());
    apply(Change::ServiceAccountAdded {
        account: ServiceAccount { id, name, description, robot: None, disabled: false },
    });
    state
}

fn sentence(line: &words::Line) -> String {
    let mark = match line.mark {
        Mark::Add => "+",
        Mark::Cut => "−",
        Mark::Note => "·",
    };
    let parts = line.parts.iter().map(|part| match part {
        Part::Text(text) => text.clone(),
        Part::Name(name) => format!("“{name}”"),
        Part::Person(user) => format!("<{user}>"),
        Part::Was(name) => format!("~{name}~"),
        Part::Time(at) => format!("@{at}"),
    });
    format!("{mark} {}", parts.collect::<String>())
}

#[test]
fn every_change_has_its_sentence() {
    let state = cast();
    let mut found = String::new();
    for (_, change) in golden() {
        found += &format!("{}: {}\n", tag(&change), sentence(&words::line(&state, &state, &change)));
    }
    if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(file("words.golden.txt"), &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(file("words.golden.txt")).unwrap());
}

#[test]
fn no_sentence_holds_a_persons_name() {
    let mut state = cast();
    let user = UserId::from_bits(100);
    let profile = model::person::Profile::new("Zacharias Quill", "zq@example.com");
    state.set_profile(user, profile).unwrap();
    for (line, change) in golden() {
        let said = serde_json::to_string(&words::line(&state, &state, &change)).unwrap();
        assert!(!said.contains("Quill") && !line.contains("Quill"), "{said}");
    }
}
