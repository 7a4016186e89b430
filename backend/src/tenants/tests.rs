//! Stories of tenants, on SQLite and on PostgreSQL.

use super::{
    access, alike, alike_preview, apps, create, edit, found, guide, list, matrix, one, preview, removal,
};
use super::{remove, remove_app, save, upload};
use crate::Backend;
use crate::access::commit::Proposal;
use crate::database::Database;
use crate::error::{Error, Result};
use crate::people;
use crate::test_database::for_each_database;
use crate::test_organization::{caller, founded};
use model::audience;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::{Actor, Refusal};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::{Level, Object, TENANT};
use model::person::{Group, Status};
use model::role::{Owner, Role};
use model::view::tenants::{
    AccessEdits, Alike, AppsQuery, AudienceEdit, Details, NewApp, NewTenant, PickerQuery, TenantEdit,
    TenantsQuery, Upload,
};

const ALICE: UserId = UserId::from_bits(100);
const BOB: UserId = UserId::from_bits(101);
const CARA: UserId = UserId::from_bits(102);
const DAN: UserId = UserId::from_bits(103);
const CREW: GroupId = GroupId::from_bits(50);
const KEEPER: RoleId = RoleId::from_bits(7);
const NORTH: ObjectId = ObjectId::from_bits(60);
const SOUTH: ObjectId = ObjectId::from_bits(61);
const PEOPLE: [(UserId, &str); 4] = [(ALICE, "Alice"), (BOB, "Bob"), (CARA, "Cara"), (DAN, "Dan")];

fn shipped(number: u16) -> RoleId {
    RoleId::shipped(number)
}

fn see() -> RoleId {
    shipped(40)
}

fn uploads() -> RoleId {
    shipped(41)
}

fn governs() -> RoleId {
    shipped(43)
}

fn grant(id: u64, subject: Subject, role: RoleId, object: ObjectId) -> Change {
    let (id, window) = (GrantId::from_bits(id), Window::ALWAYS);
    Change::GrantAdded { grant: Grant { id, subject, role, object, window, limits: Limits::NONE } }
}

fn tenant(id: ObjectId, name: &str) -> Change {
    let parent = Some(ObjectId::ORGANIZATION);
    Change::ObjectCreated { object: Object { id, kind: TENANT.to_owned(), name: name.to_owned(), parent } }
}

/// Alice is the Admin. *North* and *South* are seen by nobody. Bob sees and governs North. Cara and Dan, who are
/// the group *Crew*, have nothing; *Keeper* adds and removes tenants and is nobody's.
async fn set_up(database: &Database) -> Backend {
    let group = Group { id: CREW, name: "Crew".to_owned(), description: String::new() };
    let keeper = Role {
        id: KEEPER,
        name: "Keeper".to_owned(),
        description: String::new(),
        level: Level::Organization,
        owner: Owner::Organization,
        origin: None,
        permissions: vec!["tenants.manage".to_owned()],
        delegates: vec![],
    };
    let mut changes = vec![
        Change::AreaTurnedOn { area: "packaging".to_owned() },
        Change::RoleCreated { role: keeper },
        Change::GroupCreated { group },
        tenant(NORTH, "North"),
        tenant(SOUTH, "South"),
    ];
    changes.extend(PEOPLE.map(|(user, _)| Change::UserAdded { user, status: Status::Active }));
    changes.extend([CARA, DAN].map(|user| Change::MemberAdded { group: CREW, user }));
    changes.push(grant(1, Subject::User(ALICE), RoleId::ADMIN, ObjectId::ORGANIZATION));
    changes.push(grant(2, Subject::User(BOB), see(), NORTH));
    changes.push(grant(3, Subject::User(BOB), governs(), NORTH));
    founded(database, changes, &PEOPLE, ALICE).await
}

fn change(tenant: ObjectId, role: RoleId, add: &[Subject], cut: &[Subject], seen: u64) -> AccessEdits {
    let edit = AudienceEdit { tenant, role, add: add.to_vec(), cut: cut.to_vec() };
    AccessEdits { edits: vec![edit], seen }
}

