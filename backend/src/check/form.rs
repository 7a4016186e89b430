//! What the fields of the form mean: what was chosen, or what was typed where no script chose.

use super::sight::Sight;
use super::{actions, may_ask_about};
use crate::caller::Caller;
use crate::error::Result;
use crate::people::matches;
use model::Millis;
use model::decide::{Context, Unsaid};
use model::grant::{Subject, Who};
use model::id::ObjectId;
use model::limit::Value;
use model::name::fold;
use model::object::{Object, ROBOT};
use model::person::Status;
use model::state::State;
use model::view::access::EVERYONE;
use model::view::check::{Asks, CheckQuery, Choice, Field, Form, Found, OFFERED, Typed, moment};
use model::view::check::{who_key, who_of_key};
use std::collections::HashMap;

/// The most characters of a search that count.
const LONGEST_SEARCH: usize = 200;

/// What is asked, as far as it was understood.
pub(super) struct Understood {
    pub who: Option<Who>,
    pub action: Option<String>,
    pub place: Option<ObjectId>,
    pub context: Context,
    pub robot: Option<ObjectId>,
    pub at: Millis,
    pub is_now: bool,
    pub page: u32,
    pub form: Form,
}

impl Understood {
    /// Whether a field holds something that could not be understood.
    pub fn is_unclear(&self) -> bool {
        let form = &self.form;
        let fields = [&form.who, &form.place, &form.robot, &form.environment, &form.process];
        fields.iter().any(|field| field.problem.is_some()) || form.when_problem.is_some()
    }
}

/// Reads a question.
pub(super) fn understand(caller: &Caller, sight: &Sight<'_>, query: &CheckQuery) -> Result<Understood> {
    let state = &caller.state;
    let (mut who, mut who_field) = whom(caller, &query.who)?;
    // Who may not ask about others asks about themselves.
    if who.is_none() && who_field.problem.is_none() && may_ask_about(caller, None).is_err() {
        who = Some(Who::User(caller.user));
        who_field.chosen = choice_of(state, Who::User(caller.user));
    }
    let action = Some(query.action.clone()).filter(|key| !key.is_empty());
    let named = action.as_deref().and_then(|key| actions::named(state.catalog(), key));
    let (mut place, mut place_field) = place_in(state, sight, &query.place, None);
    // What belongs to the organization is asked about there.
    if place.is_none()
        && place_field.problem.is_none()
        && named.as_ref().is_some_and(|(_, kind)| kind == "organization")
    {
        place = Some(ObjectId::ORGANIZATION);
        place_field.chosen = choice_of_place(sight, ObjectId::ORGANIZATION);
    }
    let (robot, robot_field) = place_in(state, sight, &query.robot, Some(ROBOT));
    let (environment, environment_field) = place_in(state, sight, &query.environment, Some("environment"));
    let (process, process_field) = place_in(state, sight, &query.process, Some("process"));
    let mut context = Context::open();
    for (key, value) in [(ROBOT, robot), ("environment", environment), ("process", process)] {
        if let Some(value) = value {
            context = context.with(key, Value::Place(value));
        }
    }
    // A permission of what lies beneath the place is asked about there, with properties of its own.
    if let (Some(key), Some(place)) = (action.as_deref(), place)
        && !actions::is_done_on(state, key, place)
    {
        context.unsaid = Unsaid::OpenBeneath;
    }
    let needed = action.as_deref().map(|key| actions::asks(state.catalog(), key)).unwrap_or_default();
    let asks = Asks {
        robot: needed.robot || robot.is_some() || environment.is_some(),
        process: needed.process || process.is_some(),
    };
    let when = Some(query.when.trim()).filter(|when| !when.is_empty());
    let at = when.map(moment);
    Ok(Understood {
        who,
        action: action.filter(|_| named.is_some()),
        place,
        context,
        robot,
        at: at.flatten().unwrap_or(caller.at),
        is_now: at.is_none(),
        page: query.page.max(1),
        form: Form {
            who: who_field,
            action: query.action.clone(),
            place: place_field,
            robot: robot_field,
            environment: environment_field,
            process: process_field,
            when: query.when.clone(),
            when_problem: (at == Some(None))
                .then(|| "Write a date and a time, such as 2026-11-25T14:00.".to_owned()),
            asks,
        },
    })
}

