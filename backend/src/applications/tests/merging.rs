//! Merging: who may, one stage up at a time, and what stands against it.

use super::*;
use crate::applications::{add_stage, edit, remove, remove_stage, set_status};
use crate::people::take_back;
use crate::test_database::for_each_database;
use model::view::applications::{
    ApplicationEdit, Details, MergeWish, NewStage, Status as Standing, StatusEdit,
};

#[tokio::test]
async fn an_application_starts_alone_or_with_the_chain_and_sandboxes_are_a_right_of_their_own() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let new = |name: &str, chain| NewApplication { name: name.to_owned(), chain };
        assert!(is_refused(create(&backend, &caller(&backend, BOB), &new("Shop", false)).await));
        give(&backend, 2, BOB, 40, ObjectId::ORGANIZATION).await;
        assert!(is_refused(create(&backend, &caller(&backend, BOB), &new("Shop", true)).await));
        let bare = create(&backend, &caller(&backend, BOB), &new("Bare", false)).await.unwrap();
        assert!(shown(&backend, ALICE, bare.id).await.is_empty());
        give(&backend, 3, CARA, 41, ObjectId::ORGANIZATION).await;
        let alone = create(&backend, &caller(&backend, CARA), &new("Alone", false)).await.unwrap();
        let chain = create(&backend, &caller(&backend, CARA), &new("Shop", true)).await.unwrap();
        let names = async |id| {
            let all = shown(&backend, CARA, id).await;
            all.into_iter().map(|stage| (stage.name.unwrap(), stage.depth)).collect::<Vec<_>>()
        };
        assert_eq!(names(alone.id).await, [("Production".to_owned(), 0)]);
        let wanted = ["Production", "Acceptance", "Testing", "Development"];
        let found: Vec<String> = names(chain.id).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, wanted);
        let taken = create(&backend, &caller(&backend, CARA), &new("shop", true)).await;
        assert!(matches!(taken, Err(Error::Misfit(_))));
    })
    .await;
}

#[tokio::test]
async fn each_hop_needs_its_own_right_on_the_stage_that_it_starts_from() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let [acceptance, testing, development] =
            ["Acceptance", "Testing", "Development"].map(|name| stage(&backend, shop, name));
        // Bob may merge to production, Cara between sandboxes, Dan from Testing alone.
        give(&backend, 2, BOB, 30, shop).await;
        give(&backend, 3, CARA, 31, shop).await;
        give(&backend, 4, DAN, 31, testing).await;
        assert!(is_refused(merge_plan(&backend, &caller(&backend, BOB), development).await));
        assert!(is_not_there(merge_plan(&backend, &caller(&backend, DAN), development).await));
        let plan = merge_plan(&backend, &caller(&backend, CARA), development).await.unwrap();
        assert_eq!(
            (plan.brings.as_slice(), plan.to_production),
            (&["1", "2", "3"].map(str::to_owned)[..], false)
        );
        merges(&backend, CARA, development).await.unwrap();
        merges(&backend, DAN, testing).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await, ["", "3", "3", "3"]);
        assert!(is_refused(merges(&backend, CARA, acceptance).await), "never into production");
        merges(&backend, BOB, acceptance).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await, ["3", "3", "3", "3"]);
        let nothing = against(merges(&backend, BOB, acceptance).await);
        assert!(nothing.contains("there is nothing to merge"), "{nothing}");
    })
    .await;
}

#[tokio::test]
async fn both_ends_are_locked_while_a_merge_runs_and_a_failed_one_moves_nothing() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let [testing, development] = ["Testing", "Development"].map(|name| stage(&backend, shop, name));
        let running = begins(&backend, ALICE, development).await.unwrap();
        for from in [development, testing] {
            let said = against(begins(&backend, ALICE, from).await);
            assert!(said.contains("is locked"), "{said}");
        }
        let set = against(set_version(&backend, "Shop", "Testing", "9").await);
        assert!(set.contains("Testing is locked"), "{set}");
        assert_eq!(versions_of(&backend, shop).await, ["", "", "", "3"], "nothing has moved yet");
        assert!(is_not_there(ends(&backend, CARA, running, true).await));
        give(&backend, 2, CARA, 30, shop).await;
        assert!(is_refused(ends(&backend, CARA, running, true).await), "of another hop");
        ends(&backend, ALICE, running, false).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await, ["", "", "", "3"]);
        let twice = against(ends(&backend, ALICE, running, true).await);
        assert!(twice.contains("ended already"), "{twice}");
        merges(&backend, ALICE, development).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await, ["", "", "3", "3"]);
        let unknown = against(begins(&backend, ALICE, stage(&backend, shop, "Acceptance")).await);
        assert!(unknown.contains("version of Acceptance is not known"), "{unknown}");
    })
    .await;
}

