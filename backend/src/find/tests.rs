//! Each reader finds what they may see, and nothing else.

use super::find;
use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::SignedIn;
use crate::overview::tests::{ALICE, BOB, allow_members, set_up};
use crate::test_database::for_each_database;
use model::change::Change;
use model::guard::Actor;
use model::id::{GroupId, ObjectId, UserId};
use model::object::Object;
use model::person::Group;
use model::view::find::Kind;

async fn found(backend: &Backend, user: UserId, words: &str) -> Vec<(Kind, String)> {
    let caller = backend.caller(SignedIn { user, session: String::new() }).unwrap();
    find(&caller, words).await.unwrap().into_iter().map(|hit| (hit.kind, hit.name)).collect()
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
        assert_eq!(found(&backend, ALICE, "HISTORY").await, [club.clone(), permission]);
        assert_eq!(found(&backend, ALICE, "memb").await, [(Kind::Role, "Member".to_owned())]);
        assert!(found(&backend, ALICE, "  ").await.is_empty());
        let (shop, production) = (ObjectId::from_bits(60), ObjectId::from_bits(61));
        let object = |id, kind: &str, name: &str, parent| Change::ObjectCreated {
            object: Object { id, kind: kind.to_owned(), name: name.to_owned(), parent: Some(parent) },
        };
        let made = vec![
            object(shop, "application", "Web shop", ObjectId::ORGANIZATION),
            object(production, "stage", "Production", shop),
        ];
        backend.commit(Proposal::new(Actor::CommandLine, made)).await.unwrap();
        assert!(found(&backend, BOB, "shop").await.is_empty(), "nothing of it is his to see");
        assert!(found(&backend, BOB, "history").await.is_empty());
        allow_members(&backend, &["people.view"]).await;
        assert_eq!(found(&backend, BOB, "history").await, [club]);

        // Places, with what holds them, while their area is on.
        let stage = (Kind::Place, "Web shop / Production".to_owned());
        assert_eq!(found(&backend, ALICE, "shop production").await, [stage]);
        assert_eq!(found(&backend, ALICE, "web shop").await, [(Kind::Place, "Web shop".to_owned())]);
        let caller = backend.caller(SignedIn { user: ALICE, session: String::new() }).unwrap();
        let hits = find(&caller, "shop production").await.unwrap();
        assert_eq!(
            (hits[0].id.clone(), hits[0].note.as_str()),
            (format!("/applications/{shop}?stage={production}"), "stage")
        );
        let off = Change::AreaTurnedOff { area: "applications".to_owned() };
        backend.commit(Proposal::new(Actor::CommandLine, vec![off])).await.unwrap();
        assert!(found(&backend, ALICE, "shop").await.is_empty());
    })
    .await;
}
