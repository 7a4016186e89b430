//! The roles of one person in the list: a button, and behind it a list to pick from.
//!
//! Picking replaces the only role that is for the whole organization and for good, and says so; *And also…*
//! adds another. What has a place or an end stays as it is. A pick is shown with its effect before it is saved.

mod confirm;
mod focus;

use super::by_reason::{Barred, by_reason};
use super::labels::gains_and_loses;
use super::server;
use super::wanted::Wanted;
use crate::action::Action;
use crate::components::{Icon, ProblemBanner, Show};
use crate::live::Live;
use crate::problem::Problem;
use crate::whenever::whenever;
use confirm::Confirm;
use focus::{focus_first, move_focus};
use leptos::html;
use leptos::prelude::*;
use model::grant::{Subject, Window};
use model::id::{ObjectId, RoleId};
use model::view::people::{Act, ChoicesFor, PersonRow, RoleChoices, RoleHeld, RoleOption};

/// What was picked and is not saved yet.
#[derive(Debug, Clone, PartialEq)]
struct Pick {
    title: String,
    done: String,
    wanted: Wanted,
}

/// All that the parts of one picker share.
#[derive(Clone, Copy)]
struct Picker {
    person: StoredValue<PersonRow>,
    choices: RwSignal<Option<Result<RoleChoices, Problem>>>,
    /// *And also…* was chosen.
    adding: RwSignal<bool>,
    picked: RwSignal<Option<Pick>>,
    popover: NodeRef<html::Div>,
    live: Live,
}

/// The button with the roles, and its list.
#[component]
pub fn RolePicker(
    /// Whose roles.
    person: PersonRow,
) -> impl IntoView {
    let id = format!("roles-{}", person.id);
    let called = person.name.clone();
    let words = button_words(&person.roles);
    let picker = Picker {
        person: StoredValue::new(person),
        choices: RwSignal::new(None),
        adding: RwSignal::new(false),
        picked: RwSignal::new(None),
        popover: NodeRef::new(),
        live: Live::here(),
    };
    let is_open = RwSignal::new(false);
    let fetch = Action::new(move |subject: Subject| {
        let asked = ChoicesFor { subject, object: ObjectId::ORGANIZATION };
        async move { picker.choices.set(Some(server::choices(asked).await)) }
    });
    let toggled = move |_| {
        let opened = is_popover_open(picker.popover);
        is_open.set(opened);
        picker.adding.set(false);
        picker.picked.set(None);
        picker.choices.set(None);
        if opened {
            fetch.dispatch(Subject::User(picker.person.with_value(|person| person.id)));
        }
    };
    view! {
        <button
            type="button"
            class="btn mini role"
            popovertarget=id.clone()
            aria-haspopup="listbox"
        >
            <span class="vh">{format!("Roles of {called}: ")}</span>
            <span>{words}</span>
        </button>
        <div class="menu roles" id=id popover="auto" node_ref=picker.popover on:toggle=toggled>
            <Show when=move || is_open.get()>
                <Inside picker=picker/>
            </Show>
        </div>
    }
}

/// The role that says most: *Member* is what nearly everybody has.
fn button_words(roles: &[RoleHeld]) -> String {
    let telling = roles.iter().find(|held| held.role != RoleId::MEMBER).or(roles.first());
    match (telling, roles.len()) {
        (None, _) => "No role".to_owned(),
        (Some(only), 1) => role_and_place(only),
        (Some(first), all) => format!("{} +{}", first.name, all - 1),
    }
}

fn role_and_place(held: &RoleHeld) -> String {
    match &held.place {
        Some(place) => format!("{} in {place}", held.name),
        None => held.name.clone(),
    }
}

