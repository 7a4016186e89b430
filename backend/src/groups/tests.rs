//! Lists of groups and of who is in them.

use super::{list, page};
use crate::Backend;
use crate::test_database::for_each_database;
use crate::test_organization::{caller, founded};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::person::{Group, Status};
use model::view::groups::{GroupQuery, GroupsQuery};

const ALICE: UserId = UserId::from_bits(100);
const PEOPLE: [(UserId, &str); 3] =
    [(ALICE, "Alice"), (UserId::from_bits(101), "bob"), (UserId::from_bits(102), "Cara")];
const TEAM: GroupId = GroupId::from_bits(10);

/// The names on a page of the list of groups.
async fn listed(backend: &Backend, page: u32) -> Vec<String> {
    let query = GroupsQuery { search: String::new(), page };
    let groups = list(backend, &caller(backend, ALICE), &query).await.unwrap().groups;
    groups.rows.into_iter().map(|group| group.name).collect()
}

#[tokio::test]
async fn groups_and_members_stand_by_name_whatever_the_case_and_numbers_by_value() {
    for_each_database(async |database| {
        let mut changes = PEOPLE.map(|(user, _)| Change::UserAdded { user, status: Status::Active }).to_vec();
        let named =
            [(10, "Team 10"), (11, "team 2"), (12, "Back office")].map(|(id, name)| (id, name.to_owned()));
        let shops = (1..=50).map(|number| (100 + number, format!("Shop {number}")));
        changes.extend(named.into_iter().chain(shops).map(|(id, name)| {
            let id = GroupId::from_bits(id);
            Change::GroupCreated { group: Group { id, name, description: String::new() } }
        }));
        changes.extend(PEOPLE.map(|(user, _)| Change::MemberAdded { group: TEAM, user }));
        let (id, subject, object) = (GrantId::from_bits(1), Subject::User(ALICE), ObjectId::ORGANIZATION);
        let (role, window, limits) = (RoleId::ADMIN, Window::ALWAYS, Limits::NONE);
        changes.push(Change::GrantAdded { grant: Grant { id, subject, role, object, window, limits } });
        let backend = founded(&database, changes, &PEOPLE, ALICE).await;

        assert_eq!(listed(&backend, 1).await[..4], ["Back office", "Shop 1", "Shop 2", "Shop 3"]);
        assert_eq!(listed(&backend, 2).await, ["Shop 50", "team 2", "Team 10"]);

        let query = GroupQuery { group: TEAM, search: String::new(), page: 1 };
        let members = page(&backend, &caller(&backend, ALICE), &query).await.unwrap().members;
        let names: Vec<String> = members.rows.into_iter().map(|member| member.name).collect();
        assert_eq!(names, ["Alice", "bob", "Cara"]);
    })
    .await;
}