#[tokio::test]
async fn two_merges_at_once_make_one() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let from = stage(&backend, shop, "Development");
        let alice = caller(&backend, ALICE);
        let plan = merge_plan(&backend, &alice, from).await.unwrap();
        let wish = MergeWish {
            from,
            from_version: plan.from_version,
            to_version: plan.to_version,
            description: "Both".to_owned(),
        };
        let (one, other) =
            tokio::join!(begin_merge(&backend, &alice, &wish), begin_merge(&backend, &alice, &wish),);
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let empty = MergeWish { description: "  ".to_owned(), ..wish.clone() };
        let refused = begin_merge(&backend, &alice, &empty).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "description", .. })));
        let running = locked_by(&backend, from).await.unwrap();
        ends(&backend, ALICE, running, true).await.unwrap();
        set_version(&backend, "Shop", "Development", "4").await.unwrap();
        let late = against(begin_merge(&backend, &caller(&backend, ALICE), &wish).await);
        assert!(late.contains("moved on since this plan"), "{late}");
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_the_right_meanwhile_ends_nothing() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        for name in ["Development", "Testing"] {
            merges(&backend, ALICE, stage(&backend, shop, name)).await.unwrap();
        }
        let acceptance = stage(&backend, shop, "Acceptance");
        give(&backend, 2, BOB, 30, shop).await;
        let running = begins(&backend, BOB, acceptance).await.unwrap();
        // Bob still sees the application, and asks with the state of before.
        let before = caller(&backend, BOB);
        give(&backend, 3, BOB, 31, shop).await;
        take(&backend, 2).await;
        let ending = Ending { id: running, is_done: true };
        assert!(is_refused(end(&backend, &before, &ending).await));
        assert!(is_refused(ends(&backend, BOB, running, true).await));
        assert_eq!(versions_of(&backend, shop).await[0], "");
        assert!(locked_by(&backend, acceptance).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_stage_that_is_taken_away_while_it_is_merged_leaves_the_other_free_to_be_unlocked() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let above = Some(stage(&backend, shop, "Testing"));
        let new = NewStage { application: shop, above, name: "Trial".to_owned(), branch: true };
        let trial = add_stage(&backend, &caller(&backend, ALICE), &new).await.unwrap();
        set_version(&backend, "Shop", "Trial", "9").await.unwrap();
        let running = begins(&backend, ALICE, trial.id).await.unwrap();
        // Deleting it is refused while it is locked; taking back that it was added is not.
        take_back(&backend, &caller(&backend, ALICE), trial.saved.revision).await.unwrap();
        let done = against(ends(&backend, ALICE, running, true).await);
        assert!(done.contains("Say that it failed"), "{done}");
        ends(&backend, ALICE, running, false).await.unwrap();
        assert!(locked_by(&backend, stage(&backend, shop, "Testing")).await.is_none());
        assert_eq!(versions_of(&backend, shop).await, ["", "", "", "3"]);
    })
    .await;
}

#[tokio::test]
async fn a_hotfix_is_merged_to_production_from_its_branch_and_the_chain_lacks_it_then() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        for name in ["Development", "Testing", "Acceptance"] {
            merges(&backend, ALICE, stage(&backend, shop, name)).await.unwrap();
        }
        let production = stage(&backend, shop, "Production");
        let new =
            NewStage { application: shop, above: Some(production), name: "Hotfix".to_owned(), branch: true };
        assert!(is_not_there(add_stage(&backend, &caller(&backend, BOB), &new).await));
        give(&backend, 2, BOB, 34, shop).await;
        let hotfix = add_stage(&backend, &caller(&backend, BOB), &new).await.unwrap().id;
        set_version(&backend, "shop", "hotfix", "3-h1").await.unwrap();
        give(&backend, 3, CARA, 30, hotfix).await;
        let seen = one(&backend, &caller(&backend, CARA), shop).await.unwrap();
        let named: Vec<&str> = seen.stages.iter().filter_map(|stage| stage.name.as_deref()).collect();
        assert_eq!(named, ["Production", "Hotfix"], "only the hop that is hers");
        merges(&backend, CARA, hotfix).await.unwrap();
        let stages = shown(&backend, ALICE, shop).await;
        assert_eq!(stages[0].version, "3-h1");
        let acceptance = stages.iter().find(|stage| stage.name.as_deref() == Some("Acceptance")).unwrap();
        assert_eq!((acceptance.ahead, acceptance.behind), (0, 1));
        assert!(acceptance.no_merging.is_some());
    })
    .await;
}

