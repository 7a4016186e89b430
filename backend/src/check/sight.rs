//! Which places the reader may see, and what a place is called to them.
//!
//! INVARIANT: a place is named to who may see it, as its kind says, to who holds something on it, and, along
//! the way by which that came, so are the places above. All others are at most counted.

use crate::applications::tree::{APPLICATION, STAGE};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::in_words;
use model::catalog::{Permission, Right};
use model::decide::{self, Context, Question, Verdict};
use model::explain;
use model::grant::Who;
use model::id::ObjectId;
use model::limit::{Comparison, Limits, Test, Value};
use model::object::TENANT;
use model::state::State;
use model::view::hidden::HIDDEN;
use std::collections::BTreeSet;

/// What a place is called whose name the reader may not read.
const UNNAMED: &str = "…";

/// What the reader may see.
pub(crate) struct Sight<'a> {
    caller: &'a Caller,
    /// Where the reader holds something.
    held: BTreeSet<ObjectId>,
    /// What is named to the reader whatever its kind says: where they hold something, and what is above.
    named: BTreeSet<ObjectId>,
}

impl Sight<'_> {
    /// Works on a thread of its own: going through thousands of places or people is nothing that others should wait
    /// for.
    pub(crate) async fn aside<T: Send + 'static>(
        caller: &Caller,
        work: impl FnOnce(&Caller, &Sight<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let caller = caller.clone();
        let working = move || work(&caller, &Sight::of(&caller));
        tokio::task::spawn_blocking(working).await.map_err(Error::broken)?
    }
}

impl<'a> Sight<'a> {
    pub(crate) fn of(caller: &'a Caller) -> Self {
        let state = &caller.state;
        let grants = decide::grants_for(state, caller.user)
            .filter(|grant| grant.window.holds(caller.at) && !state.permissions_of(grant.role).is_empty());
        let held: BTreeSet<ObjectId> = grants.map(|grant| grant.object).collect();
        let mut named: BTreeSet<ObjectId> = held.clone();
        named.insert(ObjectId::ORGANIZATION);
        for place in &held {
            // As long as it is held by one thing alone: of several placements none is the way.
            let mut here = *place;
            while let (Some(parent), None) = first_two(state.placements(here)) {
                named.insert(parent);
                here = parent;
            }
        }
        Self { caller, held, named }
    }

    /// Whether the reader may see that a place is there.
    pub(crate) fn sees(&self, object: ObjectId) -> bool {
        self.named.contains(&object) || self.may_view(object)
    }

    fn may_view(&self, object: ObjectId) -> bool {
        let state = &self.caller.state;
        let catalog = state.catalog();
        let Some(here) = state.object(object) else { return false };
        // What belongs to an area that is off is nowhere.
        let Some(kind) = catalog.kind(&here.kind).filter(|_| is_on(state, &here.kind)) else { return false };
        let asked = kind.asks(Right::View).any_of;
        if asked.is_empty() {
            return state.above(object).iter().any(|place| self.held.contains(place));
        }
        asked.iter().filter_map(|key| catalog.number(key)).any(|permission| self.may(permission, object))
    }

    fn may(&self, permission: Permission, object: ObjectId) -> bool {
        let Caller { state, user, at, .. } = self.caller;
        let who = Who::User(*user);
        let question = Question { who, permission, object, at: *at, context: Context::open() };
        decide::verdict(state, &question) != Verdict::Denied
    }

