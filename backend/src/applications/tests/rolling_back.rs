//! Rolling back: one merge, not twice in a row, and further by a right of its own.

use super::*;
use crate::applications::{begin_rollback, rollback_plan};
use crate::test_database::for_each_database;
use model::view::applications::{RollbackPlan, RollbackWish};

async fn plan(backend: &Backend, user: UserId, stage: ObjectId) -> Result<RollbackPlan> {
    rollback_plan(backend, &caller(backend, user), stage).await
}

/// Takes back the merge of that number, the last one being the first, and says that it is done.
async fn rolls_back(backend: &Backend, user: UserId, stage: ObjectId, number: usize) -> Result<()> {
    // Whoever may not see the plan may still ask.
    let plan = plan(backend, ALICE, stage).await?;
    let wish = RollbackWish {
        stage,
        version: plan.version,
        merge: plan.steps[number].merge,
        description: "It broke".to_owned(),
    };
    begin_rollback(backend, &caller(backend, user), &wish).await?;
    let id = locked_by(backend, stage).await.unwrap();
    ends(backend, user, id, true).await.map(drop)
}

/// *Shop* with three merges into Testing: 3, 4 and 5.
async fn merged(backend: &Backend) -> (ObjectId, ObjectId) {
    let shop = shop(backend).await;
    let (development, testing) = (stage(backend, shop, "Development"), stage(backend, shop, "Testing"));
    merges(backend, ALICE, development).await.unwrap();
    for version in ["4", "5"] {
        set_version(backend, "Shop", "Development", version).await.unwrap();
        merges(backend, ALICE, development).await.unwrap();
    }
    (shop, testing)
}

#[tokio::test]
async fn a_rollback_goes_back_exactly_one_merge_and_says_what_it_takes_away() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let (shop, testing) = merged(&backend).await;
        give(&backend, 2, BOB, 31, shop).await;
        assert!(is_refused(plan(&backend, BOB, testing).await));
        give(&backend, 3, BOB, 32, testing).await;
        let shown = plan(&backend, BOB, testing).await.unwrap();
        let takes: Vec<(String, String)> =
            shown.steps.iter().map(|step| (step.version.clone(), step.takes.join(" "))).collect();
        let wanted = [("4", "5"), ("3", "4 5"), ("", "1 2 3 4 5")];
        assert_eq!(takes, wanted.map(|(version, takes)| (version.to_owned(), takes.to_owned())));
        let barred: Vec<bool> = shown.steps.iter().map(|step| step.barred.is_some()).collect();
        assert_eq!(barred, [false, true, true]);
        assert!(is_refused(rolls_back(&backend, BOB, testing, 1).await), "further than one merge");
        rolls_back(&backend, BOB, testing, 0).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await, ["", "", "4", "5"]);
        assert_eq!(ahead(&backend, shop).await, 1, "5 is ahead of Testing again");
    })
    .await;
}

/// How far Development is ahead of Testing.
async fn ahead(backend: &Backend, shop: ObjectId) -> u64 {
    shown(backend, ALICE, shop).await.last().unwrap().ahead
}

#[tokio::test]
async fn not_twice_in_a_row_and_a_rollback_is_not_rolled_back() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let (shop, testing) = merged(&backend).await;
        give(&backend, 2, BOB, 32, shop).await;
        rolls_back(&backend, BOB, testing, 0).await.unwrap();
        let again = against(rolls_back(&backend, BOB, testing, 0).await);
        assert!(again.contains("not taken back one after the other"), "{again}");
        assert_eq!(versions_of(&backend, shop).await[2], "4", "nothing half done");
        assert!(locked_by(&backend, testing).await.is_none());
        // The rollback itself is no merge.
        let mut connection = backend.database().pool().acquire().await.unwrap();
        let last = super::super::moves::of_stage(&mut connection, testing).await.unwrap().remove(0);
        drop(connection);
        let wish = RollbackWish {
            stage: testing,
            version: "4".to_owned(),
            merge: last.id,
            description: "Undo the undo".to_owned(),
        };
        let said = against(begin_rollback(&backend, &caller(&backend, ALICE), &wish).await);
        assert!(said.contains("Only a merge that is done"), "{said}");
        // After another merge, that one may go back.
        merges(&backend, ALICE, stage(&backend, shop, "Development")).await.unwrap();
        rolls_back(&backend, BOB, testing, 0).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await[2], "4");
    })
    .await;
}

#[tokio::test]
async fn rolling_back_further_is_a_right_of_its_own() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let (shop, testing) = merged(&backend).await;
        give(&backend, 2, BOB, 33, shop).await;
        rolls_back(&backend, BOB, testing, 0).await.unwrap();
        rolls_back(&backend, BOB, testing, 0).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await[2], "3", "and again");
        rolls_back(&backend, BOB, testing, 0).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await[2], "");
        let nothing = against(plan(&backend, BOB, testing).await);
        assert!(nothing.contains("Nothing was merged into Testing"), "{nothing}");
        merges(&backend, ALICE, stage(&backend, shop, "Development")).await.unwrap();
        set_version(&backend, "Shop", "Development", "6").await.unwrap();
        merges(&backend, ALICE, stage(&backend, shop, "Development")).await.unwrap();
        rolls_back(&backend, BOB, testing, 1).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await[2], "", "two at once");
    })
    .await;
}

#[tokio::test]
async fn the_stage_is_locked_while_a_rollback_runs_and_a_failed_one_moves_nothing() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let (shop, testing) = merged(&backend).await;
        let shown = plan(&backend, ALICE, testing).await.unwrap();
        let wish = RollbackWish {
            stage: testing,
            version: shown.version,
            merge: shown.steps[0].merge,
            description: "It broke".to_owned(),
        };
        begin_rollback(&backend, &caller(&backend, ALICE), &wish).await.unwrap();
        let locked = against(begin_rollback(&backend, &caller(&backend, ALICE), &wish).await);
        assert!(locked.contains("Testing is locked"), "{locked}");
        assert!(against(begins(&backend, ALICE, testing).await).contains("is locked"));
        let running = locked_by(&backend, testing).await.unwrap();
        give(&backend, 2, BOB, 31, shop).await;
        assert!(is_refused(ends(&backend, BOB, running, true).await));
        ends(&backend, ALICE, running, false).await.unwrap();
        assert_eq!(versions_of(&backend, shop).await[2], "5");
        let stale = RollbackWish { version: "4".to_owned(), ..wish.clone() };
        let said = against(begin_rollback(&backend, &caller(&backend, ALICE), &stale).await);
        assert!(said.contains("moved on"), "{said}");
    })
    .await;
}