#[tokio::test]
async fn stages_go_from_the_lowest_up_and_come_back_with_their_versions() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let [production, testing, development] =
            ["Production", "Testing", "Development"].map(|name| stage(&backend, shop, name));
        let alice = caller(&backend, ALICE);
        let below = against(remove_stage(&backend, &alice, testing).await);
        assert!(below.contains("Delete what stands below it first: Development."), "{below}");
        assert!(against(remove(&backend, &alice, shop).await).contains("from the lowest up"));
        let running = begins(&backend, ALICE, development).await.unwrap();
        let locked = against(remove_stage(&backend, &caller(&backend, ALICE), development).await);
        assert!(locked.contains("It is locked"), "{locked}");
        ends(&backend, ALICE, running, false).await.unwrap();
        let gone = remove_stage(&backend, &caller(&backend, ALICE), development).await.unwrap();
        assert_eq!(shown(&backend, ALICE, shop).await.len(), 3);
        take_back(&backend, &caller(&backend, ALICE), gone.revision).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await, ["", "", "", "3"]);
        for name in ["Development", "Testing", "Acceptance"] {
            let id = stage(&backend, shop, name);
            remove_stage(&backend, &caller(&backend, ALICE), id).await.unwrap();
        }
        let stays = against(remove_stage(&backend, &caller(&backend, ALICE), production).await);
        assert!(stays.contains("goes only with its application"), "{stays}");
        remove(&backend, &caller(&backend, ALICE), shop).await.unwrap();
        assert!(is_not_there(one(&backend, &caller(&backend, ALICE), shop).await));
    })
    .await;
}

#[tokio::test]
async fn status_is_a_right_of_its_own_and_an_archived_application_moves_nothing() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let wish =
            |was, now, day: &str| StatusEdit { application: shop, was, now, planned_on: day.to_owned() };
        let (development, live, archived) = (Standing::Development, Standing::Live, Standing::Archived);
        give(&backend, 2, BOB, 30, shop).await;
        let refused = set_status(&backend, &caller(&backend, BOB), &wish(development, live, "")).await;
        assert!(is_refused(refused));
        give(&backend, 3, BOB, 35, shop).await;
        let wrong =
            set_status(&backend, &caller(&backend, BOB), &wish(development, development, "soon")).await;
        assert!(matches!(wrong, Err(Error::Invalid { field: "planned", .. })));
        set_status(&backend, &caller(&backend, BOB), &wish(development, development, "2027-03-15"))
            .await
            .unwrap();
        let shown = one(&backend, &caller(&backend, BOB), shop).await.unwrap();
        assert_eq!((shown.planned_on.as_str(), shown.status), ("2027-03-15", development));
        set_status(&backend, &caller(&backend, BOB), &wish(development, live, "")).await.unwrap();
        let late = set_status(&backend, &caller(&backend, BOB), &wish(development, archived, "")).await;
        assert!(matches!(late, Err(Error::Invalid { field: "status", .. })));
        set_status(&backend, &caller(&backend, BOB), &wish(live, archived, "")).await.unwrap();
        let said = against(begins(&backend, ALICE, stage(&backend, shop, "Development")).await);
        assert!(said.contains("archived"), "{said}");
        // Name and description are for who may create applications.
        let now = Details { description: "Sells".to_owned(), owners: vec![format!("person.{BOB}")] };
        let details = Some((Details::default(), now));
        let edited = ApplicationEdit { application: shop, name: None, details, seen: 1 };
        assert!(is_refused(edit(&backend, &caller(&backend, BOB), &edited).await));
        edit(&backend, &caller(&backend, ALICE), &edited).await.unwrap();
        let shown = one(&backend, &caller(&backend, BOB), shop).await.unwrap();
        assert_eq!((shown.description.as_str(), shown.owners[0].name.as_str()), ("Sells", "Bob"));
        let late = edit(&backend, &caller(&backend, ALICE), &edited).await;
        assert!(matches!(late, Err(Error::Invalid { field: "details", .. })));
    })
    .await;
}
