//! The page of one role: its name and description in place, what it allows, where that came from, who has it, clone
//! and delete.

mod delete;
mod describe;
mod give;
mod matrix;
mod origin;
mod permissions;
mod users;

use super::edits::{EditsBar, KeepEdits};
use super::notices::Notices;
use super::role_form::RoleForm;
use super::saving::{Fetching, Saving, saved};
use super::server;
use super::shape::level_name;
use super::staged::Staged;
use crate::action::Action;
use crate::components::{Button, Icon, Loaded, NameInPlace, PageHead, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use delete::DeleteRole;
use describe::Describe;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use model::change::Change;
use model::id::RoleId;
use model::object::Level;
use model::view::roles::{Column, Edits, Grid, One};
use origin::FromOrigin;
use permissions::Permissions;
use users::Users;

/// One role by itself.
#[component]
pub fn RolePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let fetching = Fetching::new();
    let one = Fetched::new(move || (id.get(), fetching.source()), |(id, _)| server::fetch_one(id));
    let staged = Staged::new();
    view! {
        <Loaded of=one let:one>
            <Role one=one staged=staged fetching=fetching/>
        </Loaded>
        <KeepEdits staged=staged/>
    }
}

/// What the parts of the page share; cheap to copy.
#[derive(Clone, Copy)]
struct Shared {
    one: Signal<One>,
    grid: Signal<Grid>,
    column: Memo<Column>,
    staged: Staged,
    live: Live,
}

impl Shared {
    fn id(self) -> RoleId {
        self.column.with_untracked(|column| column.id)
    }

    fn edits(self, change: Change) -> Edits {
        Edits { changes: vec![change], seen: self.grid.with_untracked(|grid| grid.revision) }
    }
}

#[component]
fn Role(one: Signal<One>, staged: Staged, fetching: Fetching) -> impl IntoView {
    let grid: Signal<Grid> = Memo::new(move |_| one.with(|one| one.grid.clone())).into();
    let column = Memo::new(move |_| grid.with(|grid| grid.roles.first().cloned()).unwrap_or_else(nothing));
    let shared = Shared { one, grid, column, staged, live: Live::here() };
    let saving = Saving::new(staged, grid, fetching);
    let (cloning, deleting, describing) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let query = use_location().query;
    let shows_people = Memo::new(move |_| query.read().get("tab").as_deref() == Some("people"));
    let navigate = use_navigate();
    let cloned = Callback::new(move |(role, revision): (RoleId, u64)| {
        shared.live.saved(revision);
        saved(revision, shared.live);
        // Edits of this role would be lost with its page.
        if staged.is_empty_now() {
            navigate(&format!("/roles/{role}"), NavigateOptions::default());
        }
    });
    view! {
        <PageHead
            title=Signal::derive(move || column.with(|role| role.name.clone()))
            about=Signal::derive(move || one.with(about))
            heading=move || view! { <Heading shared=shared/> }
        >
            <Button
                id="describe"
                reason=Signal::derive(move || one.with(|one| one.renaming.clone()))
                on_press=move |()| describing.set(true)
            >
                "Describe"
            </Button>
            <a class="btn" href=move || format!("/roles/compare?role={}", column.with(|role| role.id))>
                "Compare"
            </a>
            <Button
                id="clone"
                reason=Signal::derive(move || grid.with(|grid| column.with(|role| grid.cloning(role))))
                on_press=move |()| cloning.set(true)
            >
                <Icon name="copy"/>
                "Clone"
            </Button>
            <Button
                id="delete"
                class="btn danger"
                reason=Signal::derive(move || one.with(|one| one.deleting.clone()))
                on_press=move |()| deleting.set(true)
            >
                "Delete"
            </Button>
        </PageHead>
        <Tabs shared=shared shows_people=shows_people/>
        <Notices saving=saving/>
        <Show
            when=move || shows_people.get()
            fallback=move || {
                view! {
                    <FromOrigin shared=shared/>
                    <Permissions shared=shared/>
                }
            }
        >
            <Users shared=shared/>
        </Show>
        <EditsBar saving=saving with_roles=false/>
        <RoleForm id="clone-role" grid=grid clone_of=Signal::derive(move || column.with(|role| role.id)) open=cloning on_saved=cloned/>
        <Describe shared=shared open=describing/>
        <DeleteRole shared=shared open=deleting/>
    }
}

