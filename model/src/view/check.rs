//! Check access: what is asked, the verdict with every path to it, and the edits that would end or allow it.
//!
//! What a reader may not see is not in these types: a place without a name is one of those.

mod edit;
mod lists;

pub use self::edit::{Edit, EditWish, Fix, Prepared};
pub use self::lists::{Conditional, MayDo, MayDoThere, WhatCan, WhereCan, WhoCan};
use crate::Millis;
use crate::catalog::{InForce, InForceHere};
use crate::grant::{Who, Window};
use crate::words::Part;
use serde::{Deserialize, Serialize};

/// How many rows a list of people or places has on a page.
pub const PAGE: u32 = 50;
/// How many options a field offers at once.
pub const OFFERED: usize = 20;
/// The most edits that are made together.
pub const MOST_EDITS: usize = 8;

/// Somebody as they stand in an address: `person.ID`, `group.ID` or `account.ID`.
#[must_use]
pub fn who_key(who: Who) -> String {
    match who {
        Who::User(id) => format!("person.{id}"),
        Who::Group(id) => format!("group.{id}"),
        Who::ServiceAccount(id) => format!("account.{id}"),
    }
}

/// Who stands in an address.
#[must_use]
pub fn who_of_key(key: &str) -> Option<Who> {
    match key.split_once('.')? {
        ("person", id) => id.parse().ok().map(Who::User),
        ("group", id) => id.parse().ok().map(Who::Group),
        ("account", id) => id.parse().ok().map(Who::ServiceAccount),
        _ => None,
    }
}

/// The moment that a field or an address names: `2026-11-25T14:00`, in UTC, with or without a `Z` at its end.
#[must_use]
pub fn moment(text: &str) -> Option<Millis> {
    let (date, time) = text.strip_suffix('Z').unwrap_or(text).split_once('T')?;
    let number = |text: &str| text.parse::<i64>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let mut date = date.split('-').map(number);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut time = time.split(':').map(number);
    let (hour, minute) = (time.next()??, time.next()??);
    let is_there = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60;
    // Days since 1970, in years that begin in March.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468;
    is_there.then_some((days * 1440 + hour * 60 + minute) * 60_000)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What a field of the form holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// What was chosen: an id, or the key of somebody.
    pub value: String,
    /// What was typed, where a form without scripts was sent. It counts where it is not what was chosen.
    pub text: Option<String>,
}

impl Typed {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty() && self.text.as_ref().is_none_or(|text| text.trim().is_empty())
    }
}

/// What is asked: the address in parts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckQuery {
    /// Who; empty: everybody who may.
    pub who: Typed,
    /// The key of an action or a permission; empty: everything.
    pub action: String,
    /// Where; empty: everywhere.
    pub place: Typed,
    /// On which robot.
    pub robot: Typed,
    /// In which environment.
    pub environment: Typed,
    /// Which process.
    pub process: Typed,
    /// When, as [`moment`] reads it; empty: now.
    pub when: String,
    /// Which page of a list; the first is 1.
    pub page: u32,
}

/// Somebody or some place to choose, or that was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choice {
    /// As it stands in an address.
    pub value: String,
    /// Its name; a place's with what holds it.
    pub name: String,
    /// What it is, and what tells it from others of the same name.
    pub about: String,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    /// The first of them.
    pub options: Vec<Choice>,
    /// How many there are.
    pub total: u64,
}

/// A field as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Field {
    /// What it holds; empty: nothing.
    pub chosen: Choice,
    /// What is wrong with what was typed.
    pub problem: Option<String>,
    /// What could be meant by it.
    pub meant: Vec<Choice>,
}

/// Which fields an action needs beside person and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asks {
    /// The robot, or the environment that it is taken from.
    pub robot: bool,
    /// The process.
    pub process: bool,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionOption {
    /// The key of the action or permission.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What else it needs to be said.
    pub asks: Asks,
}

/// What can be done in one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionArea {
    /// The area.
    pub name: String,
    /// Actions first, then permissions, in the order of the screens.
    pub options: Vec<ActionOption>,
}