    /// Where the reader holds something.
    pub(crate) fn held(&self) -> impl Iterator<Item = ObjectId> + '_ {
        self.held.iter().copied()
    }

    /// The name of a place, if the reader may see it.
    pub(crate) fn name(&self, object: ObjectId) -> Option<String> {
        let found = self.caller.state.object(object)?;
        self.sees(object).then(|| found.name.clone())
    }

    /// The name of a place, or that the reader may not see it.
    pub(crate) fn name_or_hidden(&self, object: ObjectId) -> String {
        self.name(object).unwrap_or_else(|| HIDDEN.to_owned())
    }

    /// Its [`path`](Self::path), or that the reader may not see it.
    pub(crate) fn path_or_hidden(&self, object: ObjectId) -> String {
        if self.sees(object) { self.path(object) } else { HIDDEN.to_owned() }
    }

    /// The name of a place that the reader may see, after the names of what holds it; of what they may not see
    /// a sign. The organization is called by its own name.
    pub(crate) fn path(&self, object: ObjectId) -> String {
        let state = &self.caller.state;
        if object == ObjectId::ORGANIZATION {
            return state.organization().to_owned();
        }
        let along = self.along(object);
        let mut names: Vec<&str> = Vec::new();
        for place in state.chain(object).filter(|place| place.id != ObjectId::ORGANIZATION) {
            let is_named = along.contains(&place.id) || self.sees(place.id);
            let name = if is_named { place.name.as_str() } else { UNNAMED };
            if name != UNNAMED || names.last() != Some(&UNNAMED) {
                names.push(name);
            }
        }
        names.reverse();
        names.join(" / ")
    }

    /// What lies between a place and where the reader holds something. What is held on the whole organization
    /// came by no way of its own: there the kinds of the places decide.
    fn along(&self, object: ObjectId) -> Vec<ObjectId> {
        let state = &self.caller.state;
        let above = state.above(object);
        let held =
            above.iter().filter(|place| self.held.contains(place) && **place != ObjectId::ORGANIZATION);
        let routes = held.filter_map(|place| explain::route(state, object, *place));
        routes.flatten().map(|step| step.holder).collect()
    }

    /// The address of a place's page; none where it has none, or none that the reader may open.
    pub(crate) fn page(&self, object: ObjectId) -> Option<String> {
        let state = &self.caller.state;
        let here = state.object(object).filter(|_| self.sees(object))?;
        let area = state.catalog().area_of_kind(&here.kind).filter(|area| area.on)?;
        let is_on = |key: &str| state.catalog().pack(key).is_some_and(|area| area.on);
        let in_tenants = |tenant: ObjectId| is_on("packaging") && crate::tenants::sees(self.caller, tenant);
        let parent = here.parent.filter(|parent| self.sees(*parent));
        match (here.kind.as_str(), area.pack.key.as_str()) {
            (TENANT, _) if in_tenants(object) => Some(format!("/tenants/{object}")),
            (TENANT, _) => is_on("automation").then(|| format!("/folders/{object}")),
            ("app", _) => {
                parent.filter(|tenant| in_tenants(*tenant)).map(|tenant| format!("/tenants/{tenant}/apps"))
            }
            (APPLICATION, _) => Some(format!("/applications/{object}")),
            (STAGE, _) => parent.map(|application| format!("/applications/{application}?stage={object}")),
            (_, "automation") => Some(format!("/folders/{object}")),
            _ => None,
        }
    }

    /// What an object is, and in how many further places that the reader may not see.
    pub(crate) fn about(&self, object: ObjectId) -> String {
        let state = &self.caller.state;
        let kind = state.object(object).and_then(|here| state.catalog().kind(&here.kind));
        let kind = kind.map(|kind| kind.name.clone()).unwrap_or_default();
        match state.placements(object).filter(|place| !self.sees(*place)).count() {
            0 => kind,
            1 => format!("{kind}, in 1 place that you may not see"),
            many => format!("{kind}, in {many} places that you may not see"),
        }
    }

    /// Each limit in words; of places that the reader may not see only how many.
    pub(crate) fn limits(&self, limits: &Limits) -> Vec<String> {
        let state = &self.caller.state;
        limits
            .iter()
            .flat_map(|one| {
                let hidden = |value: &&Value| matches!(value, Value::Place(place) if !self.sees(*place));
                let count = one.values().unwrap_or_default().iter().filter(hidden).count();
                if count == 0 {
                    return in_words::limits(state, &Limits::new(vec![one.clone()]));
                }
                let seen = one.values().unwrap_or_default().iter().filter(|value| !hidden(value)).cloned();
                let seen: Vec<Value> = seen.collect();
                let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
                if seen.is_empty() {
                    return vec![format!("only on {places} that you may not see")];
                }
                let named = Limits::new(vec![Comparison::new(one.property.clone(), Test::In(seen))]);
                let named = in_words::limits(state, &named);
                named.into_iter().map(|words| format!("{words} or {places} that you may not see")).collect()
            })
            .collect()
    }
}

/// Whether the area of a kind is on.
fn is_on(state: &State, kind: &str) -> bool {
    state.catalog().area_of_kind(kind).is_some_and(|area| area.on)
}

fn first_two(mut places: impl Iterator<Item = ObjectId>) -> (Option<ObjectId>, Option<ObjectId>) {
    (places.next(), places.next())
}
