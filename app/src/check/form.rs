//! The question: a form by GET. Each part stands in the address under its own name; what was only typed stands
//! there with `-name` behind it, for the server to find.

use super::server;
use crate::address;
use crate::components::{Combobox, Show};
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use leptos_router::params::ParamsMap;
use model::view::check::{Asks, CheckQuery, CheckScreen, Choice, Field, Form, Typed};

/// What the address asks.
pub(super) fn asked(query: &ParamsMap) -> CheckQuery {
    let text = |key: &str| query.get(key).unwrap_or_default();
    let typed = |key: &str| Typed { value: text(key), text: query.get(&format!("{key}-name")) };
    CheckQuery {
        who: typed("who"),
        action: text("may"),
        place: typed("where"),
        robot: typed("robot"),
        environment: typed("environment"),
        process: typed("process"),
        when: text("when"),
        page: address::page(query),
    }
}

/// The address of what a form asks, with one part set to something else.
pub(super) fn with(form: &Form, name: &str, value: &str) -> String {
    let parts = [
        ("who", form.who.chosen.value.as_str()),
        ("may", form.action.as_str()),
        ("where", form.place.chosen.value.as_str()),
        ("robot", form.robot.chosen.value.as_str()),
        ("environment", form.environment.chosen.value.as_str()),
        ("process", form.process.chosen.value.as_str()),
        ("when", form.when.as_str()),
    ];
    let set: Vec<(&str, Option<&str>)> =
        parts.iter().map(|(key, now)| (*key, Some(if *key == name { value } else { *now }))).collect();
    address::link("/check", &ParamsMap::new(), &set)
}

/// One field of the form.
#[derive(Clone, Copy)]
struct Part {
    value: RwSignal<String>,
    text: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Part {
    fn new(field: &Field) -> Self {
        Self {
            value: RwSignal::new(field.chosen.value.clone()),
            text: RwSignal::new(field.chosen.name.clone()),
            error: RwSignal::new(field.problem.clone()),
        }
    }

    fn set(self, field: &Field) {
        let Choice { value, name, .. } = field.chosen.clone();
        self.value.set(value);
        self.text.set(name);
        self.error.set(field.problem.clone());
    }

    /// What it puts into the address: what was chosen, or the text.
    fn asks(self, name: &'static str, typed: &'static str) -> (&'static str, String) {
        match self.value.get_untracked() {
            value if value.is_empty() => (typed, self.text.get_untracked().trim().to_owned()),
            value => (name, value),
        }
    }
}

/// The form.
#[component]
pub(super) fn Ask(screen: Signal<CheckScreen>) -> impl IntoView {
    // It follows the address alone: what is typed stays when something else on the page is fetched again.
    let form = Memo::new(move |_| screen.with(|screen| screen.form.clone()));
    let first = form.get_untracked();
    let [who, place, robot, environment, process] =
        [&first.who, &first.place, &first.robot, &first.environment, &first.process].map(Part::new);
    let action = RwSignal::new(first.action.clone());
    let when = RwSignal::new(first.when.trim_end_matches('Z').to_owned());
    whenever(move || {
        form.with(|form| {
            who.set(&form.who);
            place.set(&form.place);
            robot.set(&form.robot);
            environment.set(&form.environment);
            process.set(&form.process);
            action.set(form.action.clone());
            when.set(local(&form.when));
        });
    });
    let asks = Memo::new(move |_| asks(screen, &action.get()));
    let navigate = use_navigate();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let asks = asks.get_untracked();
        let (may, moment) = (action.get_untracked(), universal(&when.get_untracked()));
        let mut parts = vec![who.asks("who", "who-name"), ("may", may), place.asks("where", "where-name")];
        if asks.robot {
            parts.push(robot.asks("robot", "robot-name"));
            parts.push(environment.asks("environment", "environment-name"));
        }
        if asks.process {
            parts.push(process.asks("process", "process-name"));
        }
        parts.push(("when", moment));
        let set: Vec<(&str, Option<&str>)> =
            parts.iter().map(|(key, value)| (*key, Some(value.as_str()))).collect();
        navigate(&address::link("/check", &ParamsMap::new(), &set), Default::default());
    };
    let only_self = Signal::derive(move || screen.with(|screen| screen.only_self.clone()));
    let of_kind = |kind: &'static str| move |words: String| server::find_places(words, Some(kind.to_owned()));
    view! {
        <form class="ask" method="get" action="/check" aria-label="Question" on:submit=submit>
            <Combobox
                id="check-who"
                label="Who"
                name="who"
                value=who.value
                text=who.text
                error=who.error
                fixed=Signal::derive(move || only_self.with(Option::is_some))
                placeholder="Everybody who may"
                search=server::find_who
            />
            <Actions screen=screen action=action/>
            <Combobox
                id="check-where"
                label="Where"
                name="where"
                value=place.value
                text=place.text
                error=place.error
                placeholder="Everywhere"
                search=|words: String| server::find_places(words, None)
            />
            <Show when=move || asks.get().process>
                <Combobox
                    id="check-process"
                    label="Process"
                    name="process"
                    value=process.value
                    text=process.text
                    error=process.error
                    search=of_kind("process")
                />
            </Show>
            <Show when=move || asks.get().robot>
                <Combobox
                    id="check-robot"
                    label="On robot"
                    name="robot"
                    value=robot.value
                    text=robot.text
                    error=robot.error
                    placeholder="None is named"
                    search=of_kind("robot")
                />
                <Combobox
                    id="check-environment"
                    label="In environment"
                    name="environment"
                    value=environment.value
                    text=environment.text
                    error=environment.error
                    placeholder="None is named"
                    search=of_kind("environment")
                />
            </Show>
            <Moment when=when form=form/>
            <button class="btn primary">"Check"</button>
        </form>
        {move || only_self.get().map(|text| view! { <p class="help">{format!("You may ask about yourself. {text}")}</p> })}
    }
}