/// Saves that these are named as well by a setting of a tenant, and others no longer.
async fn sets(
    backend: &Backend,
    user: UserId,
    tenant: ObjectId,
    role: RoleId,
    add: &[Subject],
    cut: &[Subject],
) -> Result<u64> {
    let by = caller(backend, user);
    let wish = change(tenant, role, add, cut, by.state.revision());
    save(backend, &by, &wish).await.map(|saved| saved.revision)
}

async fn names(backend: &Backend, user: UserId) -> Vec<String> {
    let screen = list(backend, &caller(backend, user), &TenantsQuery::default()).await.unwrap();
    assert_eq!(screen.all as usize, screen.tenants.rows.len());
    screen.tenants.rows.into_iter().map(|row| row.name).collect()
}

fn is_refused<T>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::Refused(_)))
}

fn is_not_there<T>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::NotFound(_)))
}

#[tokio::test]
async fn who_holds_set_permissions_on_a_tenant_sets_all_four_audiences_of_it_and_of_no_other() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let settings = audience::settings(&backend.state(), super::GOVERN);
        assert_eq!(settings.len(), 4);
        for setting in settings {
            for subject in [Subject::User(CARA), Subject::Group(CREW)] {
                sets(&backend, BOB, NORTH, setting.role, &[subject], &[]).await.unwrap();
                sets(&backend, BOB, NORTH, setting.role, &[], &[subject]).await.unwrap();
                assert!(is_not_there(sets(&backend, BOB, SOUTH, setting.role, &[subject], &[]).await));
            }
        }
        // Also of another that Bob may see.
        sets(&backend, ALICE, SOUTH, see(), &[Subject::User(BOB)], &[]).await.unwrap();
        let refused = sets(&backend, BOB, SOUTH, see(), &[Subject::User(CARA)], &[]).await;
        let needs = Refusal::Needs { permission: "Set permissions".to_owned(), place: "South".to_owned() };
        assert!(matches!(refused, Err(Error::Refused(refusal)) if refusal == needs));
    })
    .await;
}

#[tokio::test]
async fn set_permissions_gives_nothing_to_its_holder_and_opens_no_role() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        for to_bob in [Subject::User(BOB), Subject::Everyone] {
            assert!(is_refused(sets(&backend, BOB, NORTH, uploads(), &[to_bob], &[]).await), "{to_bob:?}");
        }
        // What Bob has himself, he gives to everyone too.
        sets(&backend, BOB, NORTH, see(), &[Subject::Everyone], &[]).await.unwrap();
        let bob = caller(&backend, BOB);
        let role = vec![grant(90, Subject::User(CARA), KEEPER, NORTH)];
        assert!(is_refused(backend.commit(Proposal::new(bob.actor(), role)).await));
        let wish = change(NORTH, KEEPER, &[Subject::User(CARA)], &[], 1);
        assert!(is_not_there(save(&backend, &bob, &wish).await), "only access settings are set here");
        for user in [CARA, DAN] {
            assert!(is_refused(sets(&backend, user, NORTH, see(), &[Subject::User(DAN)], &[]).await));
        }
    })
    .await;
}

