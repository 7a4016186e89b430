//! Random questions: half of them anywhere, half of them where a grant might say yes.

use super::{Dice, TIMES, everybody, keys, pick, property, value};
use model::decide::{Context, Question, Unsaid};
use model::grant::{Grant, Subject, Who};
use model::id::ObjectId;
use model::limit::{Property, Test};
use model::state::State;

/// The numbers that one question is made of.
pub type Ask = (Dice, Dice);

/// Numbers for question after question, from one number.
pub fn asks(seed: u64) -> impl Iterator<Item = Ask> {
    let state = std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default();
    (0_u64..).map(move |n| {
        use std::hash::BuildHasher;
        let [a, b, c, d, e, ..] = state.hash_one((seed, n, 0)).to_le_bytes();
        let [f, g, h, i, j, ..] = state.hash_one((seed, n, 1)).to_le_bytes();
        ((a, b, c, d, e), (f, g, h, i, j))
    })
}

/// A question and the key of its permission.
pub fn question(state: &State, ((a, b, c, d, e), says): Ask) -> (Question, String) {
    let keys = keys(state);
    let mut objects: Vec<ObjectId> = state.objects().map(|object| object.id).collect();
    objects.sort();
    let mut grants: Vec<Grant> = state.grants().collect();
    if a % 2 == 0 && state.limited_grants().next().is_some() {
        grants.retain(|grant| !grant.limits.is_none());
    }
    grants.sort_by_key(|grant| grant.id);
    let mut who = pick(&everybody(), b).unwrap();
    let mut key = pick(&keys, c).unwrap();
    let mut object = pick(&objects, d).unwrap();
    let mut context = context(state, says);
    // Where a grant might say yes: somebody whom it is for, what its role gives, beneath where it stands.
    if let Some(grant) = pick(&grants, b).filter(|_| a % 4 > 0) {
        let of = |asks: &Who| state.subjects_of(*asks).any(|subject| subject == grant.subject);
        let whom: Vec<Who> = everybody().into_iter().filter(of).collect();
        who = pick(&whom, c).unwrap_or(who);
        let allows = |key: &String| state.role_allows(grant.role, state.catalog().number(key).unwrap());
        let given: Vec<String> = keys.into_iter().filter(allows).collect();
        key = pick(&given, d).unwrap_or(key);
        objects.retain(|one| state.above(*one).contains(&grant.object));
        object = pick(&objects, e).unwrap_or(object);
        if a % 8 > 4 {
            meet(&grant, e, &mut context);
        }
    }
    let permission = state.catalog().number(&key).unwrap();
    let at = TIMES[usize::from(a / 8) % TIMES.len()];
    (Question { who, permission, object, at, context }, key)
}

/// Says what the limits of a grant want to hear.
fn meet(grant: &Grant, n: u8, context: &mut Context) {
    for one in grant.limits.iter() {
        let value = match (&one.test, grant.subject) {
            (Test::Equals(value), _) => Some(value.clone()),
            (Test::In(values), _) => pick(values, n),
            (Test::IsSubject, Subject::User(user)) => Some(model::limit::Value::Person(user)),
            (Test::IsSubject, _) => None,
        };
        context.says.extend(value.map(|value| (one.property.clone(), value)));
    }
}

/// What surrounds a question.
pub fn context(state: &State, (how, a, b, c, d): Dice) -> Context {
    let unsaid = [Unsaid::Nothing, Unsaid::Open, Unsaid::OpenBeneath][usize::from(how % 3)];
    let mut context = Context { unsaid, ..Context::default() };
    for (n, m) in [(a, b), (c, d), (b, c)].into_iter().take(usize::from(how / 3 % 4)) {
        let known = property(state, n);
        context.says.insert(Property::new(known.of, &known.key), value(state, &known, m));
    }
    context
}
