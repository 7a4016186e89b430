//! Measures the long questions in the large world of the budgets: explanations, refusals with their fixes,
//! who can, previews, and one commit without the database; and how each grows from 1 % of the world to all of
//! it.
//!
//! `cargo bench -p model --bench questions` prints a table; with `ROLECALL_BENCH_ROWS` set it appends its rows to
//! that file, one JSON object a line.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement that cannot be set up should stop"
)]

mod measure;
#[allow(dead_code, reason = "each measurement takes of the world what it needs")]
mod world;

use measure::{Rows, times};
use model::change::{self, Change};
use model::decide::{self, Context, Question};
use model::explain;
use model::grant::{Grant, Subject, Window};
use model::guard::{self, Actor};
use model::id::{GrantId, RoleId, UserId};
use model::limit::Limits;
use model::lists;
use model::preview;
use model::state::State;
use model::words;
use std::hint::black_box;
use std::time::Instant;
use world::World;

const QUESTIONS: usize = 20_000;

fn main() {
    let mut rows = Rows::default();
    for percent in [1, 10, 100] {
        let world = World::new(percent);
        let part = format!("{percent} % of the world");
        let whole = percent == 100;
        let all = world.questions(QUESTIONS).into_iter().map(|q| Question {
            who: q.user.into(),
            permission: q.permission,
            object: q.object,
            at: 0,
            context: Context::default(),
        });
        let (allowed, refused): (Vec<Question>, Vec<Question>) =
            all.partition(|q| decide::verdict(&world.state, q).is_allowed());

        let (decision, _) = times(&allowed, |q| decide::verdict(&world.state, q).is_allowed());
        rows.add(format!("verdict of an allowed question, median, {part}"), decision, "µs", None);
        let (median, _) = times(&allowed, |q| explain::why(&world.state, q).len());
        rows.add(format!("explanation, median, {part}"), median, "µs", None);
        rows.add(
            format!("explanation, decisions' worth, {part}"),
            median / decision,
            "×",
            whole.then_some(5.0),
        );

        let some: Vec<Question> = refused.into_iter().take(2_000).collect();
        let (median, p99) = times(&some, |q| {
            let mut bits = 0;
            let reasons = explain::why_not(&world.state, q).reasons.len();
            let fixes = explain::fixes(&world.state, q, 3, || {
                bits += 1;
                bits
            });
            reasons + fixes.len()
        });
        rows.add(format!("refusal with ranked fixes, median, {part}"), median / 1e3, "ms", None);
        rows.add(format!("refusal with ranked fixes, p99, {part}"), p99 / 1e3, "ms", whole.then_some(5.0));

        let (median, p99) = times(&some, |q| {
            lists::who_can(&world.state, q.permission, q.object, 0, &Context::open()).people.len()
        });
        rows.add(format!("who can, median, {part}"), median / 1e3, "ms", None);
        rows.add(format!("who can, p99, {part}"), p99 / 1e3, "ms", whole.then_some(10.0));

        let (ms, people) = role_change(&world);
        rows.add(
            format!("preview of a role change that touches {people} people"),
            ms,
            "ms",
            whole.then_some(500.0),
        );
        rows.add(
            format!("one commit without the database, {part}"),
            commit(&world),
            "ms",
            whole.then_some(2.0),
        );
    }
    rows.report();
}

/// A permission more in a role that half of all people have through groups. How long the preview takes, in
/// ms, and how many people it names.
fn role_change(world: &World) -> (f64, usize) {
    let mut state = world.state.clone();
    let role = world.role_of_half(&mut state);
    state.settle();
    let permission = "applications.status".to_owned();
    let changes = change::expand(&state, &[Change::PermissionAdded { role, permission }]);
    let mut after = state.clone();
    after.apply_all(&changes).unwrap();
    let started = Instant::now();
    let effect = preview::effect(&state, &after, &changes, 0);
    let taken = started.elapsed().as_secs_f64() * 1e3;
    let mut people: Vec<UserId> =
        effect.gains.iter().flat_map(|line| line.people.iter().chain(&line.unchanged).copied()).collect();
    people.sort_unstable();
    people.dedup();
    (taken, people.len())
}

/// One role given to one person by an administrator: expanded, judged, applied and said in words.
fn commit(world: &World) -> f64 {
    let mut state: State = world.state.clone();
    let admin = world.users[0];
    let to_admin = Grant {
        id: GrantId::from_bits(1),
        subject: Subject::User(admin),
        role: RoleId::ADMIN,
        object: model::id::ObjectId::ORGANIZATION,
        window: Window::ALWAYS,
        limits: Limits::NONE,
    };
    state.apply(&Change::GrantAdded { grant: to_admin }).unwrap();
    state.settle();
    let mut samples = Vec::new();
    for n in 0..200_u64 {
        let place = usize::try_from(n).unwrap();
        let grant = Grant {
            id: GrantId::from_bits(2 + n),
            subject: Subject::User(world.users[1 + place]),
            role: world.roles[place % world.roles.len()],
            object: world.objects[place % world.objects.len()],
            window: Window { from: None, until: Some(1_000 + i64::try_from(n).unwrap()) },
            limits: Limits::NONE,
        };
        let started = Instant::now();
        let changes = change::expand(&state, &[Change::GrantAdded { grant }]);
        guard::check(&state, Actor::User(admin), &changes, 0).unwrap();
        let mut after = state.clone();
        after.apply_all(&changes).unwrap();
        for one in &changes {
            black_box(words::line(&state, &after, one));
        }
        black_box(decide::administrators(&after));
        state = after;
        samples.push(started.elapsed().as_secs_f64() * 1e3);
    }
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
