//! Stories of people, on SQLite and on PostgreSQL: who may do what to whom, and what holds at once.

use super::story::{ADA, ANNA, BEN, CARA, INVITERS, MANAGERS, Story, TESTER};
use crate::access::Proposal;
use crate::error::Error;
use crate::groups;
use crate::people;
use crate::test_database::for_each_database;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::{Actor, Refusal};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::{Comparison, Limits};
use model::person::Status;
use model::view::groups::{GroupAct, GroupWish};
use model::view::people::{Act, ChoicesFor, PeopleQuery, ProfileEdit, Standing, Wish};

fn wish(people: &[UserId], act: Act) -> Wish {
    Wish { people: people.to_vec(), act, seen: 1 }
}

fn give(role: RoleId) -> Act {
    Act::Give { role, object: ObjectId::ORGANIZATION, window: Window::ALWAYS, with_half: false }
}

fn is_lock_out(text: &str) -> bool {
    text == Refusal::LockOut.to_string()
}

#[tokio::test]
async fn who_may_edit_people_cannot_act_on_the_account_of_a_person_who_holds_more() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        // Ben may manage people and nothing else; Ada is an Admin.
        let ben = story.caller(BEN);
        let refused = [
            people::reset_link(&story.backend, &ben, ADA).await.map(drop).unwrap_err(),
            people::edit_profile(
                &story.backend,
                &ben,
                &ProfileEdit { user: ADA, name: "Ada".to_owned(), email: "mine@example.com".to_owned() },
            )
            .await
            .map(drop)
            .unwrap_err(),
            people::end_sessions(&story.backend, &ben, ADA, None).await.unwrap_err(),
            people::remove(&story.backend, &ben, ADA, "Gone").await.map(drop).unwrap_err(),
        ];
        for error in refused {
            assert!(matches!(error, Error::Refused(Refusal::Stronger { .. })), "{error}");
        }
        let plan = people::preview(&story.backend, &ben, &wish(&[ADA], Act::Deactivate)).await.unwrap();
        assert_eq!((plan.people, plan.refused.len()), (0, 1));
        assert!(people::save(&story.backend, &ben, &wish(&[ADA], Act::Deactivate)).await.is_err());
        assert_eq!(story.backend.state().person(ADA).unwrap().status, Status::Active);
        // The same on somebody who holds no more than he does.
        people::reset_link(&story.backend, &ben, CARA).await.unwrap();
        let page = people::page(&story.backend, &ben, ADA).await.unwrap();
        assert!(page.refused.edit.is_some() && page.refused.link.is_some() && page.sessions.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_by_every_route() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let ada = story.caller(ADA);
        for act in [Act::Deactivate, Act::Take { role: RoleId::ADMIN }] {
            let one = people::save(&story.backend, &ada, &wish(&[ADA], act.clone())).await.unwrap_err();
            assert!(is_lock_out(&one.to_string()), "{act:?}: {one}");
            // With others beside her: she is named and left out, the others are done.
            let plan = people::preview(&story.backend, &ada, &wish(&[ADA, CARA], act.clone())).await.unwrap();
            assert_eq!(plan.refused.len(), 1, "{act:?}");
            assert_eq!(plan.refused[0].name, "Ada Holm");
            assert!(is_lock_out(&plan.refused[0].reason));
        }
        let replace = Act::Replace { old: RoleId::ADMIN, new: TESTER };
        assert!(people::save(&story.backend, &ada, &wish(&[ADA], replace)).await.is_err());
        let removed = people::remove(&story.backend, &ada, ADA, "Gone").await.unwrap_err();
        assert!(is_lock_out(&removed.to_string()), "{removed}");

        // An administrator through a group alone: neither the membership, nor the group, nor its role may go.
        let group = story.group("Keepers", &[ANNA], RoleId::ADMIN).await;
        let taken = wish(&[ADA], Act::Take { role: RoleId::ADMIN });
        people::save(&story.backend, &story.caller(ANNA), &taken).await.unwrap();
        let anna = story.caller(ANNA);
        let grant = anna.state.grants_of(Subject::Group(group)).next().unwrap().id;
        for act in [GroupAct::Drop { people: vec![ANNA] }, GroupAct::Take { grant }, GroupAct::Remove] {
            let wish = GroupWish { group, act: act.clone(), seen: 1 };
            let error = groups::save(&story.backend, &anna, &wish).await.unwrap_err();
            assert!(is_lock_out(&error.to_string()), "{act:?}: {error}");
        }
        let leave =
            people::save(&story.backend, &anna, &wish(&[ANNA], Act::Leave { group })).await.unwrap_err();
        assert!(is_lock_out(&leave.to_string()), "{leave}");
    })
    .await;
}