#[tokio::test]
async fn a_tenant_that_one_may_not_see_is_in_no_list_and_not_there() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        assert_eq!(names(&backend, ALICE).await, ["North", "South"]);
        assert_eq!(names(&backend, BOB).await, ["North"]);
        assert_eq!(names(&backend, CARA).await, Vec::<String>::new());
        let bob = caller(&backend, BOB);
        let asked = matrix(&backend, &bob, "").await.unwrap();
        assert_eq!((asked.all, asked.others, asked.rows.len()), (1, 0, 1));
        let apps_of = |tenant| AppsQuery { tenant, search: String::new(), page: 1 };
        let picker = PickerQuery { tenant: SOUTH, role: see(), search: String::new() };
        let (details, like) = (TenantEdit { tenant: SOUTH, name: None, details: None, seen: 1 }, SOUTH);
        let upload_to = Upload { tenant: SOUTH, apps: Vec::new() };
        assert!(is_not_there(one(&backend, &bob, SOUTH).await));
        assert!(is_not_there(apps(&backend, &bob, &apps_of(SOUTH)).await));
        assert!(is_not_there(access(&backend, &bob, SOUTH).await));
        assert!(is_not_there(found(&backend, &bob, &picker).await));
        assert!(is_not_there(edit(&backend, &bob, &details).await));
        assert!(is_not_there(upload(&backend, &bob, &upload_to).await));
        assert!(is_not_there(removal(&backend, &bob, SOUTH).await));
        assert!(is_not_there(remove(&backend, &bob, SOUTH).await));
        let wish = Alike { like, tenants: vec![NORTH], seen: 1 };
        assert!(is_not_there(alike_preview(&backend, &bob, &wish).await));
        // Nor is it among the places on which roles are given, for who sees people.
        let sees_people = Role {
            id: RoleId::from_bits(8),
            name: "Reader".to_owned(),
            description: String::new(),
            level: Level::Organization,
            owner: Owner::Organization,
            origin: None,
            permissions: vec!["people.view".to_owned()],
            delegates: vec![],
        };
        let role = sees_people.id;
        let changes = vec![
            Change::RoleCreated { role: sees_people },
            grant(91, Subject::User(BOB), role, ObjectId::ORGANIZATION),
        ];
        backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
        let places = crate::people::places(&caller(&backend, BOB));
        let places: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
        assert!(places.contains(&"North") && !places.contains(&"South"), "{places:?}");
    })
    .await;
}

#[tokio::test]
async fn who_adds_a_tenant_opens_it_to_everyone_and_to_nothing_else() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let new = NewTenant { name: "West".to_owned() };
        assert!(is_refused(create(&backend, &caller(&backend, CARA), &new).await));
        let to_cara = vec![grant(92, Subject::User(CARA), KEEPER, ObjectId::ORGANIZATION)];
        backend.commit(Proposal::new(Actor::CommandLine, to_cara)).await.unwrap();
        let made = create(&backend, &caller(&backend, CARA), &new).await.unwrap();
        assert_eq!(names(&backend, DAN).await, ["West"]);
        let shown = access(&backend, &caller(&backend, ALICE), made.id).await.unwrap();
        let named: Vec<usize> = shown.rows.iter().map(|row| row.audience.len()).collect();
        let reaches: Vec<u64> = shown.rows.iter().map(|row| row.reaches).collect();
        assert_eq!((named, reaches), (vec![1, 0, 0, 0], vec![4, 0, 0, 0]));
        // The right to add tenants opens none to anybody by itself.
        let id = ObjectId::from_bits(70);
        let everyone = |role| vec![tenant(id, "East"), grant(93, Subject::Everyone, role, id)];
        let cara = caller(&backend, CARA).actor();
        assert!(is_refused(backend.commit(Proposal::new(cara, everyone(uploads()))).await));
        let only = vec![tenant(id, "East"), grant(93, Subject::User(CARA), see(), id)];
        assert!(is_refused(backend.commit(Proposal::new(cara, only)).await));
        let taken = create(&backend, &caller(&backend, CARA), &new).await;
        assert!(matches!(taken, Err(Error::Misfit(_))));
    })
    .await;
}

