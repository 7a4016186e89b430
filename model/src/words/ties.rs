//! What ties, properties and limits are in words.

use super::{Line, Mark, Part, Teller, named, text};
use crate::limit::{Comparison, Property, Side, Test, Value};
use crate::object::{Bearer, How, Link};
use crate::role::Delegate;

impl Teller<'_> {
    pub(super) fn delegate(&self, delegate: &Delegate) -> Part {
        match delegate {
            Delegate::Role(role) => self.role(*role),
            Delegate::Permission(key) => self.permission(key),
        }
    }

    /// `now` is "now " or "no longer ".
    pub(super) fn link(&self, link: &Link, now: &str) -> Vec<Part> {
        let (object, holder) = (self.object(link.object), self.object(link.holder));
        match &link.how {
            How::Shared => vec![object, text(format!(" is {now}shared into ")), holder],
            How::PassedDown => {
                vec![object, text(format!(" is {now}passed down to the folders beneath ")), holder]
            }
            How::Related(key) => {
                let words = self.either(|s| Some(s.catalog().relation(key)?.name.clone()));
                let words = words.unwrap_or_else(|| "belongs together with".to_owned());
                vec![holder, text(format!(" {now}{words} ")), object]
            }
        }
    }

    pub(super) fn property(&self, of: Bearer, key: &str, now: Option<&Value>) -> Line {
        let (side, bearer) = match of {
            Bearer::Object(id) => (Side::Object, self.object(id)),
            Bearer::User(id) => (Side::Subject, Part::Person(id)),
            Bearer::ServiceAccount(id) => {
                (Side::Subject, self.subject(crate::grant::Subject::ServiceAccount(id)))
            }
        };
        let name = self.property_name(&Property::new(side, key));
        let mut parts = vec![bearer, text(format!(": {name} "))];
        match now {
            Some(value) => parts.extend([text("is now "), self.value(value)]),
            None => parts.push(text("is no longer set")),
        }
        Line { mark: Mark::Note, parts }
    }

    /// A limit, as it stands behind the grant that has it.
    pub(super) fn limit(&self, one: &Comparison) -> Vec<Part> {
        let Some(values) = one.values() else {
            return vec![text(match one.property.key.as_str() {
                "owner" => ", own items only".to_owned(),
                _ => format!(", only where {} is the person", self.property_name(&one.property)),
            })];
        };
        let mut parts = vec![text(match (one.property.of, one.property.key.as_str()) {
            (Side::Context, "robot" | "environment") => ", only on ".to_owned(),
            (Side::Context, "process") => ", only for ".to_owned(),
            _ => format!(", only where {} is ", self.property_name(&one.property)),
        })];
        let between = if matches!(one.test, Test::In(_)) { " or " } else { "" };
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                parts.push(text(between));
            }
            parts.push(self.value(value));
        }
        parts
    }

    fn property_name(&self, property: &Property) -> String {
        let find = |s: &crate::state::State| Some(s.catalog().property(property)?.name.clone());
        self.either(find).unwrap_or_else(|| property.key.clone())
    }

    fn value(&self, value: &Value) -> Part {
        match value {
            Value::Text(words) => named(words),
            Value::Number(number) => named(number.to_string()),
            Value::Truth(yes) => named(if *yes { "yes" } else { "no" }),
            Value::Person(user) => Part::Person(*user),
            Value::Place(place) => self.object(*place),
        }
    }
}
