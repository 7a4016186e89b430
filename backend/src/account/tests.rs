//! Stories of a person's own account, on SQLite and on PostgreSQL.

use super::{account, end_other_sessions, end_session, rename};
use crate::Backend;
use crate::caller::{Caller, SignedIn};
use crate::error::Error;
use crate::history::tests::{ALICE, BOB, grant, role, save, world};
use crate::session::{SessionLimits, Sessions};
use crate::sign_in_events::From;
use crate::test_database::for_each_database;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::id::{GroupId, RoleId, UserId};
use model::person::Group;

fn sessions(backend: &Backend) -> Sessions {
    let (clock, random) = (backend.clock().clone(), backend.random().clone());
    Sessions::new(backend.database().clone(), clock, random, SessionLimits::default())
}

async fn sign_in(backend: &Backend, sessions: &Sessions, user: UserId, agent: &str) -> Caller {
    let from = From::new("192.0.2.7".parse().unwrap(), agent);
    let session = sessions.start(user, &from).await.unwrap().session;
    backend.caller(SignedIn { user, session: session.id }).unwrap()
}

#[tokio::test]
async fn a_person_reads_their_own_roles_and_rights() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let group = Group { id: GroupId::from_bits(9), name: "Staff".into(), description: String::new() };
        let through = Grant { subject: Subject::Group(group.id), ..grant(4, BOB, RoleId::from_bits(7)) };
        let over = Window { from: None, until: Some(5) };
        save(&backend, vec![Change::RoleCreated { role: role(7, "Reader", &["people.view"]) }]).await;
        save(&backend, vec![Change::GroupCreated { group: group.clone() }]).await;
        save(&backend, vec![Change::MemberAdded { group: group.id, user: BOB }]).await;
        save(&backend, vec![Change::GrantAdded { grant: through }]).await;
        let ended = Grant { window: over, ..grant(5, BOB, RoleId::ADMIN) };
        save(&backend, vec![Change::GrantAdded { grant: ended }]).await;

        let sessions = sessions(&backend);
        let bob = sign_in(&backend, &sessions, BOB, "curl/8").await;
        let own = account(&backend, &bob, &sessions).await.unwrap();
        assert_eq!((own.name.as_str(), own.email.as_str()), ("Bob Lind", "Bob@example.com"));
        let roles: Vec<(&str, Option<&str>)> =
            own.roles.iter().map(|role| (role.name.as_str(), role.through.as_deref())).collect();
        assert_eq!(roles, [("Member", None), ("Reader", Some("Staff"))]);
        assert_eq!(own.may.len(), 1);
        assert_eq!((own.may[0].place.as_deref(), own.may[0].permissions.len()), (None, 1));
    })
    .await;
}

#[tokio::test]
async fn a_person_gives_themselves_another_name_and_only_a_name() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let sessions = sessions(&backend);
        let bob = sign_in(&backend, &sessions, BOB, "").await;
        for wrong in ["", " \u{200b} ", "a\tb", &"x".repeat(81)] {
            let error = rename(&backend, &bob, wrong).await.unwrap_err();
            assert_eq!(error.field(), Some("name"), "{wrong:?}");
        }
        assert!(matches!(rename(&backend, &bob, "Bob Lind").await, Err(Error::NothingToDo)));
        rename(&backend, &bob, "Robert Lind").await.unwrap();
        let profile = backend.state().person(BOB).unwrap().profile.clone();
        assert_eq!((profile.name.as_str(), profile.email.as_str()), ("Robert Lind", "Bob@example.com"));
    })
    .await;
}

#[tokio::test]
async fn a_person_ends_their_own_sessions_and_nobody_elses() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let sessions = sessions(&backend);
        let here = sign_in(&backend, &sessions, BOB, "curl/8").await;
        let there = sign_in(&backend, &sessions, BOB, "wget/1").await;
        let last = sign_in(&backend, &sessions, BOB, "lynx/2").await;
        let alice = sign_in(&backend, &sessions, ALICE, "curl/8").await;

        let own = account(&backend, &here, &sessions).await.unwrap().sessions;
        assert_eq!(own.len(), 3);
        assert!(own[0].is_this && own[0].device == "curl" && own[0].address == "192.0.2.7");
        let error = end_session(&here, &sessions, &alice.session).await.unwrap_err();
        assert!(matches!(error, Error::NotFound("session")));
        end_session(&here, &sessions, &there.session).await.unwrap();
        assert_eq!(account(&backend, &here, &sessions).await.unwrap().sessions.len(), 2);
        end_other_sessions(&last, &sessions).await.unwrap();
        let left = account(&backend, &last, &sessions).await.unwrap().sessions;
        assert!(left.len() == 1 && left[0].id == last.session);
        assert_eq!(sessions.list(ALICE).await.unwrap().len(), 1);
    })
    .await;
}
