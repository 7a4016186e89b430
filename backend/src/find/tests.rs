//! Each reader finds what they may see, and nothing else.

use super::find;
use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::SignedIn;
use crate::overview::tests::{ALICE, BOB, allow_members, set_up};
use crate::test_database::for_each_database;
use model::change::Change;
use model::guard::Actor;
use model::id::{GroupId, UserId};
use model::person::Group;
use model::view::find::Kind;

fn found(backend: &Backend, user: UserId, words: &str) -> Vec<(Kind, String)> {
    let caller = backend.caller(SignedIn { user, session: String::new() }).unwrap();
    find(&caller, words).into_iter().map(|hit| (hit.kind, hit.name)).collect()
}

#[tokio::test]
async fn the_finder_finds_only_what_its_reader_may_see() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let (id, name) = (GroupId::from_bits(50), "History club".to_owned());
        let group = Group { id, name: name.clone(), description: String::new() };
        let change = Change::GroupCreated { group };
        backend.commit(Proposal::new(Actor::CommandLine, vec![change])).await.unwrap();

        let club = (Kind::Group, name);
        let permission = (Kind::Permission, "See history".to_owned());
        assert_eq!(found(&backend, ALICE, "HISTORY"), [club.clone(), permission]);
        assert_eq!(found(&backend, ALICE, "memb"), [(Kind::Role, "Member".to_owned())]);
        assert!(found(&backend, ALICE, "  ").is_empty());
        assert!(found(&backend, BOB, "history").is_empty());
        allow_members(&backend, &["people.view"]).await;
        assert_eq!(found(&backend, BOB, "history"), [club]);
    })
    .await;
}
