//! Answers that are lists: who may, what may somebody, and where may they. Counts are exact; of places that the
//! reader may not see only the number is told.

use super::form::{Understood, choice_of, choice_of_place};
use super::{Asking, actions, say};
use model::action::{self, Ask};
use model::catalog::{InForce, On, Permission};
use model::decide::{self, Verdict};
use model::grant::Who;
use model::id::{ObjectId, ServiceAccountId, UserId};
use model::limit::Property;
use model::lists;
use model::name::order_of;
use model::view::Page;
use model::view::check::{Choice, Conditional, MayDo, MayDoThere, PAGE, WhatCan, WhereCan, WhoCan};

/// How many places are shown with what may be done there.
const PLACES: usize = 50;

impl Asking<'_> {
    pub(super) fn who_can(&self, asked: &Understood, action: &str, place: ObjectId) -> WhoCan {
        let state = &self.caller.state;
        let found = self.found(asked, action, place);
        let mut people: Vec<UserId> = found.people;
        people.sort_by_cached_key(|user| (state.person(*user).map(|one| one.profile.order()), *user));
        let mut accounts: Vec<ServiceAccountId> = found.accounts;
        accounts.sort_by_cached_key(|id| (state.service_account(*id).map(|one| order_of(&one.name)), *id));
        let mut depends: Vec<(Choice, Vec<Property>)> =
            found.depends.into_iter().map(|(who, on)| (choice_of(state, who), on)).collect();
        depends.sort_by_cached_key(|(who, _)| (order_of(&who.name), who.value.clone()));
        let name = actions::named(state.catalog(), action).map(|(name, _)| name).unwrap_or_default();
        let what = format!("may {} {}", say::verb(&name), self.at(place));
        let who = match (people.len(), accounts.len()) {
            (0, 0) => "Nobody".to_owned(),
            (people, 0) => say::count(people, "person", "people"),
            (0, accounts) => say::count(accounts, "service account", "service accounts"),
            (people, accounts) => {
                let accounts = say::count(accounts, "service account", "service accounts");
                format!("{} and {accounts}", say::count(people, "person", "people"))
            }
        };
        let under = match depends.len() {
            0 => String::new(),
            many => format!(" {many} more may under conditions."),
        };
        let (accounts_total, depends_total) = (accounts.len() as u64, depends.len() as u64);
        let first = PAGE as usize;
        WhoCan {
            sentence: format!("{who} {what}.{under}"),
            in_force: self.in_force(action),
            people: Page::of(people.iter(), asked.page, PAGE).map(|user| choice_of(state, Who::User(*user))),
            accounts: accounts.iter().take(first).map(|id| choice_of(state, (*id).into())).collect(),
            accounts_total,
            depends: depends
                .into_iter()
                .take(first)
                .map(|(who, on)| Conditional { who, on: self.properties(&on) })
                .collect(),
            depends_total,
        }
    }

    /// Who may do something: by its one permission, or asked person by person where it takes several.
    fn found(&self, asked: &Understood, action: &str, place: ObjectId) -> lists::WhoCan {
        let state = &self.caller.state;
        let catalog = state.catalog();
        let Some(taken) = catalog.action(action) else {
            return match catalog.number(action) {
                Some(permission) => lists::who_can(state, permission, place, asked.at, &asked.context),
                None => lists::WhoCan::default(),
            };
        };
        // Whoever may must hold what is needed on the object itself.
        let on_object = taken.needs.iter().find(|need| need.on == On::Object);
        let Some(permission) = on_object.and_then(|need| catalog.number(&need.permission)) else {
            return lists::WhoCan::default();
        };
        let first = lists::who_can(state, permission, place, asked.at, &asked.context);
        let candidates = first.people.into_iter().map(Who::User);
        let candidates = candidates.chain(first.accounts.into_iter().map(Who::ServiceAccount));
        let candidates = candidates.chain(first.depends.into_iter().map(|(who, _)| who));
        let mut found = lists::WhoCan::default();
        for who in candidates {
            match (self.decided(asked, who, action, place), who) {
                (Verdict::Allowed, Who::User(user)) => found.people.push(user),
                (Verdict::Allowed, Who::ServiceAccount(account)) => found.accounts.push(account),
                (Verdict::Depends(on), _) => found.depends.push((who, on)),
                (Verdict::Allowed | Verdict::Denied, _) => {}
            }
        }
        found
    }

    /// The bare answer. Who holds nothing of what is needed is not asked about every robot.
    fn decided(&self, asked: &Understood, who: Who, action: &str, object: ObjectId) -> Verdict {
        let state = &self.caller.state;
        let needs = state.catalog().action(action).into_iter().flat_map(|action| &action.needs);
        let holds_all = needs.filter_map(|need| state.catalog().number(&need.permission)).all(|permission| {
            decide::grants_for(state, who)
                .any(|grant| grant.window.holds(asked.at) && state.role_allows(grant.role, permission))
        });
        if !holds_all {
            return Verdict::Denied;
        }
        let (action, context) = (action.to_owned(), asked.context.clone());
        action::ask(state, &Ask { who, action, object, at: asked.at, context }).verdict
    }

    /// Where something is in force: as far as the permission that is needed first.
    fn in_force(&self, action: &str) -> InForce {
        let catalog = self.caller.state.catalog();
        let first = catalog.action(action).and_then(|action| action.needs.first());
        let key = first.map_or(action, |need| need.permission.as_str());
        let entry = catalog.number(key).and_then(|number| catalog.entry(number));
        entry.map_or(InForce::Nowhere, |entry| entry.in_force)
    }

    pub(super) fn what_can(&self, asked: &Understood, who: Who, place: Option<ObjectId>) -> WhatCan {
        let state = &self.caller.state;
        let place = place.unwrap_or(ObjectId::ORGANIZATION);
        let held = lists::what_can(state, who, place, asked.at);
        let held: Vec<_> =
            held.iter().filter(|one| !(one.permissions.is_empty() && one.depends.is_empty())).collect();
        let seen: Vec<_> = held.iter().filter(|one| self.sight.sees(one.object)).collect();
        let called = self.subject(who);
        let beneath = format!("{} and beneath", self.at(place));
        let sentence = if !state.is_active(who) {
            format!("{} So they may do nothing.", self.inactive(who))
        } else if held.is_empty() {
            format!("{called} may do nothing {beneath}.")
        } else {
            format!("What {} may do {beneath}.", if called == "You" { "you".to_owned() } else { called })
        };
        let places = seen.iter().take(PLACES).map(|one| MayDoThere {
            place: choice_of_place(self.sight, one.object),
            areas: self.by_area(one),
        });
        WhatCan {
            sentence,
            places: places.collect(),
            more: seen.len().saturating_sub(PLACES) as u64,
            hidden: (held.len() - seen.len()) as u64,
        }
    }

    fn by_area(&self, held: &lists::Held) -> Vec<(String, Vec<MayDo>)> {
        let catalog = self.caller.state.catalog();
        let on = |permission: Permission| -> Option<Vec<String>> {
            if held.permissions.contains(permission) {
                return Some(Vec::new());
            }
            let under = held.depends.iter().find(|(set, _)| set.contains(permission));
            under.map(|(_, on)| self.properties(on))
        };
        let areas = catalog.packs().iter().filter(|area| area.on).map(|area| {
            let entries = catalog.permissions_of(&area.pack.key).filter_map(|permission| {
                let (on, entry) = (on(permission)?, catalog.entry(permission)?);
                Some(MayDo { key: entry.key.clone(), name: entry.name.clone(), on })
            });
            (area.pack.name.clone(), entries.collect::<Vec<_>>())
        });
        areas.filter(|(_, entries)| !entries.is_empty()).collect()
    }

    pub(super) fn where_can(&self, asked: &Understood, who: Who, action: &str) -> WhereCan {
        let state = &self.caller.state;
        let (name, kind) = actions::named(state.catalog(), action).unwrap_or_default();
        let permission = state.catalog().number(action);
        let compound = state.catalog().action(action).is_some();
        let mut allowed: Vec<(String, ObjectId)> = Vec::new();
        let mut depends = 0;
        for object in state.objects().filter(|object| object.kind == kind) {
            let verdict = match permission {
                Some(permission) if !compound => decide::verdict(
                    state,
                    &decide::Question {
                        who,
                        permission,
                        object: object.id,
                        at: asked.at,
                        context: asked.context.clone(),
                    },
                ),
                _ => self.decided(asked, who, action, object.id),
            };
            // What the reader may not see is in no list and in no count.
            match verdict {
                Verdict::Denied => {}
                _ if !self.sight.sees(object.id) => {}
                Verdict::Allowed => allowed.push((order_of(&object.name), object.id)),
                Verdict::Depends(_) => depends += 1,
            }
        }
        allowed.sort_unstable();
        let kind = state.catalog().kind(&kind);
        let kinds = kind.map(|kind| (kind.name.to_lowercase(), kind.several().to_lowercase()));
        let (one, many) = kinds.unwrap_or_else(|| ("place".to_owned(), "places".to_owned()));
        let place = match allowed.len() {
            0 => format!("no {one} that you may see"),
            number => say::count(number, &one, &many),
        };
        WhereCan {
            sentence: format!("{} may {} in {place}.", self.subject(who), say::verb(&name)),
            in_force: self.in_force(action),
            places: Page::of(allowed.iter(), asked.page, PAGE)
                .map(|(_, id)| choice_of_place(self.sight, *id)),
            depends,
        }
    }
}