#[tokio::test]
async fn a_tenant_is_removed_with_what_it_holds_and_comes_back() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = caller(&backend, ALICE);
        let viewer = NewApp { name: "Viewer".to_owned(), version: "2.1".to_owned() };
        upload(&backend, &alice, &Upload { tenant: NORTH, apps: vec![viewer] }).await.unwrap();
        let to_cara = vec![grant(92, Subject::User(CARA), KEEPER, ObjectId::ORGANIZATION)];
        backend.commit(Proposal::new(Actor::CommandLine, to_cara)).await.unwrap();
        assert!(is_refused(remove(&backend, &caller(&backend, BOB), NORTH).await));
        // Cara may upload nothing there and give nobody anything, and removes what she may remove.
        let goes = removal(&backend, &caller(&backend, CARA), NORTH).await.unwrap();
        assert_eq!((goes.holds, goes.assignments), (vec![("Apps".to_owned(), 1)], 2));
        let saved = remove(&backend, &caller(&backend, CARA), NORTH).await.unwrap();
        assert_eq!(names(&backend, BOB).await, Vec::<String>::new());
        assert!(is_refused(people::take_back(&backend, &caller(&backend, CARA), saved.revision).await));
        let alice = caller(&backend, ALICE);
        let saved = remove(&backend, &alice, SOUTH).await.unwrap();
        people::take_back(&backend, &alice, saved.revision).await.unwrap();
        assert_eq!(names(&backend, ALICE).await, ["South"]);
    })
    .await;
}

#[tokio::test]
async fn settings_are_changed_by_set_configuration_and_history_tells() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let now = Details {
            domain: "north.example".to_owned(),
            contact: "Erik".to_owned(),
            notes: "Two\nlines".to_owned(),
        };
        let wish = |details, name, seen| TenantEdit { tenant: NORTH, name, details, seen };
        let first = wish(Some((Details::default(), now.clone())), None, 1);
        assert!(is_refused(edit(&backend, &caller(&backend, BOB), &first).await));
        sets(&backend, ALICE, NORTH, shipped(42), &[Subject::User(BOB)], &[]).await.unwrap();
        let saved = edit(&backend, &caller(&backend, BOB), &first).await.unwrap();
        assert!(!saved.undoable);
        let shown = one(&backend, &caller(&backend, BOB), NORTH).await.unwrap();
        assert_eq!(shown.details, Some(now.clone()));
        let renamed = wish(None, Some(("North".to_owned(), "Nordic".to_owned())), saved.revision);
        assert!(edit(&backend, &caller(&backend, BOB), &renamed).await.unwrap().undoable);
        // Whoever comes second is told.
        let late = wish(Some((Details::default(), Details::default())), None, 1);
        assert!(matches!(edit(&backend, &caller(&backend, BOB), &late).await, Err(Error::NothingToDo)));
        let other = Details { contact: "Anna".to_owned(), ..Details::default() };
        let late = wish(Some((Details::default(), other)), None, 1);
        let refused = edit(&backend, &caller(&backend, BOB), &late).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "details", .. })));
        let long = Details { notes: "x".repeat(3_000), ..Details::default() };
        let refused = edit(&backend, &caller(&backend, BOB), &wish(Some((now, long)), None, 1)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "notes", .. })));
    })
    .await;
}

#[tokio::test]
async fn apps_are_uploaded_by_upload_apps_and_seen_by_see() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let wanted = |list: &[(&str, &str)]| Upload {
            tenant: NORTH,
            apps: list
                .iter()
                .map(|(name, version)| NewApp { name: (*name).to_owned(), version: (*version).to_owned() })
                .collect(),
        };
        let both = wanted(&[("Viewer", "2.1"), ("Editor", "1"), ("EDITOR", "2")]);
        assert!(is_refused(upload(&backend, &caller(&backend, BOB), &both).await));
        sets(&backend, ALICE, NORTH, uploads(), &[Subject::User(BOB)], &[]).await.unwrap();
        let done = upload(&backend, &caller(&backend, BOB), &both).await.unwrap();
        assert_eq!((done.new, done.updated, done.undoable), (2, 0, true));
        let newer = upload(&backend, &caller(&backend, ALICE), &wanted(&[("viewer", "3")])).await.unwrap();
        assert_eq!((newer.new, newer.updated, newer.undoable), (0, 1, false));
        let asked = AppsQuery { tenant: NORTH, search: String::new(), page: 1 };
        let shown = apps(&backend, &caller(&backend, BOB), &asked).await.unwrap().apps;
        let rows: Vec<(&str, &str, &str, Option<i64>)> = shown
            .rows
            .iter()
            .map(|app| (app.name.as_str(), app.version.as_str(), app.by.as_str(), app.at))
            .collect();
        assert_eq!(rows, [("Editor", "2", "Bob", Some(1_000)), ("Viewer", "3", "Alice", Some(1_000))]);
        let wrong = upload(&backend, &caller(&backend, BOB), &wanted(&[("", "1")])).await;
        assert!(matches!(wrong, Err(Error::Invalid { field: "name", .. })));
        let app = shown.rows[0].id;
        assert!(is_not_there(remove_app(&backend, &caller(&backend, CARA), app).await));
        let saved = remove_app(&backend, &caller(&backend, BOB), app).await.unwrap();
        people::take_back(&backend, &caller(&backend, BOB), saved.revision).await.unwrap();
        let again = apps(&backend, &caller(&backend, BOB), &asked).await.unwrap().apps;
        assert_eq!(again, shown, "with its version");
    })
    .await;
}