/// What else an action needs to be said; what is in the address already stays in sight.
fn asks(screen: Signal<CheckScreen>, action: &str) -> Asks {
    screen.with(|screen| {
        let all = screen.areas.iter().flat_map(|area| &area.options);
        let chosen = all.filter(|option| option.key == action).map(|option| option.asks).next();
        let (chosen, shown) = (chosen.unwrap_or_default(), screen.form.asks);
        let same = screen.form.action == action;
        Asks {
            robot: chosen.robot || (same && shown.robot),
            process: chosen.process || (same && shown.process),
        }
    })
}

/// All that can be done, area by area.
#[component]
fn Actions(screen: Signal<CheckScreen>, action: RwSignal<String>) -> impl IntoView {
    let areas = Memo::new(move |_| screen.with(|screen| screen.areas.clone()));
    view! {
        <div class="field">
            <label for="check-may">"May"</label>
            <span class="select">
                <select
                    class="input"
                    id="check-may"
                    name="may"
                    prop:value=move || action.get()
                    on:change=move |event| action.set(event_target_value(&event))
                >
                    <option value="" selected=action.with_untracked(String::is_empty)>
                        "Do anything"
                    </option>
                    {move || {
                        areas
                            .get()
                            .into_iter()
                            .map(|area| {
                                let options = area
                                    .options
                                    .into_iter()
                                    .map(|option| {
                                        let is_chosen = action.with_untracked(|action| *action == option.key);
                                        view! {
                                            <option value=option.key selected=is_chosen>
                                                {option.name}
                                            </option>
                                        }
                                    })
                                    .collect_view();
                                view! { <optgroup label=area.name>{options}</optgroup> }
                            })
                            .collect_view()
                    }}
                </select>
            </span>
        </div>
    }
}

/// The moment: in the reader's own time once the page is alive, in UTC before that.
#[component]
fn Moment(when: RwSignal<String>, form: Memo<Form>) -> impl IntoView {
    let zone = RwSignal::new("UTC");
    whenever(move || zone.set("your time"));
    let problem = move || form.with(|form| form.when_problem.clone());
    view! {
        <div class="field">
            <label for="check-when">
                "When " <span class="faint">{move || format!("({}; empty: now)", zone.get())}</span>
            </label>
            <input
                class="input"
                id="check-when"
                type="datetime-local"
                name="when"
                value=when.get_untracked()
                prop:value=move || when.get()
                aria-invalid=move || problem().is_some().then_some("true")
                aria-describedby="check-when-error"
                on:input=move |event| when.set(event_target_value(&event))
            />
            <span class="error" id="check-when-error" role="status">
                {problem}
            </span>
        </div>
    }
}

/// A moment of the address, as the field shows it in the reader's own time.
#[cfg(feature = "hydrate")]
fn local(text: &str) -> String {
    let Some(at) = model::view::check::moment(text) else { return String::new() };
    #[expect(clippy::cast_precision_loss, reason = "times fit a double for the next 285,000 years")]
    let date = js_sys::Date::new(&(at as f64).into());
    let shifted = date.get_time() - date.get_timezone_offset() * 60_000.0;
    let written = String::from(js_sys::Date::new(&shifted.into()).to_iso_string());
    written.chars().take(16).collect()
}

/// The server writes the address's own time.
#[cfg(not(feature = "hydrate"))]
fn local(text: &str) -> String {
    text.trim_end_matches('Z').to_owned()
}

/// A moment of the field, as the address holds it.
#[cfg(feature = "hydrate")]
fn universal(text: &str) -> String {
    // As the reader's own time, where it names no zone.
    let date = js_sys::Date::new(&text.into());
    if text.is_empty() || date.get_time().is_nan() {
        return text.to_owned();
    }
    let written: String = String::from(date.to_iso_string()).chars().take(16).collect();
    format!("{written}Z")
}

/// Only a browser sends the form.
#[cfg(not(feature = "hydrate"))]
fn universal(text: &str) -> String {
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_what_is_asked_and_a_form_leads_there() {
        let query: ParamsMap = [
            ("who", "person.000000000001a"),
            ("who-name", "Anna"),
            ("may", "people.view"),
            ("where", "0000000000001"),
            ("when", "2026-11-24T14:02Z"),
            ("page", "2"),
        ]
        .into_iter()
        .collect();
        let asked = asked(&query);
        assert_eq!(asked.who.text.as_deref(), Some("Anna"));
        assert_eq!((asked.action.as_str(), asked.page), ("people.view", 2));
        assert!(asked.robot.is_empty());
        let chosen = |value: &str| Field {
            chosen: Choice { value: value.to_owned(), ..Choice::default() },
            ..Field::default()
        };
        let form = Form {
            who: chosen("person.000000000001a"),
            action: "people.view".to_owned(),
            when: asked.when,
            ..Form::default()
        };
        let to = with(&form, "where", "0000000000001");
        assert_eq!(
            to,
            "/check?who=person.000000000001a&may=people.view&where=0000000000001&when=2026-11-24T14%3A02Z"
        );
    }
}
