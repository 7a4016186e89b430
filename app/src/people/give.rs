//! The dialog that gives a person or a group a role: where, which, and from when until when.

use super::by_reason::{Barred, by_reason};
use super::give_fields::{DayFields, Days};
use super::review::ReviewDialog;
use super::server;
use super::wanted::{Wanted, Whom};
use crate::action::Action;
use crate::components::{For, Icon, ProblemBanner, Show};
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::grant::Subject;
use model::id::{ObjectId, RoleId};
use model::view::people::{ChoicesFor, Place, RoleChoices, RoleOption};

/// Gives a role in any place, perhaps for a time.
#[component]
pub fn GiveDialog(
    /// For whom.
    whom: Whom,
    /// What they are called.
    #[prop(into)]
    called: Signal<String>,
    /// The places to choose from; the organization first.
    places: Signal<Vec<Place>>,
    /// The revision that the page shows.
    seen: Signal<u64>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let object = RwSignal::new(ObjectId::ORGANIZATION);
    let role = RwSignal::new(None::<(RoleId, String)>);
    let days = Days::new();
    whenever(move || {
        if open.get() {
            object.set(ObjectId::ORGANIZATION);
            role.set(None);
            days.clear();
        }
    });
    let subject = match &whom {
        Whom::People(people) => people.first().copied().map_or(Subject::Everyone, Subject::User),
        Whom::Group(group) => Subject::Group(*group),
    };
    let asked = Memo::new(move |_| Some(ChoicesFor { subject, object: object.get() }));
    let wanted = Memo::new(move |_| {
        let (role, _) = role.get()?;
        let seen = seen.get();
        open.get().then(|| Wanted::give(whom.clone(), role, object.get(), days.window(), seen))
    });
    let given = move || role.with(|role| role.as_ref().map(|(_, name)| name.clone()).unwrap_or_default());
    view! {
        <ReviewDialog
            id="give"
            title=Signal::derive(move || format!("Give {} a role", called.get()))
            open=open
            wanted=wanted
            confirm="Give role".to_owned()
            done=Signal::derive(move || format!("{} has {}.", called.get(), given()))
        >
            <div class="field">
                <label for="give-place">"Where"</label>
                <span class="select">
                    <select
                        class="input"
                        id="give-place"
                        on:change=move |event| {
                            object.set(event_target_value(&event).parse().unwrap_or(ObjectId::ORGANIZATION));
                        }
                    >
                        <For each=move || places.get() key=|place| (place.id, place.name.clone()) let:place>
                            <option value=place.id.to_string()>
                                {format!("{} ({})", place.name, place.kind.to_lowercase())}
                            </option>
                        </For>
                    </select>
                </span>
            </div>
            <RoleChoice asked=asked role=role look=server::choices/>
            <DayFields id="give" days=days/>
        </ReviewDialog>
    }
}

/// The roles that somebody can be given somewhere, each with the reason against it where there is one. Nothing while
/// it is open for whom or where.
#[component]
pub fn RoleChoice<L, F>(
    /// For whom, and where.
    #[prop(into)]
    asked: Signal<Option<ChoicesFor>>,
    /// The role that is chosen, with its name. None is, as soon as something else is asked.
    role: RwSignal<Option<(RoleId, String)>>,
    /// Looks them up.
    look: L,
    /// What it found, for who reads more in it.
    #[prop(optional)]
    choices: Option<RwSignal<Option<Result<RoleChoices, Problem>>>>,
) -> impl IntoView
where
    L: Fn(ChoicesFor) -> F + Send + Sync + 'static,
    F: Future<Output = Result<RoleChoices, Problem>> + Send + 'static,
{
    let choices = choices.unwrap_or_else(|| RwSignal::new(None));
    let last = StoredValue::new(0_u32);
    let fetch = Action::new(move |asked: ChoicesFor| {
        last.update_value(|number| *number = number.wrapping_add(1));
        let (number, found) = (last.get_value(), look(asked));
        async move {
            let found = found.await;
            // An answer that was overtaken by the next question is not shown.
            if last.get_value() == number {
                choices.set(Some(found));
            }
        }
    });
    whenever(move || {
        let asked = asked.get();
        role.set(None);
        choices.set(None);
        if let Some(asked) = asked {
            fetch.dispatch(asked);
        }
    });
    view! {
        <Show when=move || asked.with(Option::is_some)>
            <RoleList choices=choices role=role/>
        </Show>
    }
}

/// The roles that were looked up, as buttons of which one is on.
#[component]
fn RoleList(
    /// What can be given; none while it is looked up.
    choices: RwSignal<Option<Result<RoleChoices, Problem>>>,
    /// The role that is chosen, with its name.
    role: RwSignal<Option<(RoleId, String)>>,
) -> impl IntoView {
    view! {
        <fieldset class="roles">
            <legend class="label">"Role"</legend>
            {move || match choices.get() {
                None => view! { <p class="muted">"Looking up the roles"</p> }.into_any(),
                Some(Err(problem)) => {
                    view! { <ProblemBanner problem=Signal::stored(Some(problem))/> }.into_any()
                }
                Some(Ok(choices)) => {
                    let (free, barred) = by_reason(choices.options, reason_against);
                    let free = free.into_iter().map(|option| view! { <Radio option=option why=None role=role/> });
                    let barred = barred.into_iter().enumerate().map(|(number, Barred { reason, all })| {
                        let why = format!("give-why-{number}");
                        let described = why.clone();
                        let all = all.into_iter().map(move |option| {
                            view! { <Radio option=option why=Some(described.clone()) role=role/> }
                        });
                        view! {
                            <p class="help" id=why>
                                {reason}
                            </p>
                            {all.collect_view()}
                        }
                    });
                    view! { {free.collect_view()} {barred.collect_view()} }.into_any()
                }
            }}
        </fieldset>
    }
}

fn reason_against(option: &RoleOption) -> Option<String> {
    match option.held {
        Some(_) => Some("Held there already:".to_owned()),
        None => option.refused.clone(),
    }
}

#[component]
fn Radio(
    option: RoleOption,
    /// The id of the reason against it.
    why: Option<String>,
    role: RwSignal<Option<(RoleId, String)>>,
) -> impl IntoView {
    let id = format!("give-{}", option.role);
    let is_barred = why.is_some();
    let (of, name) = (option.role, option.name.clone());
    let chosen = move || role.with(|role| role.as_ref().is_some_and(|(chosen, _)| *chosen == of));
    view! {
        <div class="option">
            <label class="choice">
                <input
                    type="radio"
                    id=id
                    name="give-role"
                    aria-disabled=is_barred.then_some("true")
                    aria-describedby=why
                    prop:checked=chosen
                    on:click=move |event| {
                        if is_barred {
                            event.prevent_default();
                        } else {
                            role.set(Some((of, name.clone())));
                        }
                    }
                />
                {option.name}
                {is_barred.then(|| view! { <Icon name="lock"/> })}
            </label>
        </div>
    }
}
