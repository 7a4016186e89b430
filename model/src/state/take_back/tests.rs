//! Random histories, taken back change by change.

use super::*;
use crate::catalog::Pack;
use crate::change::expand;
use crate::grant::{Grant, Subject, Window};
use crate::id::{GrantId, GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use crate::limit::{Comparison, Limits, Property, Side, Test, Value};
use crate::object::{Bearer, How, Level, Link, Object};
use crate::person::{Group, ServiceAccount};
use crate::role::{Delegate, Owner, Role};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

const PACK: &str = r#"{"key":"yard","name":"Yard","permissions":[
    {"key":"yard.see","name":"See","kind":"box","opens":"Shows it."},
    {"key":"yard.use","name":"Use","kind":"tool","opens":"Uses it."}],
    "kinds":[
    {"key":"box","name":"Box","level":"folder","within":["tenant","box"],"create":"yard.see"},
    {"key":"tool","name":"Tool","level":"folder","within":["box"],"create":"yard.see","shared":true,
        "passes_down":true}],
    "relations":[{"key":"box-tools","name":"has","reverse":"belongs to","from":"box","to":"tool","contains":true}],
    "properties":[{"key":"keeper","of":"object","name":"Keeper","sort":"person"},
        {"key":"bench","of":"context","name":"Bench","sort":"place"}]}"#;

fn start() -> State {
    let mut state = State::new("");
    let pack: Pack = serde_json::from_str(PACK).unwrap();
    state.apply(&Change::PackInstalled { pack: Arc::new(pack) }).unwrap();
    state
}

/// Some places to begin with, for most changes need one.
fn with_places() -> State {
    let mut state = start();
    for (id, kind, parent) in [
        (400, "tenant", 1),
        (401, "tenant", 1),
        (402, "box", 400),
        (403, "box", 400),
        (404, "box", 402),
        (405, "tool", 402),
        (406, "tool", 403),
    ] {
        let (kind, name) = (kind.to_owned(), format!("Place {id}"));
        let (id, parent) = (ObjectId::from_bits(id), Some(ObjectId::from_bits(parent)));
        state.apply(&Change::ObjectCreated { object: Object { id, kind, name, parent } }).unwrap();
    }
    state
}

