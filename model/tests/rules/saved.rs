//! No escalation, on random worlds: for every revision that the guard lets an actor save, whoever gains
//! something gains what the actor held there before, or it came by a role that the actor's role delegates,
//! and then to somebody else. What is taken away is judged the same. Who holds what is asked of the plain rule.

use crate::naive::{Tables, is_open};
use crate::random::{
    Dice, POWER, TIMES, change, context, dice, everybody, fitting, keys, power, user, world,
};
use model::catalog::ADMINISTRATION;
use model::change::{self, Change};
use model::decide::{Context, Question, Unsaid, Verdict};
use model::grant::{Grant, Subject, Who};
use model::guard::{self, Actor};
use model::id::{GrantId, ObjectId, RoleId};
use model::limit::Limits;
use model::object::Bearer;
use model::role::{Delegate, Role};
use model::state::State;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use std::cell::Cell;

/// The numbers of what the actor may: permissions, where, when and within which limits, and a role beside it.
type Power = (u64, u64, Dice, u8);

const ACTOR: u8 = 0;

/// The actor gets a role of their own with some of the permissions, perhaps only somewhere or for a time.
fn empowered(shape: &[Dice], (mask, more, how, beside): Power) -> State {
    let mut state = world(shape);
    let all = keys(&state).into_iter().enumerate();
    let picked = all.filter(|(n, _)| (mask | more) & (1 << n) != 0).map(|(_, key)| key).collect();
    state.apply(&power(picked)).unwrap();
    let (own, another) = (POWER, crate::random::role_id(beside));
    for (n, role) in [own, another].into_iter().enumerate() {
        let random = crate::random::grant(&state, (how.0, how.1, how.2, how.3));
        let narrow = (how.4 >> n) % 4 == 0;
        let plain = Grant {
            id: GrantId::from_bits(900 + n as u64),
            subject: Subject::User(user(ACTOR)),
            role,
            object: ObjectId::ORGANIZATION,
            window: model::grant::Window::ALWAYS,
            limits: Limits::NONE,
        };
        let grant =
            if narrow { Grant { id: plain.id, subject: plain.subject, role, ..random } } else { plain };
        let _ = state.apply(&Change::GrantAdded { grant });
    }
    state
}

/// Whether the actor's roles delegate that grant's role, or that permission of it, on an object.
fn delegates(before: &State, tables: &Tables, grant: &Grant, key: &str, object: ObjectId, at: i64) -> bool {
    let actor = Who::from(user(ACTOR));
    let own = |mine: &&Grant| {
        tables.is_for(mine, actor) && is_open(mine, at) && tables.reaches(mine.object, object)
    };
    let of_role = |delegate: &Delegate| match delegate {
        Delegate::Role(role) => *role == grant.role,
        Delegate::Permission(permission) => permission == key,
    };
    let by_role = |mine: &Grant| {
        tables.roles.iter().any(|role| role.id == mine.role && role.delegates.iter().any(of_role))
    };
    let by_permission = |mine: &Grant| {
        let catalog = before.catalog();
        catalog.all_on().iter().any(|permission| {
            let key = &catalog.entry(permission).unwrap().key;
            catalog.delegated_by(permission).any(|role| role == grant.role) && tables.contains(mine.role, key)
        })
    };
    tables.grants.iter().filter(own).any(|mine| by_role(mine) || by_permission(mine))
}

/// Areas arm and disarm what roles hold of them: that is for administrators, and told in `escalation`.
fn turns_an_area(change: &Change) -> bool {
    use Change::{AreaTurnedOn, PackInstalled, PackReplaced};
    matches!(change, AreaTurnedOn { .. } | PackInstalled { .. } | PackReplaced { .. })
}

fn holds_all_administration(state: &State, tables: &Tables, at: i64) -> bool {
    let entries = &state.catalog().pack(ADMINISTRATION).unwrap().pack.permissions;
    entries.iter().all(|entry| tables.may(user(ACTOR), &entry.key, ObjectId::ORGANIZATION, at))
}

/// The grants by which somebody may do something on an object, then or at another time.
fn reaching(tables: &Tables, who: Who, object: ObjectId) -> Vec<&Grant> {
    let for_them = tables.grants.iter().filter(|grant| tables.is_for(grant, who) && tables.is_active(who));
    let mut found: Vec<_> = for_them.filter(|grant| tables.reaches(grant.object, object)).collect();
    found.sort_by_key(|grant| grant.id);
    found
}

/// What decides what somebody may do on an object: when it is the same, so is every answer.
fn standing<'t>(
    tables: &'t Tables,
    grants: &[&'t Grant],
    who: Who,
    object: ObjectId,
) -> impl PartialEq + use<'t> {
    let has = |role: &&Role| grants.iter().any(|grant| grant.role == role.id);
    let roles: Vec<&Role> = tables.roles.iter().filter(has).collect();
    let bearer = match who {
        Who::User(id) => Some(Bearer::User(id)),
        Who::ServiceAccount(id) => Some(Bearer::ServiceAccount(id)),
        Who::Group(_) => None,
    };
    let own = |of: Bearer| of == Bearer::Object(object) || Some(of) == bearer;
    let properties: Vec<_> = tables.properties.iter().filter(|(of, ..)| own(*of)).collect();
    (grants.to_vec(), roles, properties, &tables.permissions)
}