/// The name, which can be edited in place, the level, and how many have the role.
#[component]
fn Heading(shared: Shared) -> impl IntoView {
    let (editing, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let name = Memo::new(move |_| shared.column.with(|role| role.name.clone()));
    let rename = Action::new(server::save);
    whenever(move || match rename.value().get() {
        Some(Ok(revision)) => {
            editing.set(false);
            shared.live.saved(revision);
            saved(revision, shared.live);
        }
        Some(Err(failed)) => problem.set(Some(failed)),
        None => {}
    });
    whenever(move || {
        if !editing.get() {
            problem.set(None);
        }
    });
    let on_save = Callback::new(move |now: String| {
        problem.set(None);
        let was = name.get_untracked();
        if now.trim() == was {
            editing.set(false);
        } else {
            rename.dispatch(shared.edits(Change::RoleRenamed { role: shared.id(), was, now }));
        }
    });
    let people = move || shared.column.with(|role| words::count(role.people, "person", "people"));
    view! {
        <NameInPlace
            id="role-name"
            name=name
            label="Name of the role"
            editing=editing
            reason=Signal::derive(move || shared.one.with(|one| one.renaming.clone()))
            busy=Signal::derive(move || rename.pending().get())
            problem=problem
            on_save=on_save
        />
        {move || {
            shared.column
                .with(|role| role.id.is_built_in())
                .then(|| {
                    view! {
                        <span class="badge">
                            <Icon name="lock"/>
                            "Came with Rolecall"
                        </span>
                    }
                })
        }}
        <span class="badge">{move || shared.column.with(|role| level_name(role.level).0)}</span>
        {move || {
            let owner = |grid: &Grid| shared.column.with(|role| grid.tenant_of(role).map(|one| one.name.clone()));
            shared.grid
                .with(owner)
                .map(|name| {
                    view! {
                        <span class="badge">
                            <Icon name="tenant"/>
                            {format!("Owned by {name}")}
                        </span>
                    }
                })
        }}
        <span class="badge">{people}</span>
    }
}

#[component]
fn Tabs(shared: Shared, shows_people: Memo<bool>) -> impl IntoView {
    let here = move || format!("/roles/{}", shared.column.with(|role| role.id));
    let current = move |is_here: bool| is_here.then_some("page");
    let holders =
        move || shared.one.with(|one| one.people + one.groups + one.accounts + u64::from(one.everyone));
    view! {
        <nav class="tabs" aria-label="Parts of this page">
            <a href=here aria-current=move || current(!shows_people.get())>
                "Permissions"
            </a>
            <a href=move || format!("{}?tab=people", here()) aria-current=move || current(shows_people.get())>
                "Manage users "
                <span class="count">{holders}</span>
            </a>
        </nav>
    }
}

/// One sentence or two under the name.
fn about(one: &One) -> String {
    let mut sentences = Vec::new();
    if !one.description.is_empty() {
        let description = one.description.trim_end();
        let stop = if description.ends_with(['.', '!', '?', '…']) { "" } else { "." };
        sentences.push(format!("{description}{stop}"));
    }
    if !one.delegates.is_empty() {
        let names = words::names(&one.delegates, one.delegates.len() as u64, 3);
        sentences.push(format!("Who has it may give others the role {names}."));
    }
    if sentences.is_empty() {
        sentences.push("No description yet.".to_owned());
    }
    sentences.join(" ")
}

/// What stands in for a role that is no longer in the answer; the page is then replaced anyway.
fn nothing() -> Column {
    Column {
        id: RoleId::from_bits(0),
        name: String::new(),
        level: Level::Organization,
        tenant: None,
        people: 0,
        allows: model::view::roles::Bits::default(),
    }
}