#[tokio::test]
async fn the_preview_says_by_name_who_gains_and_how_many_are_reached() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let bob = caller(&backend, BOB);
        let wish = change(NORTH, uploads(), &[Subject::Group(CREW)], &[], bob.state.revision());
        let plan = preview(&backend, &bob, &wish).await.unwrap();
        let line = &plan.effect.gains[0];
        assert_eq!(
            (line.names.as_slice(), line.place.as_deref()),
            (&["Cara".into(), "Dan".into()][..], Some("North"))
        );
        let row = plan.reaches.iter().find(|one| one.role == uploads()).unwrap();
        assert_eq!((row.people, row.unseeing), (2, 2), "they do not see North");
        save(&backend, &bob, &wish).await.unwrap();
        let shown = access(&backend, &caller(&backend, BOB), NORTH).await.unwrap();
        let uploads = &shown.rows[1];
        assert_eq!((uploads.reaches, uploads.unseeing, uploads.anyway[0].role.as_str()), (2, 2, "Admin"));
        assert_eq!(uploads.anyway[0].names, ["Alice"]);
        // The picker leaves out who is named already.
        let asked = PickerQuery { tenant: NORTH, role: see(), search: "cr".to_owned() };
        let picked = found(&backend, &caller(&backend, BOB), &asked).await.unwrap();
        assert_eq!((picked.total, picked.found[0].about.as_str()), (1, "Group, 2 people. 2 are new here."));
        let asked = PickerQuery { role: uploads.role, ..asked };
        assert_eq!(found(&backend, &caller(&backend, BOB), &asked).await.unwrap().total, 0);
        // Cara uploads to North and does not even see it.
        assert!(is_not_there(found(&backend, &caller(&backend, CARA), &asked).await));
    })
    .await;
}

#[tokio::test]
async fn tenants_are_made_like_another_in_one_revision_or_not_at_all() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        sets(&backend, ALICE, NORTH, uploads(), &[Subject::Group(CREW)], &[]).await.unwrap();
        let before = backend.state().revision();
        let wish = Alike { like: NORTH, tenants: vec![SOUTH, NORTH], seen: before };
        let shown = matrix(&backend, &caller(&backend, ALICE), "").await.unwrap();
        assert!(
            shown.rows.iter().flat_map(|row| &row.cells).all(|cell| !cell.differs),
            "two of two: no most"
        );
        let plan = alike_preview(&backend, &caller(&backend, ALICE), &wish).await.unwrap();
        assert_eq!(plan.tenants, 1);
        let saved = alike(&backend, &caller(&backend, ALICE), &wish).await.unwrap();
        assert_eq!((saved.revision, saved.undoable), (before + 1, true));
        let rows = async |tenant| {
            let shown = access(&backend, &caller(&backend, ALICE), tenant).await.unwrap();
            let named = |row: model::view::tenants::AccessRow| {
                row.audience.into_iter().map(|chip| chip.subject).collect::<Vec<_>>()
            };
            shown.rows.into_iter().map(named).collect::<Vec<_>>()
        };
        assert_eq!(rows(NORTH).await, rows(SOUTH).await);
        let again = alike(&backend, &caller(&backend, ALICE), &wish).await;
        assert!(matches!(again, Err(Error::NothingToDo)));
        // Bob now sees and governs South as well; a third tenant differs and is not his.
        let west = create(&backend, &caller(&backend, ALICE), &NewTenant { name: "West".to_owned() }).await;
        let west = west.unwrap().id;
        let shown = matrix(&backend, &caller(&backend, ALICE), "").await.unwrap();
        let marked: Vec<bool> = shown.rows[2].cells.iter().map(|cell| cell.differs).collect();
        assert_eq!(marked, [true, true, false, true]);
        let wish = Alike { like: NORTH, tenants: vec![SOUTH, west], seen: before };
        assert!(is_refused(alike(&backend, &caller(&backend, BOB), &wish).await));
    })
    .await;
}

