//! Deleting a role: who would lose what, by name, before it is done.

use super::Shared;
use crate::components::ConfirmDialog;
use crate::components::effect::first_effect_lines;
use crate::problem::Problem;
use crate::roles::saving::saved;
use crate::roles::server;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::change::Change;
use model::object::Level;
use model::role::Role;
use model::view::effect::Effect as Preview;
use model::view::roles::Edits;

/// How many lines, and how many names in each.
const LINES: usize = 6;
const NAMES: usize = 5;

/// The dialog before a role is deleted.
#[component]
pub(super) fn DeleteRole(shared: Shared, open: RwSignal<bool>) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let look = Action::new(|edits: &Edits| {
        let edits = edits.clone();
        async move { server::preview(edits).await }
    });
    let remove = Action::new(|edits: &Edits| {
        let edits = edits.clone();
        async move { server::save(edits).await }
    });
    Effect::new(move |_| {
        if open.get() {
            problem.set(None);
            look.dispatch(shared.edits(removal(shared)));
        }
    });
    let navigate = use_navigate();
    Effect::new(move |_| match remove.value().get() {
        Some(Ok(revision)) => {
            open.set(false);
            shared.staged.clear();
            navigate("/roles", NavigateOptions::default());
            shared.live.saved(revision);
            saved(revision, shared.live);
        }
        Some(Err(failed)) => problem.set(Some(failed)),
        None => {}
    });
    let name = move || shared.column.with(|role| role.name.clone());
    let confirm = Callback::new(move |()| {
        remove.dispatch(shared.edits(removal(shared)));
    });
    view! {
        <ConfirmDialog
            id="delete-role"
            title=Signal::derive(move || format!("Delete role {}?", name()))
            open=open
            confirm="Delete role"
            busy=Signal::derive(move || remove.pending().get())
            reason=Signal::derive(move || shared.one.with(|one| one.deleting.clone()))
            problem=problem
            on_confirm=confirm
        >
            <p>{move || holders(shared.column.with(|role| role.people))}</p>
            {move || look.value().get().map(|found| view! { <Losses found=found/> })}
            <p class="help">"It can be brought back with Undo in History, together with who has it."</p>
        </ConfirmDialog>
    }
}

fn holders(people: u64) -> String {
    match people {
        0 => "Nobody has it.".to_owned(),
        1 => "1 person has it.".to_owned(),
        many => format!("{many} people have it."),
    }
}

#[component]
fn Losses(found: Result<Preview, Problem>) -> impl IntoView {
    let found = match found {
        Ok(found) => found,
        // Why it may not be deleted is said already.
        Err(_) => return ().into_any(),
    };
    if found.loses.is_empty() {
        return view! { <p>"Nobody loses anything by it."</p> }.into_any();
    }
    let lost = Preview { gains: Vec::new(), ..found };
    view! {
        <ul class="effect" aria-label="Who loses what">
            {first_effect_lines(&lost, LINES, NAMES)}
        </ul>
    }
    .into_any()
}

/// The server fills in what goes with it.
fn removal(shared: Shared) -> Change {
    Change::RoleRemoved {
        role: Role {
            id: shared.id(),
            name: String::new(),
            description: String::new(),
            level: Level::default(),
            owner: model::role::Owner::Organization,
            origin: None,
            permissions: Vec::new(),
            delegates: Vec::new(),
        },
    }
}
