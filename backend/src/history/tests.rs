//! Stories of reading History and of taking changes back, on SQLite and on PostgreSQL.

use super::{list, undo, undo_preview};
use crate::access::Proposal;
use crate::caller::{Caller, SignedIn};
use crate::clock::Clock;
use crate::database::Database;
use crate::error::Error;
use crate::random::Random;
use crate::test_database::for_each_database;
use crate::{Backend, profile};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::Level;
use model::person::{Group, Profile, Status};
use model::role::{Owner, Role};
use model::view::history::{HistoryQuery, Link, Piece, RevisionRow};
use model::words::Mark;
use sqlx::query;

/// An administrator with a password.
pub(crate) const ALICE: UserId = UserId::from_bits(100);
/// A Member.
pub(crate) const BOB: UserId = UserId::from_bits(101);
pub(crate) const NOW: i64 = 1_000 * 24 * 60 * 60 * 1000;

/// An organization with an administrator, Alice, and a Member, Bob.
pub(crate) async fn world(database: &Database) -> Backend {
    let backend = Backend::open(database.clone(), Clock::fixed(NOW), Random::seeded(1)).await.unwrap();
    let changes = vec![
        Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() },
        Change::AreaTurnedOn { area: "applications".to_owned() },
        Change::UserAdded { user: ALICE, status: Status::Active },
        Change::GrantAdded { grant: grant(1, ALICE, RoleId::ADMIN) },
        Change::UserAdded { user: BOB, status: Status::Active },
        Change::GrantAdded { grant: grant(2, BOB, RoleId::MEMBER) },
    ];
    let proposal = Proposal::new(Actor::SetUp, changes).beside(|to| {
        Box::pin(async move {
            for (user, name) in [(ALICE, "Alice Moreau"), (BOB, "Bob Lind")] {
                let email = format!("{}@example.com", &name[..3]);
                profile::insert(to, user, &Profile::new(name, &email), NOW).await.unwrap();
            }
            query("INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, 'x', 0)")
                .bind(ALICE.to_string())
                .execute(to)
                .await?;
            Ok(())
        })
    });
    backend.commit(proposal).await.unwrap();
    backend
}

pub(crate) fn caller(backend: &Backend, user: UserId) -> Caller {
    backend.caller(SignedIn { user, session: "session".to_owned() }).unwrap()
}

/// A grant on the organization, for good.
pub(crate) fn grant(id: u64, user: UserId, role: RoleId) -> Grant {
    Grant {
        id: GrantId::from_bits(id),
        subject: Subject::User(user),
        role,
        object: ObjectId::ORGANIZATION,
        window: Window::ALWAYS,
        limits: Limits::NONE,
    }
}

pub(crate) fn role(id: u64, name: &str, permissions: &[&str]) -> Role {
    Role {
        id: RoleId::from_bits(id),
        name: name.to_owned(),
        description: String::new(),
        level: Level::Organization,
        owner: Owner::Organization,
        origin: None,
        permissions: permissions.iter().map(|&key| key.to_owned()).collect(),
        delegates: vec![],
    }
}

/// Saves changes as Alice and says their number.
pub(crate) async fn save(backend: &Backend, changes: Vec<Change>) -> u64 {
    backend.commit(Proposal::new(Actor::User(ALICE), changes)).await.unwrap().revision
}

async fn found(backend: &Backend, user: UserId, asked: HistoryQuery) -> Vec<RevisionRow> {
    list(backend, &caller(backend, user), &asked).await.unwrap().page.rows
}

fn numbers(rows: &[RevisionRow]) -> Vec<u64> {
    rows.iter().map(|row| row.number).collect()
}

/// A line as somebody would read it aloud.
fn said(pieces: &[Piece]) -> String {
    let word = |piece: &Piece| match piece {
        Piece::Text(text) | Piece::Was(text) | Piece::Name { name: text, .. } => text.clone(),
        Piece::Person(who) => who.name.clone(),
        Piece::Time(at) => at.to_string(),
    };
    pieces.iter().map(word).collect()
}