/// What is wanted at a step, by small numbers; much of it does not fit and is left out.
fn wanted(state: &State, [what, a, b, c]: [u8; 4]) -> Change {
    let name = format!("Name {}", b % 6);
    let user = UserId::from_bits(100 + u64::from(a % 4));
    let group = GroupId::from_bits(200 + u64::from(a % 3));
    let role = RoleId::from_bits(300 + u64::from(a % 4));
    let object = ObjectId::from_bits(400 + u64::from(a % 8));
    let place = ObjectId::from_bits(if b.is_multiple_of(9) { 1 } else { 400 + u64::from(b % 9) - 1 });
    let account = ServiceAccountId::from_bits(500 + u64::from(a % 2));
    let permission = ["yard.see", "yard.use", "people.view"].map(str::to_owned)[usize::from(b % 3)].clone();
    let status = if b.is_multiple_of(2) { Status::Invited } else { Status::Active };
    let was_role = || state.role(role).map(|role| role.name.clone()).unwrap_or_default();
    let was_object = || state.object(object).map(|object| object.name.clone()).unwrap_or_default();
    let related = How::Related("box-tools".to_owned());
    let how = [How::Shared, How::PassedDown, related][usize::from(c % 3)].clone();
    let was_group = || state.group(group).map(|group| group.name.clone()).unwrap_or_default();
    let of = [Bearer::Object(object), Bearer::Object(place)][usize::from(c % 2)];
    match what % 34 {
        0 => Change::UserAdded { user, status },
        1 => Change::UserJoined { user },
        2 => Change::UserDeactivated { user },
        3 => Change::UserReactivated { user },
        4 => Change::UserRemoved { user, status, called: format!("Former {a}") },
        5 => Change::GroupCreated { group: Group { id: group, name, description: String::new() } },
        6 => Change::MemberAdded { group: GroupId::from_bits(200 + u64::from(b % 3)), user },
        7 => Change::MemberRemoved { group: GroupId::from_bits(200 + u64::from(b % 3)), user },
        8 => Change::GroupRemoved { group: Group { id: group, name, description: String::new() } },
        9 => Change::ProfileEdited { user },
        10 | 11 => Change::RoleCreated {
            role: Role {
                id: role,
                name,
                description: String::new(),
                level: [Level::Organization, Level::Tenant, Level::Folder][usize::from(b % 3)],
                owner: if c.is_multiple_of(3) { Owner::Tenant(place) } else { Owner::Organization },
                origin: None,
                permissions: vec![permission],
                delegates: vec![],
            },
        },
        12 if c.is_multiple_of(2) => Change::PermissionAdded { role, permission },
        12 => Change::PermissionRemoved { role, permission },
        13 => {
            let delegate = Delegate::Role(RoleId::from_bits(300 + u64::from(b % 4)));
            match state.role(role).and_then(|role| role.delegates.first()) {
                Some(held) => Change::DelegationRemoved { role, delegate: held.clone() },
                None => Change::DelegationAdded { role, delegate },
            }
        }
        14 => match state.role(role) {
            Some(role) => Change::RoleRemoved { role: state.record(role) },
            None => Change::OrganizationRenamed { was: state.organization().to_owned(), now: name },
        },
        15 if c.is_multiple_of(2) => Change::RoleDescribed {
            role,
            was: state.role(role).map(|role| role.description.clone()).unwrap_or_default(),
            now: name,
        },
        15 => Change::RoleRenamed { role, was: was_role(), now: name },
        16..=18 => {
            let kind = ["tenant", "box", "tool"][usize::from(c % 3)].to_owned();
            Change::ObjectCreated { object: Object { id: object, kind, name, parent: Some(place) } }
        }
        19 => {
            let was = state.object(object).and_then(|one| one.parent).unwrap_or(object);
            Change::ObjectMoved { object, was, now: place }
        }
        20 => Change::ObjectRenamed { object, was: was_object(), now: name },
        21 => match state.object(object) {
            Some(object) => Change::ObjectRemoved { object: object.clone() },
            None => Change::OrganizationRenamed { was: state.organization().to_owned(), now: name },
        },
        22 => Change::Linked { link: Link { object, holder: place, how } },
        23 => Change::Unlinked { link: Link { object, holder: place, how } },
        24 => Change::ServiceAccountAdded {
            account: ServiceAccount {
                id: account,
                name,
                description: String::new(),
                robot: None,
                disabled: false,
            },
        },
        25 => match state.service_account(account) {
            Some(one) if c.is_multiple_of(3) => Change::ServiceAccountRemoved { account: one.clone() },
            Some(one) if one.disabled => Change::ServiceAccountEnabled { account },
            _ => Change::ServiceAccountDisabled { account },
        },
        26 if b.is_multiple_of(2) => Change::AreaTurnedOn { area: "applications".to_owned() },
        26 => Change::AreaTurnedOff { area: "applications".to_owned() },
        27 => match state.grant(GrantId::from_bits(600 + u64::from(a % 12))) {
            Some(grant) => Change::GrantRemoved { grant },
            None => Change::AreaTurnedOn { area: "packaging".to_owned() },
        },
        28 => Change::PropertySet {
            of,
            property: "keeper".to_owned(),
            was: state.property(of, "keeper").cloned(),
            now: (!c.is_multiple_of(5)).then_some(Value::Person(user)),
        },
        29 => Change::GroupRenamed { group, was: was_group(), now: name },
        30 if c.is_multiple_of(2) => Change::GroupDescribed {
            group,
            was: state.group(group).map(|group| group.description.clone()).unwrap_or_default(),
            now: name,
        },
        30 => Change::ServiceAccountRenamed {
            account,
            was: state.service_account(account).map(|one| one.name.clone()).unwrap_or_default(),
            now: name,
        },
        _ => Change::GrantAdded {
            grant: Grant {
                id: GrantId::from_bits(600 + u64::from(c % 12)),
                subject: [
                    Subject::User(user),
                    Subject::Group(group),
                    Subject::ServiceAccount(account),
                    Subject::Everyone,
                ][usize::from(b % 4)],
                role: RoleId::from_bits(300 + u64::from(c % 4)),
                object: if c.is_multiple_of(5) { ObjectId::ORGANIZATION } else { object },
                window: Window { from: None, until: b.is_multiple_of(3).then_some(9) },
                limits: match c % 7 {
                    0 => Limits::new(vec![Comparison::own_items()]),
                    1 => Limits::new(vec![Comparison::new(
                        Property::new(Side::Context, "bench"),
                        Test::In(vec![Value::Place(place), Value::Place(object)]),
                    )]),
                    _ => Limits::NONE,
                },
            },
        },
    }
}