struct Judging<'a> {
    before: &'a State,
    was: &'a Tables,
    /// The same, without the limits that permissions have themselves: of what is limited for everybody alike,
    /// the actor has all that there is to have.
    unlimited: &'a Tables,
    is: &'a Tables,
    contexts: [Context; 2],
    at: i64,
    changes: &'a [Change],
    looked_at: u64,
}

impl Judging<'_> {
    fn holds(tables: &Tables, who: Who, key: &str, object: ObjectId, at: i64, context: &Context) -> Verdict {
        // The number is for Rolecall's own evaluator alone.
        let permission = model::catalog::Catalog::new().number("people.view").unwrap();
        tables.verdict(&Question { who, permission, object, at, context: context.clone() }, key)
    }

    /// The permissions that have a meaning there, as far as they have limits of their own: on other kinds
    /// those limits read properties that nobody asks for.
    fn keys_on(&self, object: ObjectId) -> Vec<String> {
        let kind = self.before.object(object).map(|one| one.kind.clone()).unwrap_or_default();
        let catalog = self.before.catalog();
        let mut keys = keys(self.before);
        keys.retain(|key| {
            let entry = catalog.entry(catalog.number(key).unwrap()).unwrap();
            entry.limits.is_none() || entry.kind == kind || entry.also.contains(&kind)
        });
        keys
    }

    fn on(&mut self, who: Who, object: ObjectId) -> Result<(), TestCaseError> {
        let (was, is, actor) = (self.was, self.is, Who::from(user(ACTOR)));
        let (by, now_by) = (reaching(was, who, object), reaching(is, who, object));
        if standing(was, &by, who, object) == standing(is, &now_by, who, object) {
            return Ok(());
        }
        let given = |key: &String| {
            by.iter().any(|grant| was.contains(grant.role, key))
                || now_by.iter().any(|grant| is.contains(grant.role, key))
        };
        for key in self.keys_on(object).into_iter().filter(given) {
            for then in TIMES.into_iter().filter(|then| *then >= self.at) {
                for context in &self.contexts {
                    let ask = |tables, who| Self::holds(tables, who, &key, object, then, context);
                    let (had, has) = (ask(was, who), ask(is, who));
                    if had == has {
                        continue;
                    }
                    self.looked_at += 1;
                    let side = if has.is_allowed() { is } else { was };
                    let gives = |grant: &&Grant| {
                        side.gives(grant, who, &key, object, then)
                            && delegates(self.before, was, grant, &key, object, self.at)
                    };
                    let by_delegation = who != actor && side.grants.iter().any(|grant| gives(&grant));
                    prop_assert!(
                        ask(self.unlimited, actor).is_allowed() || by_delegation,
                        "{actor:?} {} {key} on {object} for {who:?} at {then} (now {}) {context:?} by {:#?}",
                        if has.is_allowed() { "adds" } else { "takes" },
                        self.at,
                        self.changes,
                    );
                }
            }
        }
        Ok(())
    }

    /// Something that this revision makes gives nobody what they, or the actor, did not have where it hangs.
    fn on_new(&mut self, who: Who, object: ObjectId) -> Result<(), TestCaseError> {
        let beneath = Context { unsaid: Unsaid::OpenBeneath, ..Context::default() };
        let places: Vec<ObjectId> = self.was.objects.iter().map(|one| one.id).collect();
        let holders: Vec<ObjectId> =
            places.into_iter().filter(|place| self.is.reaches(*place, object)).collect();
        let actor = Who::from(user(ACTOR));
        for key in keys(self.before) {
            for then in TIMES.into_iter().filter(|then| *then >= self.at) {
                if !Self::holds(self.is, who, &key, object, then, &Context::default()).is_allowed() {
                    continue;
                }
                self.looked_at += 1;
                let held = |asks: Who| {
                    let mut places = holders.iter();
                    places.any(|place| {
                        Self::holds(self.unlimited, asks, &key, *place, then, &beneath) != Verdict::Denied
                    })
                };
                let gives = |grant: &Grant, place: &ObjectId| {
                    self.is.gives(grant, who, &key, object, then)
                        && delegates(self.before, self.was, grant, &key, *place, self.at)
                };
                let by_delegation = who != actor
                    && self.is.grants.iter().any(|grant| holders.iter().any(|place| gives(grant, place)));
                prop_assert!(
                    held(who) || held(actor) || by_delegation,
                    "{actor:?} makes {object}, where {who:?} gets {key} at {then} (now {}) by {:#?}",
                    self.at,
                    self.changes
                );
            }
        }
        Ok(())
    }
}