#[tokio::test]
async fn history_tells_who_did_what_with_the_names_that_people_have_now() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let tester = role(7, "Tester", &["people.view"]);
        save(&backend, vec![Change::RoleCreated { role: tester.clone() }]).await;
        save(&backend, vec![Change::GrantAdded { grant: grant(3, BOB, tester.id) }]).await;
        let rename = vec![Change::ProfileEdited { user: BOB }];
        let proposal = Proposal::new(Actor::User(ALICE), rename).beside(|to| {
            Box::pin(async move {
                profile::update(to, BOB, &Profile::new("Robert Lind", "bob@example.com"), NOW).await.unwrap();
                Ok(())
            })
        });
        backend.commit(proposal).await.unwrap();

        let rows = found(&backend, ALICE, HistoryQuery::default()).await;
        assert_eq!(numbers(&rows), [4, 3, 2, 1]);
        let given = &rows[1];
        assert_eq!(given.title, "Role assignment changed");
        assert_eq!((given.by.name.as_str(), given.by.person), ("Alice Moreau", Some(ALICE)));
        assert_eq!(given.lines[0].mark, Mark::Add);
        assert_eq!(said(&given.lines[0].pieces), "Robert Lind has Tester");
        let link = Some(Link::Role(tester.id));
        assert!(given.lines[0].pieces.contains(&Piece::Name { name: "Tester".to_owned(), link }));

        let remove = Change::UserRemoved { user: BOB, status: Status::Active, called: "Former user".into() };
        save(&backend, vec![remove]).await;
        let rows = found(&backend, ALICE, HistoryQuery::default()).await;
        assert_eq!(said(&rows[2].lines[0].pieces), "Former user has Tester");
        assert_eq!(rows[0].title, "Person removed");
    })
    .await;
}

#[tokio::test]
async fn the_filters_find_words_people_kinds_and_periods() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let tester = role(7, "Tester 100%", &[]);
        save(&backend, vec![Change::RoleCreated { role: tester.clone() }]).await;
        backend.clock().advance(40 * 24 * 60 * 60 * 1000);
        save(&backend, vec![Change::GrantAdded { grant: grant(3, BOB, tester.id) }]).await;
        let cases = [
            (HistoryQuery { search: "TESTER".into(), ..Default::default() }, vec![3, 2]),
            (HistoryQuery { search: "bob test".into(), ..Default::default() }, vec![3]),
            (HistoryQuery { search: "100%".into(), ..Default::default() }, vec![3, 2]),
            (HistoryQuery { search: "1_0".into(), ..Default::default() }, vec![]),
            (HistoryQuery { search: "nobody's".into(), ..Default::default() }, vec![]),
            (HistoryQuery { kind: "roles".into(), ..Default::default() }, vec![2]),
            (HistoryQuery { kind: "access".into(), ..Default::default() }, vec![3, 1]),
            (HistoryQuery { actor: "set-up".into(), ..Default::default() }, vec![1]),
            (HistoryQuery { actor: format!("user:{ALICE}"), ..Default::default() }, vec![3, 2]),
            (HistoryQuery { period: "month".into(), ..Default::default() }, vec![3]),
            (HistoryQuery { number: Some(2), ..Default::default() }, vec![2]),
            (HistoryQuery { page: 2, ..Default::default() }, vec![]),
        ];
        for (asked, wanted) in cases {
            assert_eq!(numbers(&found(&backend, ALICE, asked.clone()).await), wanted, "{asked:?}");
        }
        for (asked, field) in [
            (HistoryQuery { kind: "roles' OR 1=1".into(), ..Default::default() }, "kind"),
            (HistoryQuery { actor: "user:nobody".into(), ..Default::default() }, "actor"),
            (HistoryQuery { period: "century".into(), ..Default::default() }, "period"),
            (HistoryQuery { search: "x".repeat(300), ..Default::default() }, "search"),
        ] {
            let error = list(&backend, &caller(&backend, ALICE), &asked).await.unwrap_err();
            assert_eq!(error.field(), Some(field), "{asked:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_see_history_reads_nothing_and_takes_nothing_back() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let tester = role(7, "Tester", &["history.view"]);
        save(&backend, vec![Change::RoleCreated { role: tester.clone() }]).await;
        let bob = caller(&backend, BOB);
        let refused = |error: Error| assert!(matches!(error, Error::Refused(_)), "{error}");
        refused(list(&backend, &bob, &HistoryQuery::default()).await.unwrap_err());
        refused(super::lines(&backend, &bob, 1).await.unwrap_err());
        refused(undo(&backend, &bob, 2).await.unwrap_err());
        refused(undo_preview(&backend, &bob, 2).await.unwrap_err());

        save(&backend, vec![Change::GrantAdded { grant: grant(3, BOB, tester.id) }]).await;
        let rows = found(&backend, BOB, HistoryQuery::default()).await;
        assert_eq!(rows[0].by.person, None, "no link to a page that would refuse");
        assert!(rows[0].stays.as_ref().unwrap().contains("Undo changes"), "{:?}", rows[0].stays);
    })
    .await;
}

