//! One way by which somebody may, drawn stop by stop: who, through which group, by which role, from which place.

use super::Asking;
use super::say;
use model::explain::{self, Step};
use model::grant::{Subject, Who};
use model::id::ObjectId;
use model::object::How;
use model::view::check::{Path, Stop, StopKind};

impl Asking<'_> {
    /// A path to something on an object.
    pub(super) fn path(&self, who: Who, object: ObjectId, path: &explain::Path) -> Path {
        let route = explain::route(&self.caller.state, object, path.grant.object).unwrap_or_default();
        let mut stops = self.holders(who, path);
        stops.extend(self.places(path.grant.object, &route));
        Path {
            stops,
            how: self.how(path.grant.object, &route),
            window: path.grant.window,
            limits: self.sight.limits(&path.grant.limits),
            depends: self.properties(&path.depends),
            ends: self.ending(who, path),
        }
    }

    /// Who asks, the group and the role.
    fn holders(&self, who: Who, path: &explain::Path) -> Vec<Stop> {
        let state = &self.caller.state;
        let (sees_people, sees_roles) = (self.caller.may("people.view"), self.caller.may("roles.view"));
        let (about, href) = match who {
            Who::User(user) => ("person".to_owned(), sees_people.then(|| format!("/people/{user}"))),
            Who::Group(group) => (say::group(state, group), sees_people.then(|| format!("/groups/{group}"))),
            Who::ServiceAccount(_) => ("service account".to_owned(), None),
        };
        let stop =
            |kind, name: String, about: String, href| Stop { kind, how: String::new(), name, about, href };
        let mut stops = vec![stop(StopKind::Who, self.called(who), about, href)];
        if let Some(group) = path.group {
            let name = state.group(group).map(|group| group.name.clone()).unwrap_or_default();
            let href = sees_people.then(|| format!("/groups/{group}"));
            stops.push(stop(StopKind::Group, name, say::group(state, group), href));
        }
        if path.grant.subject == Subject::Everyone {
            stops.push(stop(StopKind::Group, "All users".to_owned(), "every active person".to_owned(), None));
        }
        let role = path.grant.role;
        let name = state.role(role).map(|role| role.name.clone()).unwrap_or_default();
        let href = sees_roles.then(|| format!("/roles/{role}"));
        stops.push(stop(StopKind::Role, name, "role".to_owned(), href));
        stops
    }

    /// The places from where the role is given down to what is asked about. What the reader may not see is
    /// counted.
    fn places(&self, from: ObjectId, route: &[Step]) -> Vec<Stop> {
        let down = route.iter().rev().map(|step| (step.object, self.leads(step)));
        let all = std::iter::once((from, "on".to_owned())).chain(down);
        let mut stops: Vec<Stop> = Vec::new();
        let mut hidden = 0;
        for (place, how) in all {
            let Some(name) = self.sight.name(place) else {
                hidden += 1;
                let name = say::count(hidden, "place that you may not see", "places that you may not see");
                match stops.last_mut().filter(|last| last.kind == StopKind::Hidden) {
                    Some(last) => last.name = name,
                    None => stops.push(Stop {
                        kind: StopKind::Hidden,
                        how,
                        name,
                        about: String::new(),
                        href: None,
                    }),
                }
                continue;
            };
            hidden = 0;
            let state = &self.caller.state;
            let kind = state.object(place).and_then(|object| state.catalog().kind(&object.kind));
            let about = kind.map(|kind| kind.name.to_lowercase()).unwrap_or_default();
            let href = self.sight.page(place);
            stops.push(Stop { kind: StopKind::Place, how, name, about, href });
        }
        stops
    }

    fn leads(&self, step: &Step) -> String {
        match &step.how {
            None => "holds".to_owned(),
            Some(How::Shared) => "is shared".to_owned(),
            Some(How::PassedDown) => "is passed".to_owned(),
            Some(How::Related(key)) => {
                let relation = self.caller.state.catalog().relation(key);
                relation.map(|relation| relation.name.clone()).unwrap_or_default()
            }
        }
    }

    fn how(&self, from: ObjectId, route: &[Step]) -> String {
        if route.is_empty() {
            return "Given on this very place".to_owned();
        }
        let uses = |wanted: fn(&How) -> bool| route.iter().any(|step| step.how.as_ref().is_some_and(wanted));
        let mut ways = Vec::new();
        if uses(|how| *how == How::Shared) {
            ways.push("because it is shared");
        }
        if uses(|how| *how == How::PassedDown) {
            ways.push("because it is passed down");
        }
        if uses(|how| matches!(how, How::Related(_))) {
            ways.push("because they belong together");
        }
        let from = match from == ObjectId::ORGANIZATION {
            true => "the organization".to_owned(),
            false => self.sight.name_or_hidden(from),
        };
        format!("Inherited from {from} {}", ways.join(" and ")).trim_end().to_owned()
    }
}
