//! Limits: comparisons over properties that must all hold for a grant, or a permission, to count.
//!
//! A property belongs to the person who asks, to the object asked about, to the action or to the context of
//! the question. What is stored about it wins over what a question brings. Where a question leaves a
//! property open, a limit on it is neither met nor unmet: the answer then *depends on* that property.
//!
//! ```
//! use model::limit::*;
//! use model::id::ObjectId;
//! let robot = Property::new(Side::Context, "robot");
//! let only_r = Limits::new(vec![Comparison::new(robot.clone(), Test::Equals(Value::Place(ObjectId::from_bits(7))))]);
//! assert_eq!(only_r.met(None, |_| Known::Open), Met::Depends(vec![robot]));
//! assert_eq!(only_r.met(None, |_| Known::Nothing), Met::No);
//! ```

use crate::id::{ObjectId, UserId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Whose property it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Of the person or service account that asks.
    Subject,
    /// Of the object asked about.
    Object,
    /// Of the action.
    Action,
    /// Of the question's surroundings: the robot named, the address asked from.
    Context,
}

/// The kind of value that a property has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Truth,
    /// A person.
    Person,
    /// A place.
    Place,
}

/// What a property can be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Words, compared letter by letter.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Truth(bool),
    /// A person.
    Person(UserId),
    /// A place.
    Place(ObjectId),
}

impl Value {
    /// Its kind.
    #[must_use]
    pub fn sort(&self) -> Sort {
        match self {
            Self::Text(_) => Sort::Text,
            Self::Number(_) => Sort::Number,
            Self::Truth(_) => Sort::Truth,
            Self::Person(_) => Sort::Person,
            Self::Place(_) => Sort::Place,
        }
    }
}

/// A property, by whose it is and its key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Property {
    /// Whose.
    pub of: Side,
    /// Its key in the catalog, e.g. `owner`.
    pub key: String,
}

impl Property {
    /// A property.
    #[must_use]
    pub fn new(of: Side, key: &str) -> Self {
        Self { of, key: key.to_owned() }
    }
}

/// What a property must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// This value.
    Equals(Value),
    /// One of these.
    In(Vec<Value>),
    /// The person who asks: with the property `owner` of the object, *own items only*.
    IsSubject,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared.
    #[serde(flatten)]
    pub property: Property,
    /// With what.
    pub test: Test,
}

/// What a question knows of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<'a> {
    /// Its value.
    Is(&'a Value),
    /// That it has no value: nothing equals it.
    Nothing,
    /// The question does not say.
    Open,
}

/// Whether limits are met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Met {
    /// All of them.
    Yes,
    /// One of them is not.
    No,
    /// None is unmet, and these properties are not known.
    Depends(Vec<Property>),
}

impl Comparison {
    /// A comparison.
    #[must_use]
    pub fn new(property: Property, test: Test) -> Self {
        Self { property, test }
    }

    /// *Own items only*: the object's owner is the person who asks.
    #[must_use]
    pub fn own_items() -> Self {
        Self::new(Property::new(Side::Object, "owner"), Test::IsSubject)
    }

    fn met(&self, known: Known<'_>, asks: Option<UserId>) -> Option<bool> {
        let value = match known {
            Known::Is(value) => value,
            Known::Nothing => return Some(false),
            Known::Open => return None,
        };
        Some(match &self.test {
            Test::Equals(wanted) => wanted == value,
            Test::In(wanted) => wanted.contains(value),
            Test::IsSubject => asks.is_some_and(|asks| *value == Value::Person(asks)),
        })
    }

    /// Whether everything that passes `narrower` passes this one as well, whoever asks.
    fn admits(&self, narrower: &Self) -> bool {
        // INVARIANT: what is limited to its holder's own items is nobody else's, so it admits nothing.
        if self.property != narrower.property {
            return false;
        }
        let wanted: &[Value] = match &self.test {
            Test::Equals(value) => std::slice::from_ref(value),
            Test::In(values) => values,
            Test::IsSubject => return false,
        };
        match &narrower.test {
            Test::Equals(value) => wanted.contains(value),
            Test::In(values) => values.iter().all(|value| wanted.contains(value)),
            Test::IsSubject => false,
        }
    }

    /// The values that it allows; `None` for the person who asks.
    #[must_use]
    pub fn values(&self) -> Option<&[Value]> {
        match &self.test {
            Test::Equals(value) => Some(std::slice::from_ref(value)),
            Test::In(values) => Some(values),
            Test::IsSubject => None,
        }
    }
}

/// Comparisons that must all hold. None: no limits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Comparison>", into = "Vec<Comparison>")]
pub struct Limits(Option<Arc<[Comparison]>>);