#[tokio::test]
async fn while_the_area_is_off_there_are_no_tenants() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let off = vec![Change::AreaTurnedOff { area: "packaging".to_owned() }];
        backend.commit(Proposal::new(Actor::CommandLine, off)).await.unwrap();
        let alice = caller(&backend, ALICE);
        assert!(is_not_there(list(&backend, &alice, &TenantsQuery::default()).await));
        assert!(is_not_there(one(&backend, &alice, NORTH).await));
        assert!(is_not_there(create(&backend, &alice, &NewTenant { name: "West".to_owned() }).await));
    })
    .await;
}

#[tokio::test]
async fn the_guide_counts_what_is_set_up_and_who_has_the_roles_of_a_team() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = caller(&backend, ALICE);
        let shown = guide(&backend, &alice).await.unwrap();
        assert_eq!((shown.active, shown.invited, shown.groups), (4, 0, 1));
        // In North Bob is named who governs it; in South nobody is named at all.
        assert_eq!((shown.tenants, shown.untouched), (2, 1));
        let packaging = shown.sets.iter().find(|set| set.key == "packaging-team").unwrap();
        assert_eq!((packaging.people, packaging.roles.len()), (0, 2));
        assert_eq!(packaging.no_giving, None);

        // A group with both roles is a team; whoever has one of them alone is not in it.
        let (writer, flows) = (packaging.roles[0].id, packaging.roles[1].id);
        let (crew, bob) = (Subject::Group(CREW), Subject::User(BOB));
        let changes = vec![
            grant(20, crew, writer, ObjectId::ORGANIZATION),
            grant(21, crew, flows, ObjectId::ORGANIZATION),
            grant(22, bob, writer, ObjectId::ORGANIZATION),
        ];
        backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
        let shown = guide(&backend, &caller(&backend, ALICE)).await.unwrap();
        let packaging = shown.sets.iter().find(|set| set.key == "packaging-team").unwrap();
        assert_eq!(
            (packaging.people, packaging.names.as_slice()),
            (2, &["Cara".to_owned(), "Dan".to_owned()][..])
        );

        let refused = guide(&backend, &caller(&backend, BOB)).await.unwrap_err();
        assert!(refused.to_string().contains("See people and groups"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_give_a_teams_roles_reads_why_and_a_security_writer_gives_the_packaging_ones() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let writer = backend.state().catalog().role_id("security-writer").unwrap();
        let changes = vec![grant(20, Subject::User(BOB), writer, ObjectId::ORGANIZATION)];
        backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
        let shown = guide(&backend, &caller(&backend, BOB)).await.unwrap();
        let reason = |key: &str| {
            let set = shown.sets.iter().find(|set| set.key == key).unwrap();
            set.no_giving.clone()
        };
        assert_eq!(reason("packaging-team"), None);
        assert!(reason("it-administrators").unwrap().contains("Organisation Administrator"));
    })
    .await;
}