#[tokio::test]
async fn picking_a_role_replaces_the_only_plain_one_and_never_what_has_an_end() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let ada = story.caller(ADA);
        let asked = ChoicesFor { subject: Subject::User(CARA), object: ObjectId::ORGANIZATION };
        let choices = people::choices(&story.backend, &ada, asked).await.unwrap();
        assert_eq!(choices.replaces.map(|role| role.name), Some("Tester".to_owned()));
        let admin = choices.options.iter().find(|option| option.role == RoleId::ADMIN).unwrap();
        assert!(admin.gains > 0 && admin.refused.is_none());
        people::save(&story.backend, &ada, &wish(&[CARA], Act::Replace { old: TESTER, new: INVITERS }))
            .await
            .unwrap();
        assert_eq!(story.roles_of(CARA), ["Inviters"]);

        let window = Window { from: None, until: Some(9_000) };
        let temporary = Act::Give { role: TESTER, object: ObjectId::ORGANIZATION, window, with_half: false };
        people::save(&story.backend, &story.caller(ADA), &wish(&[CARA], temporary)).await.unwrap();
        people::save(&story.backend, &story.caller(ADA), &wish(&[CARA], Act::Take { role: TESTER }))
            .await
            .unwrap_err();
        assert_eq!(story.roles_of(CARA), ["Inviters", "Tester"]);
        // Nothing is replaced any more: there are two.
        let choices = people::choices(&story.backend, &story.caller(ADA), asked).await.unwrap();
        assert_eq!(choices.replaces, None);
    })
    .await;
}

#[tokio::test]
async fn a_role_under_limits_is_never_taken_for_the_plain_one() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let limited = Grant {
            id: GrantId::from_bits(900),
            subject: Subject::User(ANNA),
            role: TESTER,
            object: ObjectId::ORGANIZATION,
            window: Window::ALWAYS,
            limits: Limits::new(vec![Comparison::own_items()]),
        };
        let held = story.backend.state().grants_of(Subject::User(ANNA)).collect::<Vec<_>>();
        let mut changes: Vec<Change> = held.into_iter().map(|grant| Change::GrantRemoved { grant }).collect();
        changes.push(Change::GrantAdded { grant: limited });
        story.backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();

        let ada = story.caller(ADA);
        let page = people::page(&story.backend, &ada, ANNA).await.unwrap();
        let shown: Vec<_> = page.roles.iter().map(|held| (held.limits.clone(), held.is_plain())).collect();
        assert_eq!(shown, [(vec!["own items only".to_owned()], false)]);
        assert!(
            page.access
                .iter()
                .flat_map(|area| &area.rows)
                .flat_map(|row| &row.paths)
                .all(|path| { path.limits == ["own items only"] })
        );
        // It is not what picking another role replaces, nor what taking the role takes.
        let asked = ChoicesFor { subject: Subject::User(ANNA), object: ObjectId::ORGANIZATION };
        let choices = people::choices(&story.backend, &ada, asked).await.unwrap();
        assert_eq!(choices.replaces, None);
        let tester = choices.options.iter().find(|option| option.role == TESTER).unwrap();
        assert_eq!(tester.held, None);
        let nothing = people::save(&story.backend, &ada, &wish(&[ANNA], Act::Take { role: TESTER })).await;
        assert!(matches!(nothing, Err(Error::NothingToDo)), "{nothing:?}");
        // The plain one comes beside it, and is taken alone.
        people::save(&story.backend, &ada, &wish(&[ANNA], give(TESTER))).await.unwrap();
        assert_eq!(story.roles_of(ANNA), ["Tester", "Tester"]);
        let replaced = Act::Replace { old: TESTER, new: INVITERS };
        people::save(&story.backend, &story.caller(ADA), &wish(&[ANNA], replaced)).await.unwrap();
        assert_eq!(story.roles_of(ANNA), ["Inviters", "Tester"]);
        let page = people::page(&story.backend, &story.caller(ADA), ANNA).await.unwrap();
        assert_eq!(page.roles.iter().filter(|held| !held.is_plain()).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn roles_that_are_not_ones_own_are_offered_with_the_reason_against() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let ben = story.caller(BEN);
        let asked = ChoicesFor { subject: Subject::User(CARA), object: ObjectId::ORGANIZATION };
        let choices = people::choices(&story.backend, &ben, asked).await.unwrap();
        for option in choices.options {
            assert!(option.refused.is_some_and(|reason| reason.contains("Give and take roles")));
        }
        let error =
            people::save(&story.backend, &ben, &wish(&[CARA], give(RoleId::ADMIN))).await.unwrap_err();
        assert!(error.to_string().contains("Give and take roles"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn many_are_changed_as_one_revision_and_can_be_taken_back_at_once() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let ada = story.caller(ADA);
        let before = ada.state.revision();
        let all = wish(&[BEN, CARA, ANNA], give(TESTER));
        let plan = people::preview(&story.backend, &ada, &all).await.unwrap();
        assert_eq!((plan.people, plan.already, plan.refused.len()), (2, 1, 0));
        let saved = people::save(&story.backend, &ada, &all).await.unwrap();
        assert_eq!(saved.revision, before + 1);
        assert!(saved.undoable);
        // Nobody else takes it back this way.
        assert!(people::take_back(&story.backend, &story.caller(BEN), saved.revision).await.is_err());
        people::take_back(&story.backend, &story.caller(ADA), saved.revision).await.unwrap();
        assert_eq!(story.roles_of(BEN), ["Managers"]);
        assert_eq!(story.roles_of(CARA), ["Tester"]);
    })
    .await;
}