#[tokio::test]
async fn an_undo_is_a_change_of_its_own_and_can_be_taken_back_too() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let member = RoleId::MEMBER;
        let allow = Change::PermissionAdded { role: member, permission: "people.view".into() };
        let allowed = save(&backend, vec![allow]).await;
        let alice = caller(&backend, ALICE);
        let preview = undo_preview(&backend, &alice, allowed).await.unwrap();
        assert_eq!(preview.effect.loses[0].names, ["Bob Lind"]);

        let undone = undo(&backend, &alice, allowed).await.unwrap().revision;
        assert!(!backend.state().permissions_of(member).iter().any(|_| true));
        let error = undo(&backend, &caller(&backend, ALICE), allowed).await.unwrap_err();
        assert!(matches!(error, Error::NotUndoable(_)), "{error}");
        let rows = found(&backend, ALICE, HistoryQuery::default()).await;
        assert_eq!((rows[0].title.as_str(), rows[0].undoes), ("Undo of change no. 2", Some(allowed)));
        assert_eq!(rows[0].stays, None);
        assert_eq!((rows[1].undone_by, rows[1].stays.as_deref()), (Some(3), Some("Undone by change no. 3")));

        undo(&backend, &caller(&backend, ALICE), undone).await.unwrap();
        assert_eq!(backend.state().permissions_of(member).len(), 1);
        let rows = found(&backend, ALICE, HistoryQuery::default()).await;
        assert_eq!(rows[2].undone_by, None, "what took it back was taken back itself");
        assert_eq!(rows[2].stays, None);
        undo(&backend, &caller(&backend, ALICE), allowed).await.unwrap();
        assert_eq!(backend.state().permissions_of(member).len(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_undo_that_no_longer_fits_is_off_and_says_why() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let tester = role(7, "Tester", &[]);
        let made = save(&backend, vec![Change::RoleCreated { role: tester.clone() }]).await;
        let group = Group { id: GroupId::from_bits(9), name: "Staff".into(), description: String::new() };
        let grouped = save(&backend, vec![Change::GroupCreated { group: group.clone() }]).await;
        save(&backend, vec![Change::GrantAdded { grant: grant(3, BOB, tester.id) }]).await;
        let renamed = Change::GroupRenamed { group: group.id, was: "Staff".into(), now: "Everybody".into() };
        save(&backend, vec![renamed]).await;
        let invite = Change::UserAdded { user: UserId::from_bits(102), status: Status::Invited };
        let invited = save(&backend, vec![invite]).await;

        let reasons: std::collections::BTreeMap<u64, Option<String>> =
            found(&backend, ALICE, HistoryQuery::default())
                .await
                .into_iter()
                .map(|row| (row.number, row.stays))
                .collect();
        assert_eq!(reasons[&made].as_deref(), Some("Tester is in use now."));
        assert_eq!(reasons[&grouped].as_deref(), Some("Everybody was changed since."));
        assert!(reasons[&invited].as_ref().unwrap().contains("under People"));
        assert!(reasons[&1].as_ref().unwrap().contains("under People"));
        let before = backend.state().revision();
        for number in [made, grouped, invited, 1, 99] {
            let alice = caller(&backend, ALICE);
            assert!(undo_preview(&backend, &alice, number).await.is_err(), "{number}");
            assert!(undo(&backend, &alice, number).await.is_err(), "{number}");
        }
        assert_eq!(backend.state().revision(), before);
    })
    .await;
}

