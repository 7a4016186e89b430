//! What holds in every state that changes lead to, on random worlds.

use crate::naive::Tables;
use crate::random::{
    Dice, TIMES, asks, context, dice, everybody, keys, limits, pick, place, question, role_id, user, world,
};
use model::change::Change;
use model::decide::{self, Context, Question, Unsaid};
use model::explain::visible_above;
use model::grant::{Grant, Subject, Who, Window};
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::{Limits, Met};
use model::object::How;
use model::person::Status;
use model::role::{Delegate, Owner};
use model::state::State;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn cases(cases: u32) -> ProptestConfig {
    let cases = if cfg!(debug_assertions) { cases / 8 } else { cases };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() }
}

/// Everything beneath an object, walked from the top: what it holds, what is shared into it, passed down to it
/// or contained by a relation.
fn beneath(tables: &Tables, top: ObjectId) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::from([top]);
    loop {
        let before = found.len();
        for object in &tables.objects {
            found.extend(object.parent.filter(|parent| found.contains(parent)).map(|_| object.id));
        }
        for link in &tables.links {
            let holds = match &link.how {
                How::Shared => found.contains(&link.holder),
                How::Related(key) => tables.containing.contains(key) && found.contains(&link.holder),
                How::PassedDown => tables
                    .objects
                    .iter()
                    .any(|folder| found.contains(&folder.id) && tables.nests_in(folder, link.holder)),
            };
            found.extend(holds.then_some(link.object));
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Two newcomers, and a role that one of them gets on a place.
fn newcomers(state: &mut State, role: RoleId, object: ObjectId, window: Window) -> Option<[UserId; 2]> {
    let [with, without] = [700, 701].map(UserId::from_bits);
    for user in [with, without] {
        state.apply(&Change::UserAdded { user, status: Status::Active }).unwrap();
    }
    let (id, subject) = (GrantId::from_bits(700), Subject::User(with));
    let grant = Grant { id, subject, role, object, window, limits: Limits::NONE };
    state.apply(&Change::GrantAdded { grant }).ok().map(|()| [with, without])
}

fn all_answers(state: &State, who: UserId, object: ObjectId, at: i64) -> Vec<bool> {
    let number = |key: String| state.catalog().number(&key).unwrap();
    keys(state).into_iter().map(|key| decide::may(state, who, number(key), object, at)).collect()
}

proptest! {
    #![proptest_config(cases(800))]

    #[test]
    fn a_role_reaches_what_lies_beneath_its_place_and_never_leaks_to_a_sibling(
        shape in dice(50), role in any::<u8>(), on in any::<u8>()
    ) {
        let mut state = world(&shape);
        let Some([with, without]) = newcomers(&mut state, role_id(role), place(on), Window::ALWAYS) else {
            return Ok(());
        };
        let reached = beneath(&Tables::of(&state), place(on));
        let gives = all_answers(&state, with, place(on), 0);
        for object in state.objects() {
            let (has, plain) = (all_answers(&state, with, object.id, 0), all_answers(&state, without, object.id, 0));
            if reached.contains(&object.id) {
                let limited = |n: usize| {
                    let key = &keys(&state)[n];
                    !state.catalog().entry(state.catalog().number(key).unwrap()).unwrap().limits.is_none()
                };
                prop_assert!((0..has.len()).all(|n| has[n] || !gives[n] || limited(n)));
            } else {
                prop_assert_eq!(has, plain, "{:?} is not beneath {:?}", object, place(on));
            }
        }
    }

    #[test]
    fn an_expired_grant_is_no_grant_and_one_to_come_is_none_yet(shape in dice(60), seed in any::<u64>()) {
        let state = world(&shape);
        for at in TIMES {
            let mut without = state.clone();
            for grant in state.grants().filter(|grant| !grant.window.holds(at)) {
                without.apply(&Change::GrantRemoved { grant }).unwrap();
            }
            for (asked, _) in asks(seed).take(60).map(|ask| question(&state, ask)) {
                let asked = Question { at, ..asked };
                prop_assert_eq!(decide::verdict(&state, &asked), decide::verdict(&without, &asked));
            }
        }
    }

    #[test]
    fn places_hang_together(shape in dice(110)) {
        let state = world(&shape);
        let tables = Tables::of(&state);
        for object in state.objects() {
            let above = state.above(object.id);
            prop_assert!(state.chain(object.id).any(|one| one.id == ObjectId::ORGANIZATION), "an orphan");
            for higher in above.iter().skip(1) {
                prop_assert!(*higher != object.id && !state.above(*higher).contains(&object.id), "a cycle");
                // Tenants share nothing.
                prop_assert!(
                    state.tenant_of(*higher).is_none() || state.tenant_of(*higher) == state.tenant_of(object.id)
                );
            }
            for place in &tables.objects {
                prop_assert_eq!(above.contains(&place.id), tables.reaches(place.id, object.id));
                prop_assert_eq!(state.is_within(object.id, place.id), above.contains(&place.id));
            }
            let folders = state.chain(object.id).filter(|one| one.kind == "folder").count();
            prop_assert!(folders <= 7, "{folders} deep");
            let mut names: Vec<String> = state.children(object.id).map(|one| one.name.to_lowercase()).collect();
            let shared = state.held_by(object.id).filter(|link| link.how == How::Shared);
            names.extend(shared.map(|link| state.object(link.object).unwrap().name.to_lowercase()));
            let count = names.len();
            names.sort();
            names.dedup();
            prop_assert_eq!(names.len(), count, "names are unique among siblings");
        }
    }

    #[test]
    fn roles_stay_where_they_belong(shape in dice(110)) {
        let state = world(&shape);
        for grant in state.grants() {
            let role = state.role(grant.role).unwrap();
            let object = state.object(grant.object).unwrap();
            prop_assert!(role.level.reaches(state.catalog().kind(&object.kind).unwrap().level));
            if let Owner::Tenant(tenant) = role.owner {
                prop_assert!(state.is_within(grant.object, tenant), "a tenant's role stays in its tenant");
            }
        }
        for role in state.roles() {
            for permission in role.permissions.iter() {
                prop_assert!(state.catalog().fits(role.level, permission));
            }
            // Nothing that delegates is delegated.
            for delegate in &role.delegates {
                let (delegates, by_permission) = match delegate {
                    Delegate::Role(id) => {
                        let handed_out = state.role(*id).unwrap();
                        (!handed_out.delegates.is_empty(), handed_out.permissions.iter().collect::<Vec<_>>())
                    }
                    Delegate::Permission(key) => (false, state.catalog().number(key).into_iter().collect()),
                };
                let entry = |permission| state.catalog().entry(permission).unwrap();
                prop_assert!(!delegates && *delegate != Delegate::Role(RoleId::ADMIN));
                prop_assert!(by_permission.into_iter().all(|one| entry(one).delegates.is_empty()));
            }
        }
    }

    #[test]
    fn what_is_stored_wins_over_what_is_sent(shape in dice(90), seed in any::<u64>()) {
        let state = world(&shape);
        let stored: Vec<_> = state.all_properties().collect();
        for (n, (asked, _)) in asks(seed).take(60).map(|ask| question(&state, ask)).enumerate() {
            let mut sent = asked.clone();
            let of = |of| stored.iter().filter(move |(bearer, ..)| *bearer == of);
            let person = asked.who.person().map(model::object::Bearer::User);
            for (bearer, key, _) in of(model::object::Bearer::Object(asked.object)).chain(person.into_iter().flat_map(of)) {
                let known = state.catalog().property(&model::limit::Property::new(bearer.side(), key)).unwrap();
                let other = crate::random::value(&state, known, u8::try_from(n).unwrap());
                sent.context.says.insert(model::limit::Property::new(bearer.side(), key), other);
            }
            prop_assert_eq!(decide::verdict(&state, &sent), decide::verdict(&state, &asked), "{:?}", sent);
        }
    }

    #[test]
    fn limits_that_admit_others_are_met_whenever_those_are(
        shape in dice(60), wide in any::<Dice>(), more in any::<Dice>(), drop in any::<u8>(), says in any::<Dice>()
    ) {
        let state = world(&shape);
        let (wide, more) = (limits(&state, wide), limits(&state, more));
        // Others that are likely to be narrower: the same, some taken out of a list, and more besides.
        let narrow = wide.iter().cloned().map(|mut one| {
            if let model::limit::Test::In(values) = &mut one.test
                && values.len() > 1
            {
                values.remove(usize::from(drop) % values.len());
            }
            one
        });
        let narrow = Limits::new(narrow.chain(more.iter().cloned()).collect());
        let objects: Vec<ObjectId> = state.objects().map(|one| one.id).collect();
        let context = Context { unsaid: Unsaid::Nothing, ..context(&state, says) };
        let people: Vec<Who> = everybody().into_iter().filter(|who| matches!(who, Who::User(_))).collect();
        for (a, b) in [(&wide, &narrow), (&narrow, &wide), (&wide, &more), (&more, &wide)] {
            if !a.admit(b) {
                continue;
            }
            for object in &objects {
                // Held by one and handed to another, both asking alike: of people's own properties the guard asks.
                let of_others = |limits: &Limits, who| {
                    let rest = limits.iter().filter(|one| one.property.of != model::limit::Side::Subject);
                    decide::met(&state, &Limits::new(rest.cloned().collect()), who, *object, &context)
                };
                for who in &people {
                    if decide::met(&state, b, *who, *object, &context) == Met::Yes {
                        prop_assert_eq!(decide::met(&state, a, *who, *object, &context), Met::Yes);
                        prop_assert!(people.iter().all(|other| of_others(a, *other) == Met::Yes));
                    }
                }
            }
        }
    }

    #[test]
    fn names_are_seen_along_the_ways_by_which_something_came_and_no_others(shape in dice(80), at in any::<u8>()) {
        let state = world(&shape);
        let tables = Tables::of(&state);
        let at = pick(&TIMES, at).unwrap();
        for who in everybody() {
            for object in &tables.objects {
                let seen = visible_above(&state, who, object.id, at);
                let came: Vec<&Grant> = tables
                    .grants
                    .iter()
                    .filter(|g| tables.is_active(who) && tables.is_for(g, who) && crate::naive::is_open(g, at))
                    .filter(|g| tables.reaches(g.object, object.id))
                    .collect();
                for place in &seen.places {
                    let along = |grant: &&Grant| {
                        tables.reaches(grant.object, *place) || tables.reaches(*place, grant.object)
                    };
                    prop_assert!(tables.reaches(*place, object.id));
                    prop_assert!(*place == object.id || came.iter().any(along), "{who:?} sees {place}");
                }
                let placements = state.placements(object.id);
                let hidden = placements.filter(|one| !seen.places.contains(one)).count();
                prop_assert_eq!(seen.hidden_placements, hidden);
            }
        }
    }
}

#[test]
fn people_who_are_not_active_may_do_nothing_whatever_they_have() {
    let mut state = world(&[]);
    for n in 0..6 {
        let id = GrantId::from_bits(800 + u64::from(n));
        let (role, object, window) = (RoleId::ADMIN, ObjectId::ORGANIZATION, Window::ALWAYS);
        let grant = Grant { id, subject: Subject::User(user(n)), role, object, window, limits: Limits::NONE };
        let _ = state.apply(&Change::GrantAdded { grant });
    }
    let invited = user(4);
    assert!(all_answers(&state, invited, ObjectId::ORGANIZATION, 0).iter().all(|may| !may));
    assert!(all_answers(&state, user(0), ObjectId::ORGANIZATION, 0).iter().filter(|may| **may).count() > 30);
}