/// Checks one revision; says how many gains and losses were looked at, or `None` when it was refused.
fn judged(before: &State, changes: &[Change], at: i64, says: Dice) -> Result<Option<u64>, TestCaseError> {
    let changes = change::expand(before, changes);
    let mut after = before.clone();
    let actor = user(ACTOR);
    if guard::check(before, Actor::User(actor), &changes, at).is_err() || after.apply_all(&changes).is_err() {
        return Ok(None);
    }
    let was = Tables::of(before);
    if matches!(changes.as_slice(), [Change::UserJoined { user }] if *user == actor) {
        return Ok(Some(0));
    }
    prop_assert!(was.is_active(actor.into()), "who is not active saves nothing");
    if changes.iter().any(turns_an_area) {
        prop_assert!(holds_all_administration(before, &was, at));
        return Ok(Some(0));
    }
    let mut unlimited = Tables::of(before);
    unlimited.permissions.iter_mut().for_each(|(_, limits)| *limits = Limits::NONE);
    let is = Tables::of(&after);
    let said = Context { unsaid: Unsaid::Nothing, ..context(before, says) };
    let contexts = [Context::default(), said];
    let (was, unlimited, is) = (&was, &unlimited, &is);
    let mut judging = Judging { before, was, unlimited, is, contexts, at, changes: &changes, looked_at: 0 };
    for object in &is.objects {
        for who in everybody() {
            match before.object(object.id) {
                Some(_) => judging.on(who, object.id)?,
                None => judging.on_new(who, object.id)?,
            }
        }
    }
    Ok(Some(judging.looked_at))
}

fn cases(cases: u32) -> TestRunner {
    let cases = if cfg!(debug_assertions) { cases / 8 } else { cases };
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    })
}

fn numbers() -> impl Strategy<Value = (Vec<Dice>, Power, Vec<Dice>, usize, Dice)> {
    (dice(40), any::<Power>(), prop::collection::vec(any::<Dice>(), 1..5), 0..4_usize, any::<Dice>())
}

#[test]
fn nobody_ends_with_more_than_the_actor_had_but_by_delegation() {
    let (all, accepted, looked_at) = (Cell::new(0_u64), Cell::new(0_u64), Cell::new(0_u64));
    cases(4_000)
        .run(&numbers(), |(shape, power, next, at, says)| {
            let before = empowered(&shape, power);
            let changes = fitting(&before, &next);
            all.set(all.get() + 1);
            if let (Some(found), false) = (judged(&before, &changes, TIMES[at], says)?, changes.is_empty()) {
                accepted.set(accepted.get() + 1);
                looked_at.set(looked_at.get() + found);
            }
            Ok(())
        })
        .unwrap();
    println!("{} of {} revisions saved, {} gains and losses", accepted.get(), all.get(), looked_at.get());
    // The test says nothing where all is refused.
    assert!(accepted.get() * 10 > all.get(), "{} accepted", accepted.get());
    assert!(looked_at.get() > accepted.get(), "{} gains and losses", looked_at.get());
}

#[test]
fn nor_by_an_undo() {
    cases(1_200)
        .run(&numbers(), |(shape, power, next, at, says)| {
            let mut state = empowered(&shape, power);
            let changes = fitting(&state, &next);
            state.apply_all(&changes).unwrap();
            if let Some(undo) = change::inverse(&changes) {
                judged(&state, &undo, TIMES[at], says)?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn raw_changes_are_judged_as_well_as_expanded_ones() {
    // Whoever calls the guard without expanding first gets no further.
    cases(1_200)
        .run(&numbers(), |(shape, power, next, at, _)| {
            let before = empowered(&shape, power);
            let raw = [change(&before, next[0])];
            let at = TIMES[at];
            let passes = |changes: &[Change]| {
                guard::check(&before, Actor::User(user(ACTOR)), changes, at).is_ok()
                    && before.clone().apply_all(changes).is_ok()
            };
            prop_assert!(!passes(&raw) || passes(&change::expand(&before, &raw)), "{:?}", raw);
            Ok(())
        })
        .unwrap();
}

#[test]
fn built_in_roles_stay_whatever_is_saved() {
    cases(1_200)
        .run(&(dice(60), dice(20)), |(shape, next)| {
            let before = world(&shape);
            let mut after = before.clone();
            after.apply_all(&fitting(&before, &next)).unwrap();
            for role in before.roles().into_iter().filter(|role| role.id.is_built_in()) {
                let kept = after.role(role.id).map(|role| after.record(role));
                let mut record = before.record(role);
                if role.id == RoleId::MEMBER {
                    record.permissions = kept.as_ref().unwrap().permissions.clone();
                }
                prop_assert_eq!(kept, Some(record));
            }
            Ok(())
        })
        .unwrap();
}