fn whom(caller: &Caller, typed: &Typed) -> Result<(Option<Who>, Field)> {
    let state = &caller.state;
    let chosen = who_of_key(&typed.value);
    if let Some(text) = other_text(typed, || chosen.map(|who| choice_of(state, who).name)) {
        let found = find_who(caller, &text);
        let only = the_one(&found, &text);
        let field = field_of(only.clone(), &found, &text, "Nobody of that name is found.");
        return Ok((only.and_then(|choice| who_of_key(&choice.value)), field));
    }
    if typed.is_empty() || typed.text.as_deref() == Some("") {
        return Ok((None, Field::default()));
    }
    // Refused before anything is looked up: it says nothing about who is there.
    may_ask_about(caller, chosen)?;
    match chosen.filter(|who| state.subjects_of(*who).next().is_some()) {
        Some(who) => Ok((Some(who), Field { chosen: choice_of(state, who), ..Field::default() })),
        None => Ok((None, wrong("There is nobody of that kind any more."))),
    }
}

fn place_in(
    state: &State,
    sight: &Sight<'_>,
    typed: &Typed,
    kind: Option<&str>,
) -> (Option<ObjectId>, Field) {
    let is_right = |object: &ObjectId| {
        sight.sees(*object) && kind.is_none_or(|kind| state.object(*object).is_some_and(|o| o.kind == kind))
    };
    let chosen: Option<ObjectId> = typed.value.parse().ok().filter(is_right);
    if let Some(text) = other_text(typed, || chosen.map(|place| sight.path(place))) {
        let is_right = |object: &Object| kind.is_none_or(|kind| object.kind == kind);
        let found = find_places(state, sight, &text, is_right);
        let only = the_one(&found, &text);
        let field = field_of(only.clone(), &found, &text, "No place of that name is found.");
        return (only.and_then(|choice| choice.value.parse().ok()), field);
    }
    if typed.is_empty() || typed.text.as_deref() == Some("") {
        return (None, Field::default());
    }
    match chosen {
        Some(place) => (Some(place), Field { chosen: choice_of_place(sight, place), ..Field::default() }),
        None => (None, wrong("There is no such place, or it is not for you to see.")),
    }
}

/// What was typed, where that is something else than what was chosen.
fn other_text(typed: &Typed, chosen: impl Fn() -> Option<String>) -> Option<String> {
    let text = typed.text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    (chosen().as_deref() != Some(text)).then(|| text.to_owned())
}

/// The only one that is found, or the only one of just that name.
fn the_one(found: &Found, text: &str) -> Option<Choice> {
    let text = fold(text);
    let mut exact = found.options.iter().filter(|one| fold(&one.name) == text);
    match (exact.next(), exact.next(), found.options.as_slice()) {
        (Some(one), None, _) => Some(one.clone()),
        (None, None, [one]) => Some(one.clone()),
        _ => None,
    }
}

fn field_of(only: Option<Choice>, found: &Found, text: &str, nothing: &str) -> Field {
    // What was typed stays in the field.
    let chosen = only.clone().unwrap_or_else(|| Choice { name: text.to_owned(), ..Choice::default() });
    let problem = match (only, found.options.is_empty()) {
        (Some(_), _) => None,
        (None, true) => Some(nothing.to_owned()),
        (None, false) => Some(format!("{} fit. Choose one.", found.total)),
    };
    let meant = if problem.is_some() { found.options.clone() } else { Vec::new() };
    Field { chosen, problem, meant }
}

fn wrong(problem: &str) -> Field {
    Field { problem: Some(problem.to_owned()), ..Field::default() }
}

/// People by name, then groups, then service accounts.
pub(super) fn find_who(caller: &Caller, search: &str) -> Found {
    let state = &caller.state;
    let search = fold(&search.chars().take(LONGEST_SEARCH).collect::<String>());
    let is_open = may_ask_about(caller, None).is_ok();
    let mut found = Found::default();
    let mut add = |who: Who| {
        found.total += 1;
        if found.options.len() < OFFERED {
            found.options.push(choice_of(state, who));
        }
    };
    for person in state.people_by_name() {
        if (is_open || person.id == caller.user) && matches(person, &search) {
            add(Who::User(person.id));
        }
    }
    if is_open {
        let has = |name: &str| search.is_empty() || fold(name).contains(&search);
        state.groups().into_iter().filter(|one| has(&one.name)).for_each(|one| add(Who::Group(one.id)));
        let accounts = state.service_accounts().into_iter().filter(|one| has(&one.name));
        accounts.for_each(|one| add(Who::ServiceAccount(one.id)));
    }
    found
}

