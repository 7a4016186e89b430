//! An independent opinion: a world told in Cedar's policies and entities, and decided by Cedar.
//!
//! Cedar answers yes or no. What a question leaves open is therefore asked twice, once hoping that it is
//! right and once fearing that it is wrong: two answers that differ are the third one.

use crate::naive::Tables;
use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
};
use model::decide::{Question, Unsaid};
use model::grant::{Grant, Subject, Who};
use model::id::RoleId;
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::object::{Bearer, How};
use model::person::Status;
use serde_json::{Map, Value as Json, json};
use std::fmt::Write;

pub struct Cedar {
    policies: PolicySet,
    entities: Entities,
    authorizer: Authorizer,
}

/// Cedar's answer.
#[derive(Debug, PartialEq, Clone, Copy)]
pub enum Answer {
    Allowed,
    Denied,
    Depends,
}

impl Cedar {
    pub fn of(world: &Tables) -> Self {
        let text = policies(world);
        Self {
            policies: text.parse().unwrap_or_else(|error| panic!("{error:?}\n{text}")),
            entities: Entities::from_json_value(Json::Array(entities(world)), None).unwrap(),
            authorizer: Authorizer::new(),
        }
    }

    pub fn answer(&self, question: &Question, key: &str) -> Answer {
        let hoping = self.allows(question, key, true);
        let fearing = if question.context.unsaid == Unsaid::Nothing {
            hoping
        } else {
            self.allows(question, key, false)
        };
        match (hoping, fearing) {
            (true, true) => Answer::Allowed,
            (false, false) => Answer::Denied,
            (true, false) => Answer::Depends,
            (false, true) => panic!("more is allowed in fear than in hope: {question:?}"),
        }
    }

    fn allows(&self, question: &Question, key: &str, hope: bool) -> bool {
        let says = question.context.says.iter().map(|(property, value)| (name(property), json_of(value)));
        let context = json!({
            "at": question.at,
            "says": says.collect::<Map<String, Json>>(),
            "open": question.context.unsaid != Unsaid::Nothing,
            "beneath": question.context.unsaid == Unsaid::OpenBeneath,
            "hope": hope,
        });
        let (kind, id) = match question.who {
            Who::User(id) => ("User", id.to_string()),
            Who::ServiceAccount(id) => ("ServiceAccount", id.to_string()),
            Who::Group(id) => ("Member", id.to_string()),
        };
        let request = Request::new(
            uid(kind, &id),
            uid("Action", key),
            uid("Object", &question.object.to_string()),
            Context::from_json_value(context, None).unwrap(),
            None,
        );
        let response = self.authorizer.is_authorized(&request.unwrap(), &self.policies, &self.entities);
        response.decision() == Decision::Allow
    }
}

fn uid(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.parse::<EntityTypeName>().unwrap(), EntityId::new(id))
}

fn name(property: &Property) -> String {
    format!("{:?}.{}", property.of, property.key)
}

fn entities(world: &Tables) -> Vec<Json> {
    let mut all = Vec::new();
    let mut push = |kind: &str, id: String, active: bool, of: Option<Bearer>, parents: Vec<Json>| {
        let own = world.properties.iter().filter(|(bearer, ..)| Some(*bearer) == of);
        let own: Map<String, Json> = own.map(|(_, key, value)| (key.clone(), json_of(value))).collect();
        let attrs = json!({ "active": active, "own": own });
        all.push(json!({ "uid": entity(kind, &id), "attrs": attrs, "parents": parents }));
    };
    let everyone = entity("Everyone", "all");
    for one in &world.people {
        let groups = one.groups.iter().map(|group| entity("Group", &group.to_string()));
        let parents = groups.chain([everyone.clone()]).collect();
        push("User", one.id.to_string(), one.status == Status::Active, Some(Bearer::User(one.id)), parents);
    }
    for one in &world.groups {
        let parents = vec![entity("Group", &one.id.to_string()), everyone.clone()];
        push("Member", one.id.to_string(), true, None, parents);
    }
    for one in &world.accounts {
        let of = Bearer::ServiceAccount(one.id);
        push("ServiceAccount", one.id.to_string(), !one.disabled, Some(of), vec![]);
    }
    for one in &world.objects {
        let mut holders: Vec<_> = one.parent.into_iter().collect();
        for link in world.links.iter().filter(|link| link.object == one.id) {
            match &link.how {
                How::Shared => holders.push(link.holder),
                How::Related(key) => holders.extend(world.containing.contains(key).then_some(link.holder)),
                How::PassedDown => holders
                    .extend(world.objects.iter().filter(|f| world.nests_in(f, link.holder)).map(|f| f.id)),
            }
        }
        let parents = holders.iter().map(|holder| entity("Object", &holder.to_string())).collect();
        push("Object", one.id.to_string(), true, Some(Bearer::Object(one.id)), parents);
    }
    all
}