#[component]
fn Inside(picker: Picker) -> impl IntoView {
    move || match (picker.picked.get(), picker.choices.get()) {
        (Some(pick), _) => view! { <Confirm picker=picker pick=pick/> }.into_any(),
        (None, None) => view! { <p class="note" role="status">"Looking up the roles"</p> }.into_any(),
        (None, Some(Err(problem))) => {
            view! { <ProblemBanner problem=Signal::stored(Some(problem))/> }.into_any()
        }
        (None, Some(Ok(choices))) => {
            // Read here: what a component reads while it is drawn does not draw it again.
            let adds = picker.adding.get();
            view! { <List picker=picker choices=choices adds=adds/> }.into_any()
        }
    }
}

#[component]
fn List(picker: Picker, choices: RoleChoices, adds: bool) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    whenever(move || {
        if node.get().is_some() {
            focus_first(node);
        }
    });
    let roles = picker.person.with_value(|person| person.roles.clone());
    let called = picker.person.with_value(|person| person.name.clone());
    let single = choices.replaces.clone();
    let replaces = single.clone().filter(|_| !adds);
    let (counted, seen) = (choices.counted, choices.revision);
    let instead = StoredValue::new(replaces.clone());
    let pick = Callback::new(move |option: RoleOption| {
        if option.refused.is_some() {
            return;
        }
        let replaced = instead.get_value();
        if replaced.as_ref().is_some_and(|role| role.id == option.role) {
            close(picker.popover);
            return;
        }
        picker.picked.set(Some(pick_of(picker, option, replaced.map(|role| (role.id, role.name)), seen)));
    });
    let is_many = replaces.is_none();
    let (free, barred) = by_reason(choices.options, |option| option.refused.clone());
    let note =
        (!free.is_empty()).then(|| note(&roles, replaces.as_ref().map(|role| role.name.as_str()), adds));
    let options = free.into_iter().map(|option| {
        let effect =
            (counted && option.held.is_none() && !adds).then(|| gains_and_loses(option.gains, option.loses));
        view! { <Choice option=option effect=effect why=None on_pick=pick/> }
    });
    let id = picker.person.with_value(|person| person.id);
    let barred = barred.into_iter().enumerate().map(|(number, Barred { reason, all })| {
        let why = format!("roles-{id}-why-{number}");
        let described = why.clone();
        let options = all.into_iter().map(|option| {
            view! { <Choice option=option effect=None why=Some(described.clone()) on_pick=pick/> }
        });
        view! {
            <div class="apart" role="group" aria-label="May not be picked">
                <p class="note" id=why aria-hidden="true">
                    {reason}
                </p>
                {options.collect_view()}
            </div>
        }
    });
    view! {
        {note.map(|note| view! { <p class="note">{note}</p> })}
        {kept(&roles).map(|text| view! { <p class="note">{text}</p> })}
        <div
            role="listbox"
            aria-label=format!("Roles of {called}")
            aria-multiselectable=is_many.then_some("true")
            node_ref=node
            on:keydown=move |event| move_focus(node, &event)
        >
            {options.collect_view()} {barred.collect_view()}
            {single
                .filter(|_| !adds)
                .map(|role| {
                    view! {
                        <button
                            type="button"
                            class="apart"
                            role="option"
                            aria-selected="false"
                            tabindex="-1"
                            on:click=move |_| picker.adding.set(true)
                        >
                            <span>"And also…"</span>
                            <small>{format!("Keep {} and add another role.", role.name)}</small>
                        </button>
                    }
                })}
        </div>
    }
}

#[component]
fn Choice(
    option: RoleOption,
    effect: Option<String>,
    /// The id of the reason against it.
    why: Option<String>,
    on_pick: Callback<RoleOption>,
) -> impl IntoView {
    let is_refused = option.refused.is_some();
    let name = option.name.clone();
    view! {
        <button
            type="button"
            role="option"
            tabindex="-1"
            aria-selected=option.held.is_some().to_string()
            aria-disabled=is_refused.then_some("true")
            aria-describedby=why
            on:click=move |_| on_pick.run(option.clone())
        >
            <span>{name}</span>
            {is_refused.then(|| view! { <Icon name="lock"/> })}
            {effect.map(|text| view! { <small>{text}</small> })}
        </button>
    }
}

