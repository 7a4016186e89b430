//! Names of places that are not to be seen: where roles are given, and in what a change would do.

use super::*;
use model::object::Level;
use model::role::{Owner, Role};
use model::view::people::{PeopleQuery, Standing};

const READER: RoleId = RoleId::from_bits(901);
const FOLLOWER: RoleId = RoleId::from_bits(902);

fn role_of(id: RoleId, level: Level, permissions: &[&str]) -> Change {
    let role = Role {
        id,
        name: format!("Role {id}"),
        description: String::new(),
        level,
        owner: Owner::Organization,
        origin: None,
        permissions: permissions.iter().map(|&key| key.to_owned()).collect(),
        delegates: vec![],
    };
    Change::RoleCreated { role }
}

fn given(id: u64, user: UserId, role: RoleId, object: ObjectId) -> Change {
    let (id, subject, window) = (GrantId::from_bits(id), Subject::User(user), Window::ALWAYS);
    Change::GrantAdded { grant: Grant { id, subject, role, object, window, limits: Limits::NONE } }
}

#[tokio::test]
async fn the_places_on_which_roles_are_given_are_only_those_that_their_reader_may_see() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        add(
            &backend,
            vec![
                role_of(READER, Level::Organization, &["people.view"]),
                given(30, CARA, READER, ObjectId::ORGANIZATION),
            ],
        )
        .await;
        let names = |user| {
            let places = people::places(&caller(&backend, user));
            places.into_iter().map(|place| place.name).collect::<Vec<_>>()
        };
        assert!(names(ALICE).contains(&"North / HR / New staff".to_owned()));
        let caras = names(CARA);
        assert!(caras.contains(&"North / Finance".to_owned()), "{caras:?}");
        assert!(caras.iter().all(|name| !name.contains("HR") && !name.contains("hr-")), "{caras:?}");
        // Nor do the roles that others have there name them.
        let bobs_place = async |user| {
            let query = PeopleQuery {
                search: "bob".to_owned(),
                role: None,
                group: None,
                standing: Standing::All,
                page: 1,
            };
            let shown = people::list(&backend, &caller(&backend, user), &query).await.unwrap();
            shown.people.rows[0].roles[0].place.clone()
        };
        assert_eq!(bobs_place(CARA).await.as_deref(), Some("a place that you may not see"));
        assert_eq!(bobs_place(ALICE).await.as_deref(), Some("North / HR"));
    })
    .await;
}

#[tokio::test]
async fn the_effect_of_a_change_names_no_place_that_its_reader_may_not_see() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        // Dan manages roles and follows jobs everywhere, and sees no folder.
        let all = ["people.view", "roles.view", "roles.manage", "access.manage", "jobs.view"];
        add(
            &backend,
            vec![
                role_of(READER, Level::Organization, &all),
                role_of(FOLLOWER, Level::Folder, &["jobs.view"]),
                given(31, DAN, READER, ObjectId::ORGANIZATION),
                given(32, BOB, FOLLOWER, STAFF),
                given(33, CARA, FOLLOWER, HR),
            ],
        )
        .await;
        assert!(is_not_there(one(&backend, &caller(&backend, DAN), HR).await));
        let less = [Change::PermissionRemoved { role: FOLLOWER, permission: "jobs.view".to_owned() }];
        let places = async |user| {
            let effect =
                crate::preview::effect(&backend, &caller(&backend, user), &less, None).await.unwrap();
            effect.loses.into_iter().filter_map(|line| line.place).collect::<Vec<_>>()
        };
        assert_eq!(places(ALICE).await, ["HR"]);
        assert_eq!(places(DAN).await, ["a place that you may not see"]);
    })
    .await;
}
