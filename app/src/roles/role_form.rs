//! The dialog for a new role: from nothing, or cloned from another one.

use super::server;
use super::shape::{level_name, level_of, levels};
use crate::components::{Field, FieldAround, FormDialog};
use crate::problem::{Kind, Problem};
use leptos::prelude::*;
use model::change::Change;
use model::id::RoleId;
use model::object::Level;
use model::role::Role;
use model::view::roles::{Column, Edits, Grid};

/// What is filled in.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    description: RwSignal<String>,
    level: RwSignal<Level>,
    origin: RwSignal<Option<RoleId>>,
}

/// Adds a role to the organization; everything is off at first, unless it is cloned.
#[component]
pub fn RoleForm(
    /// Unique on the page.
    id: &'static str,
    /// The roles that it may be cloned from.
    #[prop(into)]
    grid: Signal<Grid>,
    /// The role to start from, and nothing else to choose.
    #[prop(optional, into)]
    clone_of: Option<Signal<RoleId>>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Told the new role and the number of the change.
    on_saved: Callback<(RoleId, u64)>,
) -> impl IntoView {
    let form = Form {
        name: RwSignal::new(String::new()),
        description: RwSignal::new(String::new()),
        level: RwSignal::new(Level::Organization),
        origin: RwSignal::new(None),
    };
    let problem = RwSignal::new(None::<Problem>);
    let save = Action::new(move |(role, edits): &(RoleId, Edits)| {
        let (role, edits) = (*role, edits.clone());
        async move { server::save(edits).await.map(|revision| (role, revision)) }
    });
    // Each opening starts anew.
    Effect::new(move |_| {
        if open.get() {
            problem.set(None);
            form.start(grid, clone_of.map(|id| id.get_untracked()));
        }
    });
    Effect::new(move |_| match save.value().get() {
        Some(Ok(saved)) => {
            open.set(false);
            on_saved.run(saved);
        }
        Some(Err(failed)) => problem.set(Some(failed)),
        None => {}
    });
    let submit = move |()| match crate::new_id::bits() {
        Some(bits) => {
            let role = RoleId::from_bits(bits);
            drop(save.dispatch((role, form.edits(role, grid))));
        }
        None => {
            let message = "This browser gives no random numbers. Use another browser.";
            problem.set(Some(Problem::new(Kind::Broken, message)));
        }
    };
    let about = move |field: &'static str| {
        Signal::derive(move || problem.with(|problem| problem.as_ref().and_then(|p| p.about(field))))
    };
    let elsewhere = Signal::derive(move || {
        problem.get().filter(|p| !matches!(p.field.as_deref(), Some("name" | "description")))
    });
    let origin =
        move || clone_of.and_then(|id| grid.with(|grid| grid.role(id.get()).map(|r| r.name.clone())));
    let title = move || origin().map_or_else(|| "Add role".to_owned(), |name| format!("Clone role {name}"));
    view! {
        <FormDialog
            id=id
            title=Signal::derive(title)
            open=open
            confirm="Save role"
            busy=save.pending()
            problem=elsewhere
            on_submit=submit
        >
            <Field
                id=format!("{id}-name")
                label="Name"
                value=form.name
                error=about("name")
                autofocus=true
            />
            <Field
                id=format!("{id}-description")
                label="What it is for (optional)"
                value=form.description
                error=about("description")
            />
            {clone_of.is_none().then(|| view! { <Start id=id grid=grid form=form/> })}
            <p class="help">
                {move || match form.origin.get() {
                    None => "Everything is off at first. Allow what it needs in the grid, then give it to people.",
                    Some(_) => "It allows what its origin allows now; later changes of the origin do not follow.",
                }}
            </p>
        </FormDialog>
    }
}

/// What a new role starts from, and its level.
#[component]
fn Start(id: &'static str, grid: Signal<Grid>, form: Form) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event).parse().ok();
        form.origin.set(chosen);
        let level = grid.with_untracked(|grid| chosen.and_then(|id| grid.role(id)).map(|role| role.level));
        form.level.set(level.unwrap_or_default());
    };
    let option = |grid: &Grid, role: &Column| {
        let is_barred = grid.cloning(role).is_some();
        let note = if is_barred { " (it allows more than you hold)" } else { "" };
        view! {
            <option value=role.id.to_string() disabled=is_barred>
                {format!("Clone of {}{note}", role.name)}
            </option>
        }
    };
    view! {
        <FieldAround id=format!("{id}-origin") label="Start from">
            <span class="select">
                <select class="input" id=format!("{id}-origin") on:change=choose>
                    <option value="">"Nothing: everything off"</option>
                    {grid.with_untracked(|grid| grid.roles.iter().map(|r| option(grid, r)).collect_view())}
                </select>
            </span>
        </FieldAround>
        <FieldAround id=format!("{id}-level") label="Level">
            <span class="select">
                <select
                    class="input"
                    id=format!("{id}-level")
                    prop:value=move || level_name(form.level.get()).1
                    on:change=move |event| {
                        form.level.set(level_of(&event_target_value(&event)).unwrap_or_default());
                    }
                >
                    {grid
                        .with_untracked(levels)
                        .into_iter()
                        .map(|level| {
                            let (name, word) = level_name(level);
                            view! { <option value=word>{name}</option> }
                        })
                        .collect_view()}
                </select>
            </span>
        </FieldAround>
    }
}

impl Form {
    fn start(self, grid: Signal<Grid>, clone_of: Option<RoleId>) {
        let origin = grid.with_untracked(|grid| clone_of.and_then(|id| grid.role(id)).cloned());
        self.origin.set(origin.as_ref().map(|role| role.id));
        self.level.set(origin.as_ref().map(|role| role.level).unwrap_or_default());
        self.name.set(origin.map(|role| format!("{} copy", role.name)).unwrap_or_default());
        self.description.set(String::new());
    }

    fn edits(self, id: RoleId, grid: Signal<Grid>) -> Edits {
        grid.with_untracked(|grid| {
            let (level, origin) = (self.level.get_untracked(), self.origin.get_untracked());
            let from = origin.and_then(|origin| grid.role(origin));
            let allows = |row: usize| from.is_some_and(|from| from.allows.contains(row));
            let rows = grid.rows.iter().enumerate();
            let fitting = rows.filter(|(_, row)| row.level.is_none_or(|at| level.reaches(at)));
            let role = Role {
                id,
                name: self.name.get_untracked(),
                description: self.description.get_untracked(),
                level,
                owner: model::role::Owner::Organization,
                origin,
                permissions: fitting.filter(|(at, _)| allows(*at)).map(|(_, row)| row.key.clone()).collect(),
                delegates: Vec::new(),
            };
            Edits { changes: vec![Change::RoleCreated { role }], seen: grid.revision }
        })
    }
}