fn assert_same(one: &State, other: &State) {
    assert_eq!(one.as_changes(), other.as_changes());
    assert_eq!(one.organization(), other.organization());
    assert_eq!(one.names, other.names);
    assert_eq!(one.people_by_name.len(), other.people_by_name.len());
    let children = |state: &State| {
        let mut all: Vec<_> = state.children.iter().filter(|(_, of)| !of.is_empty()).collect::<Vec<_>>();
        all.sort();
        format!("{all:?}")
    };
    assert_eq!(children(one), children(other));
    for group in one.groups.keys() {
        assert_eq!(one.member_count(*group), other.member_count(*group));
    }
}

/// Every kind of change but those of packs.
const KINDS: usize = 37;

#[test]
fn what_is_taken_back_change_by_change_is_each_state_before() {
    let mut kinds = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(any::<[u8; 4]>(), 1..160);
    for _ in 0..96 {
        let steps = steps.new_tree(&mut runner).unwrap().current();
        let mut state = with_places();
        let mut passed: Vec<(State, Vec<Change>)> = Vec::new();
        for step in steps {
            let changes = expand(&state, &[wanted(&state, step)]);
            let before = state.clone();
            if state.apply_all(&changes).is_ok() {
                passed.push((before, changes));
            }
            if step[0].is_multiple_of(16) {
                state.settle();
            }
        }
        while let Some((before, changes)) = passed.pop() {
            state.take_all_back(&changes).unwrap();
            assert_same(&state, &before);
            kinds.extend(changes.iter().map(|change| {
                serde_json::to_value(change).unwrap()["change"].as_str().unwrap_or_default().to_owned()
            }));
        }
    }
    assert_eq!(kinds.len(), KINDS, "{kinds:?}");
}

#[test]
fn the_very_first_name_and_a_person_are_as_if_never_there() {
    let (mut state, user) = (State::new(""), UserId::from_bits(7));
    let changes = [
        Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() },
        Change::UserAdded { user, status: Status::Active },
    ];
    state.apply_all(&changes).unwrap();
    state.set_profile(user, Profile::new("Ada", "ada@example.com")).unwrap();
    state.take_all_back(&changes).unwrap();
    assert_same(&state, &State::new(""));
    assert_eq!((state.person(user), state.person_by_email("ada@example.com")), (None, None));
}

#[test]
fn who_was_removed_is_there_again_called_by_what_history_calls_them() {
    let (mut state, user) = (State::new(""), UserId::from_bits(7));
    state.apply(&Change::UserAdded { user, status: Status::Active }).unwrap();
    let removed = Change::UserRemoved { user, status: Status::Active, called: "Former user".to_owned() };
    state.apply(&removed).unwrap();
    state.take_back(&removed).unwrap();
    assert_eq!(state.person(user).map(|person| person.profile.called()), Some("Former user"));
    assert_eq!(state.people_by_name().count(), 1);
    assert_eq!(state.former(user), None);
}

#[test]
fn what_was_not_last_and_what_does_not_say_enough_is_refused() {
    let mut state = start();
    let pack = Arc::clone(&state.catalog().pack("yard").unwrap().pack);
    let refused = state.take_back(&Change::PackInstalled { pack });
    assert_eq!(refused, Err(NotTakenBack::Unsaid("Yard".to_owned())));
    let user = UserId::from_bits(7);
    let never = Change::UserAdded { user, status: Status::Active };
    assert!(matches!(state.take_back(&never), Err(NotTakenBack::Misfit(Misfit::Gone { .. }))));
}
