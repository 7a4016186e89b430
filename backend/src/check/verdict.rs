//! May somebody do something somewhere: the verdict in a sentence, each permission that it takes with its paths
//! or the reasons against, and the nearest fixes.

use super::form::{Understood, choice_of_place};
use super::say::{self, text};
use super::{Asking, actions, may_ask_about};
use model::action::{self, Ask, Part as NeedFound};
use model::catalog::InForce;
use model::decide::{Question, Verdict as Decided};
use model::explain;
use model::grant::Who;
use model::id::ObjectId;
use model::view::check::{Need, Outcome, Path, Verdict};
use model::words::Part;

/// How many fixes each missing permission shows.
const FIXES: usize = 5;
/// How many robots are named.
const ROBOTS: usize = 10;

impl Asking<'_> {
    pub(super) fn verdict(&self, asked: &Understood, who: Who, action: &str, place: ObjectId) -> Verdict {
        let state = &self.caller.state;
        let ask = Ask {
            who,
            action: action.to_owned(),
            object: place,
            at: asked.at,
            context: asked.context.clone(),
        };
        let answer = action::ask(state, &ask);
        // Each need is explained as it was asked.
        let ask = Ask { context: answer.context.clone(), ..ask };
        // Fixes name roles and groups: for who may see those.
        let no_fixes = may_ask_about(self.caller, None).err().map(|_| {
            "Ask an administrator. What would allow it is shown to people who may see people and roles."
                .to_owned()
        });
        let needs: Vec<Need> =
            answer.parts.iter().map(|part| self.need(&ask, part, no_fixes.is_none())).collect();
        let takes_robot = actions::asks(state.catalog(), action).robot;
        let robots = match takes_robot && asked.robot.is_none() && answer.verdict != Decided::Allowed {
            true => action::robots_to_name(state, &ask),
            false => Vec::new(),
        };
        let seen: Vec<ObjectId> =
            robots.iter().copied().filter(|robot| self.sight.sees(*robot)).take(ROBOTS).collect();
        let outcome = say::outcome(&answer.verdict);
        Verdict {
            outcome,
            sentence: self.sentence(asked, who, action, place, &answer.verdict),
            because: self.because(&needs, outcome),
            needs,
            more_robots: (robots.len() - seen.len()) as u64,
            robots: seen.into_iter().map(|robot| choice_of_place(self.sight, robot)).collect(),
            no_fixes,
        }
    }

    fn need(&self, ask: &Ask, part: &NeedFound, with_fixes: bool) -> Need {
        let state = &self.caller.state;
        let entry = state.catalog().entry(part.permission);
        let outcome = say::outcome(&part.verdict);
        let mut need = Need {
            permission: entry.map(|entry| entry.name.clone()).unwrap_or_default(),
            opens: entry.map(|entry| entry.opens.clone()).unwrap_or_default(),
            in_force: entry.map_or(InForce::Nowhere, |entry| entry.in_force),
            place: None,
            outcome,
            paths: Vec::new(),
            reasons: Vec::new(),
            fixes: Vec::new(),
        };
        if let Decided::Depends(on) = &part.verdict {
            need.reasons.push(vec![text(format!("Depends on {}.", say::list(&self.properties(on), "and")))]);
        }
        let Some(object) = part.object else {
            if outcome == Outcome::Denied {
                need.reasons.push(vec![text("The question does not say on what.")]);
            }
            return need;
        };
        need.place = Some(match object == ObjectId::ORGANIZATION {
            true => "the organization".to_owned(),
            false => self.sight.name_or_hidden(object),
        });
        let question = Question {
            who: ask.who,
            permission: part.permission,
            object,
            at: ask.at,
            context: ask.context.clone(),
        };
        need.paths =
            explain::why(state, &question).iter().map(|path| self.path(ask.who, object, path)).collect();
        let why_not = explain::why_not(state, &question);
        let reasons = why_not.reasons.iter().map(|reason| self.reason(reason, ask.who, part.permission));
        need.reasons.extend(reasons);
        if with_fixes && outcome != Outcome::Allowed {
            let fixes = explain::fixes(state, &question, FIXES, || self.random.bits());
            need.fixes = fixes.iter().map(|fix| self.fix(fix)).collect();
        }
        need
    }

    fn sentence(
        &self,
        asked: &Understood,
        who: Who,
        action: &str,
        place: ObjectId,
        verdict: &Decided,
    ) -> String {
        let name = actions::named(self.caller.state.catalog(), action).map(|(name, _)| name);
        let verb = say::verb(&name.unwrap_or_default());
        let robot = asked.robot.and_then(|robot| self.sight.name(robot));
        let robot = robot.map(|robot| format!(", on robot {robot}")).unwrap_or_default();
        let what = format!("{verb} {}{robot}", self.at(place));
        let subject = self.subject(who);
        match verdict {
            Decided::Allowed => format!("{subject} may {what}."),
            Decided::Denied => format!("{subject} may not {what}."),
            Decided::Depends(on) => {
                let subject = if subject == "You" { "you".to_owned() } else { subject };
                let on = say::list(&self.properties(on), "and");
                format!("It depends on {on} whether {subject} may {what}.")
            }
        }
    }

    fn because(&self, needs: &[Need], outcome: Outcome) -> Vec<Vec<Part>> {
        match (outcome, needs) {
            (Outcome::Allowed, [only]) => {
                let plain = only.paths.iter().filter(|path| path.depends.is_empty()).count();
                let mut said = vec![text(format!("By {}", say::count(plain, "path", "paths")))];
                if let Some(until) = ends(&only.paths) {
                    said.extend([text(", until "), Part::Time(until)]);
                }
                said.push(text("."));
                vec![said]
            }
            (Outcome::Allowed, all) => {
                vec![vec![text(format!("All {} permissions that it takes are there.", all.len()))]]
            }
            (_, [only]) => only.reasons.iter().take(2).cloned().collect(),
            (_, all) => all
                .iter()
                .filter(|need| need.outcome == Outcome::Denied)
                .map(|need| {
                    let place = need.place.as_ref().map(|place| format!(" on {place}")).unwrap_or_default();
                    vec![text(format!("Missing: “{}”{place}.", need.permission))]
                })
                .collect(),
        }
    }
}

/// When the last of the paths ends, if all of them do.
fn ends(paths: &[Path]) -> Option<model::Millis> {
    let plain = paths.iter().filter(|path| path.depends.is_empty());
    let ends: Option<Vec<model::Millis>> = plain.map(|path| path.window.until).collect();
    ends?.into_iter().max()
}
