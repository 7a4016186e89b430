//! Deleting a role: who has it, who would lose what, by name, and which role they can have instead.

use super::Shared;
use crate::action::Action;
use crate::components::{ProblemBanner, Show};
use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use crate::problem::Problem;
use crate::roles::server;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::id::RoleId;
use model::view::role_users::{Leaving, RoleAct, RoleWish, SomeNames, Successor};

/// How many permissions of a difference are named.
const NAMES: usize = 5;

/// What becomes of who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// They lose it.
    Nothing,
    /// They have the nearest role instead.
    Nearest,
    /// They have another one instead.
    Other,
}

/// All that the parts of the dialog share.
#[derive(Clone, Copy)]
struct Deleting {
    leaving: RwSignal<Option<Result<Leaving, Problem>>>,
    fate: RwSignal<Fate>,
    other: RwSignal<Option<RoleId>>,
}

impl Deleting {
    fn read<T>(self, read: impl FnOnce(&Leaving) -> T) -> Option<T> {
        self.leaving.with(|leaving| leaving.as_ref().and_then(|one| one.as_ref().ok()).map(read))
    }

    fn nearest(self) -> Option<Successor> {
        self.read(|leaving| {
            let nearest = leaving.nearest?;
            leaving.successors.iter().find(|one| one.role == nearest).cloned()
        })
        .flatten()
    }

    /// What is done; none while something is yet to be chosen.
    fn act(self) -> Option<RoleAct> {
        let to = match self.fate.get() {
            Fate::Nothing => return Some(RoleAct::Remove { to: None }),
            Fate::Nearest => self.nearest()?.role,
            Fate::Other => self.other.get()?,
        };
        Some(RoleAct::Remove { to: Some(to) })
    }
}

/// The dialog before a role is deleted.
#[component]
pub(super) fn DeleteRole(shared: Shared, open: RwSignal<bool>) -> impl IntoView {
    let look = Action::new(server::leaving);
    let deleting =
        Deleting { leaving: look.value(), fate: RwSignal::new(Fate::Nothing), other: RwSignal::new(None) };
    whenever(move || {
        if open.get() {
            deleting.leaving.set(None);
            deleting.fate.set(Fate::Nothing);
            deleting.other.set(None);
            look.dispatch(shared.id());
        }
    });
    let wanted = Memo::new(move |_| {
        let seen = shared.grid.with(|grid| grid.revision);
        let act = deleting.act()?;
        open.get().then(|| Wanted::Role(RoleWish { role: shared.id(), act, seen }))
    });
    let navigate = use_navigate();
    let gone = Callback::new(move |_| {
        shared.staged.clear();
        navigate("/roles", NavigateOptions::default());
    });
    let name = move || shared.column.with(|role| role.name.clone());
    view! {
        <ReviewDialog
            id="delete-role"
            title=Signal::derive(move || format!("Delete role {}?", name()))
            open=open
            wanted=wanted
            confirm="Delete role".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("{} is deleted.", name()))
            on_saved=gone
        >
            <Holders deleting=deleting/>
            <Choice deleting=deleting/>
            <p class="help">"Undo brings it back, together with who has it."</p>
        </ReviewDialog>
    }
}

/// Who has it.
#[component]
fn Holders(deleting: Deleting) -> impl IntoView {
    move || match deleting.leaving.get() {
        None => view! { <p class="muted">"Looking up who has it"</p> }.into_any(),
        Some(Err(problem)) => view! { <ProblemBanner problem=Signal::stored(Some(problem))/> }.into_any(),
        Some(Ok(leaving)) if leaving.total == 0 => view! { <p>"Nobody has it."</p> }.into_any(),
        Some(Ok(leaving)) => {
            let rest = leaving.total.saturating_sub(leaving.holders.len() as u64);
            let is_named = !leaving.holders.is_empty();
            let rows = leaving.holders.into_iter().map(|row| {
                view! {
                    <li>
                        {row.name} " " <span class="muted">{row.place}</span>
                    </li>
                }
            });
            let rows = rows.collect_view();
            let rest = match (rest, is_named) {
                (0, _) => String::new(),
                (rest, true) => format!("and {rest} more"),
                (rest, false) => format!("{} of it.", words::count(rest, "assignment", "assignments")),
            };
            view! {
                <h3>"Who has it"</h3>
                <ul class="plain-list" aria-label="Who has it">
                    {rows}
                    {(!rest.is_empty()).then(|| view! { <li class="muted">{rest}</li> })}
                </ul>
            }
            .into_any()
        }
    }
}

/// What they have instead.
#[component]
fn Choice(deleting: Deleting) -> impl IntoView {
    let has_choice = Memo::new(move |_| {
        deleting.read(|leaving| leaving.total > 0 && !leaving.successors.is_empty()).unwrap_or(false)
    });
    let nearest = Memo::new(move |_| deleting.nearest());
    let radio = move |fate: Fate, id: &'static str, words: String| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    id=id
                    name="delete-fate"
                    prop:checked=move || deleting.fate.get() == fate
                    on:change=move |_| deleting.fate.set(fate)
                />
                {words}
            </label>
        }
    };
    view! {
        <Show when=move || has_choice.get()>
            <fieldset class="roles">
                <legend class="label">"What becomes of them"</legend>
                <div class="option">{radio(Fate::Nothing, "fate-nothing", "They lose it".to_owned())}</div>
                {move || {
                    nearest
                        .get()
                        .map(|one| {
                            let words = format!("They get {}, the nearest role", one.name);
                            view! {
                                <div class="option">
                                    {radio(Fate::Nearest, "fate-nearest", words)} <small>{difference(&one)}</small>
                                </div>
                            }
                        })
                }}
                <div class="option">
                    {radio(Fate::Other, "fate-other", "They get another role".to_owned())}
                </div>
            </fieldset>
            <Show when=move || deleting.fate.get() == Fate::Other>
                <OtherRole deleting=deleting/>
            </Show>
        </Show>
    }
}

/// The other roles, the nearest first.
#[component]
fn OtherRole(deleting: Deleting) -> impl IntoView {
    let all = deleting.read(|leaving| leaving.successors.clone()).unwrap_or_default();
    let all = StoredValue::new(all);
    let chosen = move || {
        let id = deleting.other.get()?;
        all.with_value(|all| all.iter().find(|one| one.role == id).map(difference))
    };
    let is_chosen = move |role: RoleId| move || deleting.other.get() == Some(role);
    view! {
        <div class="field">
            <label for="delete-other">"Role"</label>
            <span class="select">
                <select
                    class="input"
                    id="delete-other"
                    aria-describedby="delete-other-help"
                    on:change=move |event| deleting.other.set(event_target_value(&event).parse().ok())
                >
                    <option value="">"Choose"</option>
                    {all
                        .get_value()
                        .into_iter()
                        .map(|one| {
                            view! {
                                <option value=one.role.to_string() selected=is_chosen(one.role)>
                                    {one.name}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </span>
            <p class="help" id="delete-other-help">
                {chosen}
            </p>
        </div>
    }
}

/// What a role gives more and less than the one that goes.
fn difference(one: &Successor) -> String {
    let named = |some: &SomeNames| match some.total {
        0 => "nothing".to_owned(),
        total => words::names(&some.names, total, NAMES),
    };
    if one.more.total + one.less.total == 0 {
        return "Gives the same.".to_owned();
    }
    format!("Gives more: {}. Gives less: {}.", named(&one.more), named(&one.less))
}
