//! No sequence of requests moves production without the right in force at that moment.
//!
//! The rule that the sequences are judged by is written down here again, in its plainest form, and asks the state
//! alone: whose request moved production must hold, when it is made, *Merge changes to production application* on the
//! stage that the merge started from, or *Rollback* on production itself.

use super::*;
use crate::applications::moves::{self, Move};
use crate::applications::{add_stage, begin_rollback, remove_stage, rollback_plan, set_status, versions};
use crate::test_database::for_each_database;
use model::decide;
use model::view::applications::{MoveKind, NewStage, RollbackWish, Status as Standing, StatusEdit};

/// Numbers that look drawn by chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(all[self.throw(all.len())]) }
    }
}

/// All that is known of production: its version and what it holds.
async fn production(backend: &Backend, root: ObjectId) -> (String, Vec<String>) {
    let mut connection = backend.database().pool().acquire().await.unwrap();
    let noted = versions::of(&mut connection, root).await.unwrap().unwrap_or_default();
    let held = versions::held(&mut connection, &[root]).await.unwrap().remove(&root).unwrap_or_default();
    (noted.version, held)
}

async fn every_move(backend: &Backend, stages: &[ObjectId]) -> Vec<Move> {
    let mut connection = backend.database().pool().acquire().await.unwrap();
    let mut all = Vec::new();
    for stage in stages {
        all.extend(moves::of_stage(&mut connection, *stage).await.unwrap());
    }
    all
}

/// Whether somebody may, now, what the move does.
fn may(backend: &Backend, user: UserId, one: &Move) -> bool {
    let state = backend.state();
    match (&one.from, one.kind) {
        (Some((from, _)), _) => decide::allows(&state, user, "merge.production", *from, 1_000),
        (None, MoveKind::Rollback) => decide::allows(&state, user, "rollback", one.stage.0, 1_000),
        (None, _) => false,
    }
}

/// One request of somebody, by chance. What ends a move is said by its id.
async fn request(backend: &Backend, dice: &mut Dice, shop: ObjectId, user: UserId) -> Option<MoveId> {
    let state = backend.state();
    let stages: Vec<ObjectId> = tree::stages(&state, shop).into_iter().map(|(id, _)| id).collect();
    let stage = dice.pick(&stages)?;
    let running: Vec<MoveId> = every_move(backend, &stages)
        .await
        .into_iter()
        .filter(|one| one.ended_at.is_none())
        .map(|one| one.id)
        .collect();
    match dice.throw(11) {
        0..=2 => drop(begins(backend, user, stage).await),
        3..=6 => {
            let id = dice.pick(&running)?;
            let is_done = dice.throw(4) > 0;
            let _ = ends(backend, user, id, is_done).await;
            return Some(id);
        }
        7 => {
            // Whatever one may see of the plan, the request can be made up.
            let plan = rollback_plan(backend, &caller(backend, ALICE), stage).await.ok()?;
            let merge = dice.pick(&plan.steps.iter().map(|step| step.merge).collect::<Vec<_>>())?;
            let wish =
                RollbackWish { stage, version: plan.version, merge, description: "By chance".to_owned() };
            let _ = begin_rollback(backend, &caller(backend, user), &wish).await;
        }
        8 => {
            let name = format!("Trial {}", dice.throw(1_000));
            let new = NewStage { application: shop, above: Some(stage), name, branch: true };
            let _ = add_stage(backend, &caller(backend, user), &new).await;
        }
        9 => {
            let is_trial = |id: &ObjectId| state.object(*id).is_some_and(|one| one.name.starts_with("Trial"));
            let trials: Vec<ObjectId> = stages.iter().copied().filter(is_trial).collect();
            let _ = remove_stage(backend, &caller(backend, user), dice.pick(&trials)?).await;
        }
        _ => {
            let all = [Standing::Development, Standing::Live, Standing::Archived];
            let (was, now) = (dice.pick(&all)?, dice.pick(&all[..2])?);
            let wish = StatusEdit { application: shop, was, now, planned_on: String::new() };
            let _ = set_status(backend, &caller(backend, user), &wish).await;
        }
    }
    None
}

#[tokio::test]
async fn no_sequence_of_requests_moves_production_without_the_right_in_force_at_that_moment() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let root = stage(&backend, shop, "Production");
        let mut moved = 0;
        let mut refused = 0;
        for seed in 0..8_u64 {
            let mut dice = Dice(seed * 77 + 5);
            let mut given: Vec<u64> = Vec::new();
            for step in 0..60_u64 {
                let id = 1_000 + seed * 1_000 + step;
                let stages: Vec<ObjectId> =
                    tree::stages(&backend.state(), shop).into_iter().map(|(id, _)| id).collect();
                // Rights come and go, on the application or on one stage.
                match dice.throw(5) {
                    0 | 1 => {
                        let user = dice.pick(&[BOB, CARA, DAN]).unwrap();
                        let number = 30 + u64::try_from(dice.throw(5)).unwrap();
                        let place = if dice.throw(2) == 0 { shop } else { dice.pick(&stages).unwrap() };
                        let changes = vec![grant(id, user, role(number), place)];
                        // What somebody has already is not given again.
                        if backend.commit(Proposal::new(Actor::CommandLine, changes)).await.is_ok() {
                            given.push(id);
                        }
                    }
                    2 if !given.is_empty() => {
                        let gone = given.swap_remove(dice.throw(given.len()));
                        // It may have gone with its stage.
                        if backend.state().grant(GrantId::from_bits(gone)).is_some() {
                            take(&backend, gone).await;
                        }
                    }
                    3 => {
                        let version = format!("{seed}.{step}");
                        let name = dice.pick(&["Development", "Testing", "Acceptance"]).unwrap();
                        let _ = set_version(&backend, "Shop", name, &version).await;
                    }
                    _ => {}
                }
                let user = dice.pick(&[ALICE, BOB, CARA, DAN]).unwrap();
                let before = production(&backend, root).await;
                let moves = every_move(&backend, &stages).await;
                let asked = request(&backend, &mut dice, shop, user).await;
                let after = production(&backend, root).await;
                let ended = asked.and_then(|id| moves.iter().find(|one| one.id == id));
                if before == after {
                    let would = ended.is_some_and(|one| one.stage.0 == root && !may(&backend, user, one));
                    refused += usize::from(would);
                    continue;
                }
                let ended = ended.unwrap_or_else(|| panic!("seed {seed}, step {step}: moved by no ending"));
                assert_eq!(ended.stage.0, root, "seed {seed}, step {step}");
                assert!(may(&backend, user, ended), "seed {seed}, step {step}: {user} may not");
                moved += 1;
            }
        }
        assert!(moved > 0 && refused > 0, "{moved} moved, {refused} refused: the sequences say nothing");
    })
    .await;
}
