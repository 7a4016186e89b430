//! Answers in words. Names of places come from [`Sight`] alone.

use super::Asking;
use model::catalog::Permission;
use model::decide::Verdict;
use model::explain::Reason;
use model::grant::{Grant, Subject, Who};
use model::id::{GroupId, ObjectId};
use model::limit::{Limits, Property};
use model::person::Status;
use model::state::State;
use model::view::check::Outcome;
use model::words::Part;

pub(super) fn text(words: impl Into<String>) -> Part {
    Part::Text(words.into())
}

/// `1 person`, `4 people`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What a group is, beside its name.
pub(super) fn group(state: &State, group: GroupId) -> String {
    format!("group, {}", count(state.member_count(group), "person", "people"))
}

pub(super) fn outcome(verdict: &Verdict) -> Outcome {
    match verdict {
        Verdict::Allowed => Outcome::Allowed,
        Verdict::Denied => Outcome::Denied,
        Verdict::Depends(_) => Outcome::Depends,
    }
}

/// The name of an action as it stands behind *may*.
pub(super) fn verb(name: &str) -> String {
    let mut letters = name.chars();
    let (first, second) = (letters.next(), name.chars().nth(1));
    match first {
        // What begins with several capitals is a name.
        Some(first) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// *a, b and c*.
pub(super) fn list(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., end] => format!("{} {last} {end}", head.join(", ")),
    }
}

impl Asking<'_> {
    /// Who is asked about, at the beginning of a sentence.
    pub(super) fn subject(&self, who: Who) -> String {
        match who {
            Who::User(user) if user == self.caller.user => "You".to_owned(),
            Who::Group(_) => format!("Whoever is in {}", self.called(who)),
            _ => self.called(who),
        }
    }

    /// The name of who is asked about.
    pub(super) fn called(&self, who: Who) -> String {
        super::form::choice_of(&self.caller.state, who).name
    }

    /// *in Shop*, *on fin-robot-01*.
    pub(super) fn at(&self, place: ObjectId) -> String {
        let kind = self.caller.state.object(place).map(|object| object.kind.as_str()).unwrap_or_default();
        let inside = ["organization", "tenant", "folder", "application", "stage", "environment"];
        let word = if inside.contains(&kind) { "in" } else { "on" };
        if place == ObjectId::ORGANIZATION {
            return "in the organization".to_owned();
        }
        format!("{word} {}", self.sight.path(place))
    }

    /// The properties that something depends on: *the robot*.
    pub(super) fn properties(&self, properties: &[Property]) -> Vec<String> {
        let catalog = self.caller.state.catalog();
        let name = |one: &Property| match catalog.property(one) {
            Some(known) => format!("the {}", known.name.to_lowercase()),
            None => one.key.clone(),
        };
        let mut names: Vec<String> = properties.iter().map(name).collect();
        names.sort();
        names.dedup();
        names
    }

    /// A role assignment: *Operator on Finance, through Night shift*.
    pub(super) fn assignment(&self, grant: &Grant, who: Who) -> String {
        let state = &self.caller.state;
        let role = state.role(grant.role).map(|role| role.name.clone()).unwrap_or_default();
        let through = match (grant.subject, who) {
            (Subject::Group(group), Who::User(_)) => {
                format!(", through {}", state.group(group).map(|one| one.name.as_str()).unwrap_or_default())
            }
            (Subject::Everyone, _) => ", as everybody has it,".to_owned(),
            _ => String::new(),
        };
        format!("{role}{}{through}", self.on(grant.object))
    }

    /// Where a role is given, behind its name; nothing for the organization.
    pub(super) fn on(&self, place: ObjectId) -> String {
        match place == ObjectId::ORGANIZATION {
            true => String::new(),
            false => format!(" on {}", self.sight.name_or_hidden(place)),
        }
    }

    /// Why somebody may not.
    pub(super) fn reason(&self, reason: &Reason, who: Who, permission: Permission) -> Vec<Part> {
        let state = &self.caller.state;
        let theirs = match who {
            Who::User(user) if user == self.caller.user => "yours",
            Who::Group(_) | Who::ServiceAccount(_) => "its own",
            Who::User(_) => "theirs",
        };
        match reason {
            Reason::NotThere => vec![text("There is no such person or place any more.")],
            Reason::NotActive => vec![text(self.inactive(who))],
            Reason::AreaOff(area) => {
                let name = state.catalog().pack(area).map_or(area.as_str(), |found| found.pack.name.as_str());
                vec![text(format!("The area {name} is off, so nobody may."))]
            }
            Reason::PermissionLimited(_) => {
                let limits = self.sight.limits(state.catalog().limits(permission).unwrap_or(&Limits::NONE));
                vec![text(format!("Whoever holds this permission may use it for {}.", limits.join(", ")))]
            }
            Reason::Limited(grant) => {
                let limits = self.sight.limits(&grant.limits);
                let role = self.assignment(grant, who);
                vec![text(format!("{role} would allow it, but {}.", list(&limits, "and")))]
            }
            Reason::NotYet(grant) => {
                let from = grant.window.from.unwrap_or_default();
                let role = self.assignment(grant, who);
                vec![text(format!("{role} will allow it from ")), Part::Time(from), text(".")]
            }
            Reason::Expired(grant) => {
                let until = grant.window.until.unwrap_or_default();
                let role = self.assignment(grant, who);
                let ended = text(". It ended; nobody took it away.");
                vec![text(format!("{role} allowed it until ")), Part::Time(until), ended]
            }
            Reason::Elsewhere(places) => {
                let places = count(*places, "other place", "other places");
                vec![text(format!("A role of {theirs} allows it in {places}, not here."))]
            }
            Reason::NoPath => vec![text(format!("No role of {theirs} allows it, here or elsewhere."))],
        }
    }

    /// Why somebody may do nothing at all.
    pub(super) fn inactive(&self, who: Who) -> String {
        let called = self.called(who);
        let status = who.person().and_then(|user| self.caller.state.person(user)).map(|one| one.status);
        match (who, status) {
            (Who::User(_), Some(Status::Invited)) => format!("{called} is invited and has not joined yet."),
            (Who::User(_), _) => format!("{called} is inactive."),
            (Who::ServiceAccount(_), _) => format!("{called} is disabled."),
            (Who::Group(_), _) => format!("{called} is gone."),
        }
    }
}