fn note(roles: &[RoleHeld], replaces: Option<&str>, adding: bool) -> String {
    match (replaces, adding) {
        (Some(name), _) => format!("Picking a role replaces {name}."),
        (None, true) => "Picking a role adds it. Picking one that is held takes it away.".to_owned(),
        (None, false) if roles.iter().filter(|held| held.is_plain()).count() > 1 => {
            format!("Has {} roles. Picking one adds it, or takes it away where it is held.", roles.len())
        }
        (None, false) => "Picking a role adds it.".to_owned(),
    }
}

/// What has a place or an end is named, and stays.
fn kept(roles: &[RoleHeld]) -> Option<String> {
    let timed = |held: &RoleHeld| if held.window == Window::ALWAYS { "" } else { ", for a time" };
    let kept = roles.iter().filter(|held| !held.is_plain());
    let kept: Vec<String> = kept.map(|held| role_and_place(held) + timed(held)).collect();
    (!kept.is_empty()).then(|| format!("Stays as it is: {}.", kept.join("; ")))
}

fn pick_of(picker: Picker, option: RoleOption, replaced: Option<(RoleId, String)>, seen: u64) -> Pick {
    let (user, called) = picker.person.with_value(|person| (person.id, person.name.clone()));
    let role = option.name;
    let (title, done, act) = match (option.held, replaced) {
        (Some(_), _) => (
            format!("Take {role} from {called}"),
            format!("{called} no longer has {role}."),
            Act::Take { role: option.role },
        ),
        (None, Some((old, was))) => (
            format!("{role} instead of {was}"),
            format!("{called} has {role} instead of {was}."),
            Act::Replace { old, new: option.role },
        ),
        (None, None) => (
            format!("{role} for {called} as well"),
            format!("{called} has {role} as well."),
            Act::Give {
                role: option.role,
                object: ObjectId::ORGANIZATION,
                window: Window::ALWAYS,
                with_half: false,
            },
        ),
    };
    Pick { title, done, wanted: Wanted::for_one(user, act, seen) }
}

fn is_popover_open(node: NodeRef<html::Div>) -> bool {
    node.get_untracked().is_some_and(|node| node.matches(":popover-open").unwrap_or(false))
}

fn close(node: NodeRef<html::Div>) {
    if let Some(node) = node.get_untracked() {
        // Fails only where it is closed already.
        let _ = node.hide_popover();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::id::GrantId;

    fn held(name: &str, place: Option<&str>) -> RoleHeld {
        RoleHeld {
            grant: GrantId::from_bits(1),
            role: RoleId::from_bits(9),
            name: name.to_owned(),
            place: place.map(str::to_owned),
            window: Window::ALWAYS,
            limits: Vec::new(),
        }
    }

    #[test]
    fn the_note_says_what_a_pick_does() {
        let (tester, placed) = (held("Tester", None), held("Lead", Some("Shop")));
        assert_eq!(
            note(std::slice::from_ref(&tester), Some("Tester"), false),
            "Picking a role replaces Tester."
        );
        assert_eq!(note(std::slice::from_ref(&placed), None, false), "Picking a role adds it.");
        assert_eq!(kept(&[tester.clone(), placed.clone()]).as_deref(), Some("Stays as it is: Lead in Shop."));
        assert_eq!(kept(std::slice::from_ref(&tester)), None);
        assert_eq!(button_words(&[tester.clone(), placed.clone()]), "Tester +1");
        let member = RoleHeld { role: RoleId::MEMBER, ..held("Member", None) };
        assert_eq!(button_words(&[member.clone(), placed]), "Lead +1");
        assert_eq!(button_words(&[member]), "Member");
        assert_eq!(button_words(&[]), "No role");
    }
}
