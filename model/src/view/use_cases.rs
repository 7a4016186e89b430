//! What is given in one sentence: the use cases that are offered on the page of a place, each a few built-in roles
//! with limits; the limits that a role can be given under; and what keeps a robot busy.

use crate::Millis;
use crate::grant::Subject;
use crate::id::ObjectId;
use crate::limit::{Comparison, Limits, Property, Side, Test, Value};
use crate::view::folders::Near;
use crate::view::people::Named;
use serde::{Deserialize, Serialize};

/// A use case, with the places that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UseCase {
    /// May start that process on any robot of a place, and nothing else.
    Start {
        /// The process.
        process: ObjectId,
        /// A folder or an environment.
        within: ObjectId,
    },
    /// May start that process on that robot only.
    StartOn {
        /// The process.
        process: ObjectId,
        /// The robot.
        robot: ObjectId,
    },
    /// May deploy to that environment, and to no other.
    Deploy {
        /// The environment.
        environment: ObjectId,
    },
    /// The robots of that place are theirs, as a business team's are.
    Own {
        /// A folder, an environment or a robot.
        place: ObjectId,
    },
}

/// Somebody is given a use case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Who.
    pub subject: Subject,
    /// What.
    pub case: UseCase,
}

/// Which use case is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offered {
    /// On a process: to start it and nothing else. Where it runs is chosen.
    Start,
    /// On a process: to start it on one robot, which is chosen.
    StartOnRobot,
    /// On a robot: to start one process on it, which is chosen.
    StartProcess,
    /// On an environment: to deploy to it.
    Deploy,
    /// On a folder, an environment or a robot: to have its robots.
    Own,
    /// On what can be in several folders: one more.
    Share,
}

impl Offered {
    /// The use case on a place, once what is to be chosen has been.
    #[must_use]
    pub fn on(self, place: ObjectId, chosen: Option<ObjectId>) -> Option<UseCase> {
        match self {
            Self::Start => Some(UseCase::Start { process: place, within: chosen? }),
            Self::StartOnRobot => Some(UseCase::StartOn { process: place, robot: chosen? }),
            Self::StartProcess => Some(UseCase::StartOn { process: chosen?, robot: place }),
            Self::Deploy => Some(UseCase::Deploy { environment: place }),
            Self::Own => Some(UseCase::Own { place }),
            Self::Share => None,
        }
    }
}

/// What else has to be chosen for a use case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choose {
    /// What it is: *Robot*.
    pub label: String,
    /// The key of its kind, where it can be looked for.
    pub kind: Option<String>,
    /// Those that are near; none where they are too many, and have to be looked for.
    pub near: Vec<Near>,
    /// Whether the first is chosen already.
    pub first: bool,
}

/// A use case that is offered on a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which.
    pub what: Offered,
    /// What somebody will be able to do, in one sentence without its beginning: *may start Pay run, and nothing else*.
    pub sentence: String,
    /// The same once all is chosen, `{}` for what is chosen.
    pub said: String,
    /// What else has to be chosen.
    pub choose: Option<Choose>,
    /// Why the reader may not give it.
    pub refused: Option<String>,
}

/// A limit under which a role can be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitKind {
    /// The key of the property.
    pub key: String,
    /// What it says: *Only on one robot*.
    pub words: String,
    /// The key of the kind of place that is chosen.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// The limit that something around the question is that place.
#[must_use]
pub fn only(key: &str, place: ObjectId) -> Limits {
    let property = Property::new(Side::Context, key);
    Limits::new(vec![Comparison::new(property, Test::Equals(Value::Place(place)))])
}

/// The place that limits name, if they are that one limit and nothing else.
#[must_use]
pub fn only_place(limits: &Limits, key: &str) -> Option<ObjectId> {
    let mut all = limits.iter();
    let (one, None) = (all.next()?, all.next()) else { return None };
    match &one.test {
        Test::Equals(Value::Place(place)) if one.property == Property::new(Side::Context, key) => {
            Some(*place)
        }
        _ => None,
    }
}

/// Whether a robot or machine is busy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occupancy {
    /// It is not, as was last reported.
    Free,
    /// It is.
    Busy {
        /// Until about when.
        until: Millis,
        /// With which process, for who may see that one.
        with: Option<Named<ObjectId>>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_to_one_place_reads_back_and_nothing_else_does() {
        let place = ObjectId::from_bits(7);
        let robot = only("robot", place);
        assert_eq!(only_place(&robot, "robot"), Some(place));
        assert_eq!(only_place(&robot, "process"), None);
        assert_eq!(only_place(&Limits::NONE, "robot"), None);
        let both: Vec<Comparison> = robot.iter().chain(only("process", place).iter()).cloned().collect();
        assert_eq!(only_place(&Limits::new(both), "robot"), None);
    }
}