#[tokio::test]
async fn deactivating_ends_all_sessions_at_once() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let session = story.sign_in(CARA).await;
        let sessions = story.backend.sessions().unwrap();
        assert!(sessions.validate(&session).await.unwrap().is_some());
        people::save(&story.backend, &story.caller(ADA), &wish(&[CARA], Act::Deactivate)).await.unwrap();
        assert!(sessions.validate(&session).await.unwrap().is_none());
        people::save(&story.backend, &story.caller(ADA), &wish(&[CARA], Act::Reactivate)).await.unwrap();
        assert_eq!(story.backend.state().person(CARA).unwrap().status, Status::Active);
    })
    .await;
}

#[tokio::test]
async fn removing_erases_everything_but_the_id_and_the_word() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let session = story.sign_in(CARA).await;
        people::reset_link(&story.backend, &story.caller(ADA), CARA).await.unwrap();
        let removal = people::preview_removal(&story.backend, &story.caller(ADA), CARA).await.unwrap();
        assert_eq!(removal.roles, ["Tester"]);
        people::remove(&story.backend, &story.caller(ADA), CARA, "Somebody from sales").await.unwrap();
        assert!(story.backend.sessions().unwrap().validate(&session).await.unwrap().is_none());
        for table in ["profiles", "passwords", "sessions", "one_time_links", "sign_in_events"] {
            assert_eq!(story.rows_of(table, CARA).await, 0, "{table}");
        }
        let state = story.backend.state();
        assert!(state.person(CARA).is_none());
        assert_eq!(state.former(CARA), Some("Somebody from sales"));
    })
    .await;
}

#[tokio::test]
async fn the_list_searches_filters_and_pages() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let list = async |query: PeopleQuery| {
            let screen = people::list(&story.backend, &story.caller(ADA), &query).await.unwrap();
            screen.people.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        let all = PeopleQuery::default();
        assert_eq!(list(all.clone()).await, ["Ada Holm", "Anna Lind", "Ben Ode", "Cara Voss"]);
        assert_eq!(list(PeopleQuery { search: "ＡNNA@".to_owned(), ..all.clone() }).await, ["Anna Lind"]);
        assert_eq!(list(PeopleQuery { role: Some(MANAGERS), ..all.clone() }).await, ["Ben Ode"]);
        assert_eq!(list(PeopleQuery { page: 99, ..all.clone() }).await.len(), 4);
        people::save(&story.backend, &story.caller(ADA), &wish(&[CARA], Act::Deactivate)).await.unwrap();
        let inactive = PeopleQuery { standing: Standing::Inactive, ..all.clone() };
        assert_eq!(list(inactive).await, ["Cara Voss"]);
        let nobody = PeopleQuery { group: Some(GroupId::from_bits(77)), ..all };
        assert!(list(nobody).await.is_empty());
        assert!(people::list(&story.backend, &story.caller(ANNA), &PeopleQuery::default()).await.is_err());
    })
    .await;
}