/// The form as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Form {
    /// Who.
    pub who: Field,
    /// The key of the action.
    pub action: String,
    /// Where.
    pub place: Field,
    /// On which robot.
    pub robot: Field,
    /// In which environment.
    pub environment: Field,
    /// Which process.
    pub process: Field,
    /// When, as it stands in the address.
    pub when: String,
    /// What is wrong with the moment.
    pub when_problem: Option<String>,
    /// Which of the last fields count.
    pub asks: Asks,
}

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckScreen {
    /// The revision that it was answered at.
    pub revision: u64,
    /// The moment that was asked about.
    pub at: Millis,
    /// Whether that is the moment of asking.
    pub is_now: bool,
    /// Why the reader may ask only about themselves.
    pub only_self: Option<String>,
    /// What can be done.
    pub areas: Vec<ActionArea>,
    /// What was asked.
    pub form: Form,
    /// How far access that is given on the place is in force.
    pub in_force: Option<InForceHere>,
    /// The answer.
    pub answer: Answer,
}

/// The answer, by what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Too little was asked.
    Nothing,
    /// May they?
    Verdict(Box<Verdict>),
    /// Who may?
    WhoCan(Box<WhoCan>),
    /// What may they?
    WhatCan(Box<WhatCan>),
    /// Where may they?
    WhereCan(Box<WhereCan>),
}

/// Yes, no, or under conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// They may.
    Allowed,
    /// They may not.
    Denied,
    /// It depends.
    Depends,
}

/// Whether somebody may do something somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Yes, no, or under conditions.
    pub outcome: Outcome,
    /// In one sentence.
    pub sentence: String,
    /// Why, in a few sentences.
    pub because: Vec<Vec<Part>>,
    /// What it takes, each permission by itself.
    pub needs: Vec<Need>,
    /// The robots that may be named, where none was.
    pub robots: Vec<Choice>,
    /// How many more of them there are.
    pub more_robots: u64,
    /// Why no fixes are shown.
    pub no_fixes: Option<String>,
}

/// One permission that is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Its name.
    pub permission: String,
    /// What it opens.
    pub opens: String,
    /// Where it is in force.
    pub in_force: InForce,
    /// On what; none: the question does not say.
    pub place: Option<String>,
    /// Whether it is there.
    pub outcome: Outcome,
    /// By which ways.
    pub paths: Vec<Path>,
    /// Why not.
    pub reasons: Vec<Vec<Part>>,
    /// What would allow it, the nearest first.
    pub fixes: Vec<Fix>,
}

/// What a stop on the way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopKind {
    /// Who asks.
    Who,
    /// A group, or all users.
    Group,
    /// A role.
    Role,
    /// A place.
    Place,
    /// Places that the reader may not see.
    Hidden,
}

/// A stop on the way from somebody to a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// What it is.
    pub kind: StopKind,
    /// How the way leads here from the stop before: *shared into*, *passed down to*, the words of a relation.
    pub how: String,
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub about: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// One way by which somebody may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// From who asks to the place.
    pub stops: Vec<Stop>,
    /// In words: *given here*, *inherited*, *shared* …
    pub how: String,
    /// When it holds.
    pub window: Window,
    /// Within which limits, in words.
    pub limits: Vec<String>,
    /// What it depends on, in words; empty: nothing.
    pub depends: Vec<String>,
    /// The one edit that ends it.
    pub ends: Prepared,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{GroupId, ServiceAccountId, UserId};

    #[test]
    fn a_moment_is_read_as_a_field_writes_it_and_nothing_else_is() {
        let table = [
            ("1970-01-01T00:00", Some(0)),
            ("2000-02-29T00:00Z", Some(951_782_400_000)),
            ("2026-11-24T14:02Z", Some(1_795_528_920_000)),
            ("2026-11-24T14:02:07", Some(1_795_528_920_000)),
            ("2026-02-29T00:00", None),
            ("2026-13-01T00:00", None),
            ("2026-11-24T24:00", None),
            ("2026-11-24", None),
            ("+026-11-24T14:02", None),
            ("tomorrow", None),
        ];
        for (text, wanted) in table {
            assert_eq!(moment(text), wanted, "{text}");
        }
    }

    #[test]
    fn who_stands_in_an_address_reads_back() {
        let all = [
            Who::User(UserId::from_bits(7)),
            Who::Group(GroupId::from_bits(8)),
            Who::ServiceAccount(ServiceAccountId::from_bits(9)),
        ];
        for who in all {
            assert_eq!(who_of_key(&who_key(who)), Some(who));
        }
        for wrong in ["", "person", "person.x", "nobody.0000000000007"] {
            assert_eq!(who_of_key(wrong), None, "{wrong}");
        }
    }
}