fn entity(kind: &str, id: &str) -> Json {
    json!({ "type": kind, "id": id })
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::Truth(truth) => json!(truth),
        Value::Person(user) => json!({ "__entity": entity("User", &user.to_string()) }),
        Value::Place(place) => json!({ "__entity": entity("Object", &place.to_string()) }),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => truth.to_string(),
        Value::Person(user) => format!("User::\"{user}\""),
        Value::Place(place) => format!("Object::\"{place}\""),
    }
}

fn policies(world: &Tables) -> String {
    let mut text = String::new();
    for grant in &world.grants {
        writeln!(text, "{}", permit(world, grant)).unwrap();
    }
    for (key, limits) in world.permissions.iter().filter(|(_, limits)| !limits.is_none()) {
        let limits = limits_in_words(world, limits);
        writeln!(text, "forbid(principal, action == Action::\"{key}\", resource) unless {{ {limits} }};")
            .unwrap();
    }
    text
}

fn permit(world: &Tables, grant: &Grant) -> String {
    let who = match grant.subject {
        Subject::User(id) => format!("== User::\"{id}\""),
        Subject::ServiceAccount(id) => format!("== ServiceAccount::\"{id}\""),
        Subject::Group(id) => format!("in Group::\"{id}\""),
        Subject::Everyone => "in Everyone::\"all\"".to_owned(),
    };
    let role = world.roles.iter().find(|role| role.id == grant.role);
    let on = world.permissions.iter().map(|(key, _)| key);
    let held = on.filter(|key| {
        grant.role == RoleId::ADMIN || role.is_some_and(|role| role.permissions.iter().any(|one| one == *key))
    });
    let actions: Vec<String> = held.map(|key| format!("Action::\"{key}\"")).collect();
    let from = grant.window.from.map(|from| format!(" && context.at >= {from}")).unwrap_or_default();
    let until = grant.window.until.map(|until| format!(" && context.at < {until}")).unwrap_or_default();
    format!(
        "permit(principal {who}, action in [{}], resource in Object::\"{}\") when {{ principal.active{from}{until} && {} }};",
        actions.join(", "),
        grant.object,
        limits_in_words(world, &grant.limits)
    )
}

fn limits_in_words(world: &Tables, limits: &Limits) -> String {
    let all: Vec<String> = limits.iter().map(|one| format!("({})", comparison(world, one))).collect();
    if all.is_empty() { "true".to_owned() } else { all.join(" && ") }
}

/// What is stored wins; then what is sent, where it may be; what is open is hoped for.
fn comparison(world: &Tables, one: &Comparison) -> String {
    let (key, name) = (&one.property.key, name(&one.property));
    let passes = |value: String| match &one.test {
        Test::Equals(wanted) => format!("{value} == {}", literal(wanted)),
        Test::In(wanted) => {
            format!("[{}].contains({value})", wanted.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        Test::IsSubject => format!("principal is User && {value} == principal"),
    };
    let hope = "context.open && context.hope";
    let said = |otherwise: &str| {
        let is_said = passes(format!("context.says[\"{name}\"]"));
        format!("if context.says has \"{name}\" then {is_said} else ({otherwise})")
    };
    let stored = |whose: &str, otherwise: String| {
        let is_stored = passes(format!("{whose}.own[\"{key}\"]"));
        format!("if {whose}.own has \"{key}\" then {is_stored} else ({otherwise})")
    };
    let is_sent = world.sent.contains(&one.property);
    match one.property.of {
        Side::Action | Side::Context => said(hope),
        Side::Object => {
            let sent = if is_sent { said(hope) } else { "false".to_owned() };
            format!("if context.beneath then context.hope else ({})", stored("resource", sent))
        }
        Side::Subject if is_sent => stored("principal", said(hope)),
        Side::Subject => stored("principal", format!("principal is Member && {hope}")),
    }
}