impl From<Vec<Comparison>> for Limits {
    fn from(all: Vec<Comparison>) -> Self {
        Self::new(all)
    }
}

impl From<Limits> for Vec<Comparison> {
    fn from(limits: Limits) -> Self {
        limits.iter().cloned().collect()
    }
}

/// Why limits are refused: they can never be met, or say nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BadLimits {
    /// No area knows the property.
    #[error("There is no property “{0}” to limit by.")]
    UnknownProperty(String),
    /// A value of another kind than the property has.
    #[error("“{0}” is compared with something of another kind.")]
    WrongSort(String),
    /// A list of nothing.
    #[error("“{0}” is limited to nothing, so nobody could ever use it. Choose at least one.")]
    Empty(String),
    /// Two comparisons that no value passes.
    #[error("The limits on “{0}” contradict each other, so nobody could ever use them.")]
    Contradiction(String),
    /// A place that is not there.
    #[error("“{0}” is limited to a place that is no longer there.")]
    UnknownPlace(String),
    /// A person who is not there.
    #[error("“{0}” is limited to a person who is no longer there.")]
    UnknownPerson(String),
    /// More comparisons, or more values in one, than a grant may have.
    #[error("Use at most {0} limits, with at most {0} values each.")]
    TooMany(usize),
}

/// The most comparisons of one grant, and the most values of one comparison.
pub const MOST: usize = 64;

impl Limits {
    /// No limits.
    pub const NONE: Self = Self(None);

    /// All of these comparisons, in an order of their own.
    #[must_use]
    pub fn new(mut all: Vec<Comparison>) -> Self {
        for one in &mut all {
            if let Test::In(values) = &mut one.test {
                values.sort();
                values.dedup();
            }
        }
        all.sort();
        all.dedup();
        Self((!all.is_empty()).then(|| all.into()))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The comparisons.
    pub fn iter(&self) -> impl Iterator<Item = &Comparison> {
        self.0.iter().flat_map(|all| all.iter())
    }

    /// Whether they are met when that person asks; `known` says what the question knows of a property.
    #[must_use]
    pub fn met<'a>(&self, asks: Option<UserId>, known: impl Fn(&Property) -> Known<'a>) -> Met {
        let mut open = Vec::new();
        for one in self.iter() {
            match one.met(known(&one.property), asks) {
                Some(true) => {}
                Some(false) => return Met::No,
                None => open.push(one.property.clone()),
            }
        }
        open.dedup();
        if open.is_empty() { Met::Yes } else { Met::Depends(open) }
    }

    /// INVARIANT: whether everything that passes `narrower` passes these too, whoever asks. What an actor
    /// holds under limits is handed on under limits at least as narrow.
    #[must_use]
    pub fn admit(&self, narrower: &Self) -> bool {
        self.iter().all(|mine| narrower.iter().any(|theirs| mine.admits(theirs)))
    }

    /// Refuses limits that no question can ever meet. `sort_of` knows the properties; `is_there`, whether a
    /// person or place is.
    ///
    /// # Errors
    /// The first reason.
    pub fn check(
        &self,
        sort_of: impl Fn(&Property) -> Option<Sort>,
        is_there: impl Fn(&Value) -> bool,
    ) -> Result<(), BadLimits> {
        if self.iter().count() > MOST {
            return Err(BadLimits::TooMany(MOST));
        }
        let mut left: std::collections::BTreeMap<&Property, Vec<&Value>> = std::collections::BTreeMap::new();
        for one in self.iter() {
            let name = || one.property.key.clone();
            let sort = sort_of(&one.property).ok_or_else(|| BadLimits::UnknownProperty(name()))?;
            let Some(values) = one.values() else {
                if sort != Sort::Person {
                    return Err(BadLimits::WrongSort(name()));
                }
                continue;
            };
            match values {
                [] => return Err(BadLimits::Empty(name())),
                [..] if values.len() > MOST => return Err(BadLimits::TooMany(MOST)),
                [..] if values.iter().any(|value| value.sort() != sort) => {
                    return Err(BadLimits::WrongSort(name()));
                }
                [..] => {}
            }
            match values.iter().find(|value| !is_there(value)) {
                Some(Value::Person(_)) => return Err(BadLimits::UnknownPerson(name())),
                Some(_) => return Err(BadLimits::UnknownPlace(name())),
                None => {}
            }
            let still = left.entry(&one.property).or_insert_with(|| values.iter().collect());
            still.retain(|value| values.contains(value));
            if still.is_empty() {
                return Err(BadLimits::Contradiction(name()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