/// Places of those that are wanted that are seen, those that begin with the words first.
pub(crate) fn find_places(
    state: &State,
    sight: &Sight<'_>,
    search: &str,
    is_wanted: impl Fn(&Object) -> bool,
) -> Found {
    let search = fold(&search.chars().take(LONGEST_SEARCH).collect::<String>());
    let words: Vec<&str> = search.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let folded: HashMap<ObjectId, String> =
        state.objects().map(|object| (object.id, fold(&object.name))).collect();
    let mut seen: HashMap<ObjectId, bool> = HashMap::new();
    let mut sees = |object: ObjectId| *seen.entry(object).or_insert_with(|| sight.sees(object));
    let mut all: Vec<(usize, bool, String, ObjectId)> = Vec::new();
    for object in state.objects().filter(|object| is_wanted(object)) {
        let name = folded.get(&object.id).map(String::as_str).unwrap_or_default();
        // One word must be its own: or all that a folder holds would be found by the folder's name.
        let is_own = words.is_empty() || words.iter().any(|word| name.contains(word));
        if !is_own || !sees(object.id) {
            continue;
        }
        let above: Vec<ObjectId> = state.chain(object.id).skip(1).map(|place| place.id).collect();
        let mut names = name.to_owned();
        for place in &above {
            // Names that are not to be seen are not found by.
            if sees(*place) {
                names.push(' ');
                names.push_str(folded.get(place).map(String::as_str).unwrap_or_default());
            }
        }
        if words.iter().all(|word| names.contains(word)) {
            let begins = words.first().is_some_and(|word| name.starts_with(word));
            all.push((above.len(), !begins, name.to_owned(), object.id));
        }
    }
    all.sort_by(|a, b| (a.1, a.0, &a.2, a.3).cmp(&(b.1, b.0, &b.2, b.3)));
    let options = all.iter().take(OFFERED).map(|(.., id)| choice_of_place(sight, *id)).collect();
    Found { options, total: all.len() as u64 }
}

/// Somebody, with what tells them from others.
pub(crate) fn choice_of(state: &State, who: Who) -> Choice {
    let (name, about) = match who {
        Who::User(user) => {
            let person = state.person(user);
            let profile = person.map(|person| &person.profile);
            let email = profile.map(|profile| profile.email.clone()).unwrap_or_default();
            let about = match person.map(|person| person.status) {
                Some(Status::Invited) => format!("{email}, invited"),
                Some(Status::Deactivated) => format!("{email}, inactive"),
                _ => email,
            };
            (profile.map(|profile| profile.called().to_owned()).unwrap_or_default(), about)
        }
        Who::Group(group) => {
            let name = state.group(group).map(|group| group.name.clone()).unwrap_or_default();
            (name, super::say::group(state, group))
        }
        Who::ServiceAccount(account) => {
            let account = state.service_account(account);
            let name = account.map(|account| account.name.clone()).unwrap_or_default();
            let is_off = account.is_some_and(|account| account.disabled);
            (name, if is_off { "service account, disabled" } else { "service account" }.to_owned())
        }
    };
    Choice { value: who_key(who), name, about }
}

/// Somebody, or *all users*, as pickers and lists call them.
pub(crate) fn called(state: &State, subject: Subject) -> Choice {
    match subject {
        Subject::User(user) => choice_of(state, Who::User(user)),
        Subject::Group(group) => choice_of(state, Who::Group(group)),
        Subject::ServiceAccount(account) => choice_of(state, Who::ServiceAccount(account)),
        Subject::Everyone => {
            let active = state.people().filter(|person| person.status == Status::Active).count();
            let about = if active == 1 { "1 person".to_owned() } else { format!("{active} people") };
            Choice { value: EVERYONE.to_owned(), name: "All users".to_owned(), about }
        }
    }
}

/// Who could be given a role: *all users*, groups, people, service accounts, by part of their names.
pub(crate) fn find_subjects(state: &State, search: &str) -> Found {
    let search = fold(&search.chars().take(LONGEST_SEARCH).collect::<String>());
    let has = |name: &str| fold(name).contains(&search);
    let mut found = Found::default();
    let mut add = |subject: Subject| {
        found.total += 1;
        if found.options.len() < OFFERED {
            found.options.push(called(state, subject));
        }
    };
    if has("All users") {
        add(Subject::Everyone);
    }
    state.groups().into_iter().filter(|one| has(&one.name)).for_each(|one| add(Subject::Group(one.id)));
    for person in state.people_by_name() {
        // A deactivated person gains nothing by it.
        if person.status != Status::Deactivated && matches(person, &search) {
            add(Subject::User(person.id));
        }
    }
    let accounts = state.service_accounts().into_iter().filter(|one| has(&one.name));
    accounts.for_each(|one| add(Subject::ServiceAccount(one.id)));
    found
}

/// A place, with what holds it.
pub(crate) fn choice_of_place(sight: &Sight<'_>, place: ObjectId) -> Choice {
    Choice { value: place.to_string(), name: sight.path(place), about: sight.about(place) }
}