#[tokio::test]
async fn an_undo_is_judged_by_all_guards() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let promoted = save(
            &backend,
            vec![
                Change::GrantAdded { grant: grant(3, BOB, RoleId::ADMIN) },
                Change::GrantRemoved { grant: grant(2, BOB, RoleId::MEMBER) },
            ],
        )
        .await;
        query("INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, 'x', 0)")
            .bind(BOB.to_string())
            .execute(database.pool())
            .await
            .unwrap();
        let undoer = role(7, "Undoer", &["history.view", "history.undo"]);
        let (id, carol) = (undoer.id, UserId::from_bits(103));
        save(&backend, vec![Change::RoleCreated { role: undoer }]).await;
        save(&backend, vec![Change::UserAdded { user: carol, status: Status::Active }]).await;
        save(&backend, vec![Change::GrantAdded { grant: grant(4, carol, id) }]).await;
        let error = undo(&backend, &caller(&backend, carol), promoted).await.unwrap_err();
        assert!(matches!(error, Error::Refused(_)), "{error}");
        // Alice goes: Bob is the last administrator, and undoing his promotion would lock everybody out.
        let demote = Change::GrantRemoved { grant: grant(1, ALICE, RoleId::ADMIN) };
        backend.commit(Proposal::new(Actor::User(BOB), vec![demote])).await.unwrap();
        let error = undo(&backend, &caller(&backend, BOB), promoted).await.unwrap_err();
        assert!(error.to_string().contains("Nobody would be left"), "{error}");
        let rows = found(&backend, BOB, HistoryQuery { number: Some(promoted), ..Default::default() }).await;
        assert!(rows[0].stays.as_ref().unwrap().contains("Nobody would be left"));
    })
    .await;
}

#[tokio::test]
async fn two_who_undo_at_once_make_one_undo() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let allow = Change::PermissionAdded { role: RoleId::MEMBER, permission: "people.view".into() };
        let allowed = save(&backend, vec![allow]).await;
        let (one, other) = (caller(&backend, ALICE), caller(&backend, ALICE));
        let (a, b) = tokio::join!(undo(&backend, &one, allowed), undo(&backend, &other, allowed));
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        assert_eq!(backend.state().revision(), allowed + 1);
    })
    .await;
}

#[tokio::test]
async fn a_large_change_is_told_in_part_and_whole_on_demand() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let roles = (10..40).map(|n| Change::RoleCreated { role: role(n, &format!("Role {n}"), &[]) });
        let number = save(&backend, roles.collect()).await;
        let rows = found(&backend, ALICE, HistoryQuery::default()).await;
        assert_eq!((rows[0].lines.len(), rows[0].more, rows[0].title.as_str()), (12, 18, "30 roles added"));
        assert_eq!(super::lines(&backend, &caller(&backend, ALICE), number).await.unwrap().len(), 30);
        let alone = found(&backend, ALICE, HistoryQuery { number: Some(number), ..Default::default() }).await;
        assert_eq!((alone[0].lines.len(), alone[0].more), (30, 0));
    })
    .await;
}
