//! The dialog for a new role: its level and owner, from nothing or cloned from another one.
//!
//! It asks only for what there is to choose: no level where all roles have one, no owner where none but the
//! organization can be.

use super::server;
use super::shape::{level_name, level_of};
use crate::action::Action;
use crate::components::{Combobox, Field, FieldAround, FormDialog, Show};
use crate::problem::{Kind, Problem};
use crate::whenever::whenever;
use leptos::prelude::*;
use model::change::Change;
use model::id::{ObjectId, RoleId};
use model::object::Level;
use model::role::{Owner, Role};
use model::view::roles::{Column, Edits, Grid};

/// What is filled in.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    description: RwSignal<String>,
    level: RwSignal<Level>,
    origin: RwSignal<Option<RoleId>>,
    /// Whether a tenant owns it.
    is_tenants: RwSignal<bool>,
    /// The tenant, by its id and its name.
    tenant: RwSignal<String>,
    tenant_name: RwSignal<String>,
}

/// Adds a role; everything is off at first, unless it is cloned.
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
        is_tenants: RwSignal::new(false),
        tenant: RwSignal::new(String::new()),
        tenant_name: RwSignal::new(String::new()),
    };
    let problem = RwSignal::new(None::<Problem>);
    let save = Action::new(move |(role, edits): (RoleId, Edits)| async move {
        server::save(edits).await.map(|revision| (role, revision))
    });
    // Each opening starts anew.
    whenever(move || {
        if open.get() {
            problem.set(None);
            form.start(grid, clone_of.map(|id| id.get_untracked()));
        }
    });
    whenever(move || match save.value().get() {
        Some(Ok(saved)) => {
            open.set(false);
            on_saved.run(saved);
        }
        Some(Err(failed)) => problem.set(Some(failed)),
        None => {}
    });
    let submit = move |()| match crate::new_id::bits() {
        Some(_) if form.lacks_tenant(grid) => {
            let message = "Choose one of the tenants that are found.";
            problem.set(Some(Problem {
                field: Some("tenant".to_owned()),
                ..Problem::new(Kind::Invalid, message)
            }));
        }
        Some(bits) => {
            let role = RoleId::from_bits(bits);
            save.dispatch((role, form.edits(role, grid)));
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
        problem.get().filter(|p| !matches!(p.field.as_deref(), Some("name" | "description" | "tenant")))
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
            <Show when=move || form.asks_owner(grid)>
                <OwnedBy id=id grid=grid form=form error=about("tenant")/>
            </Show>
            <p class="help">{move || form.says(grid)}</p>
        </FormDialog>
    }
}

/// What a new role starts from, and its level where that does not follow.
#[component]
fn Start(id: &'static str, grid: Signal<Grid>, form: Form) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event).parse().ok();
        form.follow(grid, chosen);
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
    // Roles stand under their levels, where there are several.
    let origins = move || {
        grid.with(|grid| {
            let offered = offered_levels(grid);
            let of = |level: Level| grid.roles.iter().filter(move |role| role.level == level);
            let groups = offered.iter().map(|level| {
                let options = of(*level).map(|role| option(grid, role)).collect_view();
                match offered.len() {
                    1 => options.into_any(),
                    _ => view! { <optgroup label=level_name(*level).0>{options}</optgroup> }.into_any(),
                }
            });
            groups.collect_view()
        })
    };
    let asks_level =
        move || form.origin.with(Option::is_none) && grid.with(|grid| offered_levels(grid).len() > 1);
    view! {
        <FieldAround id=format!("{id}-origin") label="Start from">
            <span class="select">
                <select
                    class="input"
                    id=format!("{id}-origin")
                    prop:value=move || form.origin.get().map(|id| id.to_string()).unwrap_or_default()
                    on:change=choose
                >
                    <option value="" selected=move || form.origin.with(Option::is_none)>
                        "Nothing: everything off"
                    </option>
                    {origins}
                </select>
            </span>
        </FieldAround>
        <Show when=asks_level>
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
                        {move || {
                            grid.with(offered_levels)
                                .into_iter()
                                .map(|level| {
                                    let (name, word) = level_name(level);
                                    view! {
                                        <option value=word selected=move || form.level.get() == level>
                                            {name}
                                        </option>
                                    }
                                })
                                .collect_view()
                        }}
                    </select>
                </span>
            </FieldAround>
        </Show>
    }
}

/// Who owns it: the organization, or a tenant that is searched for.
#[component]
fn OwnedBy(id: &'static str, grid: Signal<Grid>, form: Form, error: Signal<Option<String>>) -> impl IntoView {
    let may_choose = move || grid.with(|grid| grid.makes.organization.is_none());
    view! {
        <Show when=may_choose>
            <FieldAround id=format!("{id}-owner") label="Owner">
                <span class="select">
                    <select
                        class="input"
                        id=format!("{id}-owner")
                        prop:value=move || if form.is_tenants.get() { "tenant" } else { "organization" }
                        on:change=move |event| form.is_tenants.set(event_target_value(&event) == "tenant")
                    >
                        <option value="organization" selected=move || !form.is_tenants.get()>
                            "The organization: it can be given in every tenant"
                        </option>
                        <option value="tenant" selected=move || form.is_tenants.get()>
                            "One tenant: it is seen and given only there"
                        </option>
                    </select>
                </span>
            </FieldAround>
        </Show>
        <Show when=move || form.is_tenants.get()>
            <Combobox
                id="role-tenant"
                label="Tenant"
                name="tenant"
                value=form.tenant
                text=form.tenant_name
                placeholder="Find a tenant"
                error=error
                search=server::find_owners
            />
        </Show>
    }
}

/// The levels that the reader may make roles of: for a tenant alone, those beneath the organization's.
fn offered_levels(grid: &Grid) -> Vec<Level> {
    let may = |level: &Level| grid.makes.organization.is_none() || can_be_tenants(*level);
    grid.levels.iter().copied().filter(may).collect()
}

fn first_level(grid: Signal<Grid>) -> Level {
    grid.with_untracked(|grid| offered_levels(grid).first().copied()).unwrap_or_default()
}

/// Whether a tenant can own roles of that level.
const fn can_be_tenants(level: Level) -> bool {
    matches!(level, Level::Tenant | Level::Folder)
}

impl Form {
    fn start(self, grid: Signal<Grid>, clone_of: Option<RoleId>) {
        self.follow(grid, clone_of);
        let name = grid.with_untracked(|grid| clone_of.and_then(|id| grid.role(id)).map(|r| r.name.clone()));
        self.name.set(name.map(|name| format!("{name} copy")).unwrap_or_default());
        self.description.set(String::new());
    }

    /// Takes level and owner over from what it starts from.
    fn follow(self, grid: Signal<Grid>, origin: Option<RoleId>) {
        self.origin.set(origin);
        let first = first_level(grid);
        grid.with_untracked(|grid| {
            let role = origin.and_then(|id| grid.role(id));
            self.level.set(role.map_or(first, |role| role.level));
            let owner = role.and_then(|role| grid.tenant_of(role));
            self.is_tenants.set(owner.is_some() || grid.makes.organization.is_some());
            // Where it can be one tenant alone, there is nothing to look for.
            let tenant = owner.map(|tenant| (tenant.id, tenant.name.clone())).or(grid.makes.only.clone());
            let (id, name) = tenant.map(|(id, name)| (id.to_string(), name)).unwrap_or_default();
            self.tenant.set(id);
            self.tenant_name.set(name);
        });
    }

    /// Whether there is an owner to choose; tracked.
    fn asks_owner(self, grid: Signal<Grid>) -> bool {
        can_be_tenants(self.level.get()) && grid.with(|grid| grid.makes.tenants > 0)
    }

    fn owner(self, grid: Signal<Grid>) -> Owner {
        let is_tenants = untrack(|| self.asks_owner(grid)) && self.is_tenants.get_untracked();
        let tenant = self.tenant.with_untracked(|id| id.parse::<ObjectId>().ok());
        tenant.filter(|_| is_tenants).map_or(Owner::Organization, Owner::Tenant)
    }

    /// Whether a tenant shall own it, and none is chosen.
    fn lacks_tenant(self, grid: Signal<Grid>) -> bool {
        let is_tenants = untrack(|| self.asks_owner(grid)) && self.is_tenants.get_untracked();
        is_tenants && self.owner(grid) == Owner::Organization
    }

    /// What it will be, in a sentence or two; tracked.
    fn says(self, grid: Signal<Grid>) -> String {
        let Some(origin) = self.origin.get() else {
            return "Everything is off at first. Allow what it needs in the grid, then give it to people."
                .to_owned();
        };
        let several = grid.with(|grid| grid.levels.len() > 1);
        let name = grid.with(|grid| grid.role(origin).map(|role| role.name.clone())).unwrap_or_default();
        let level = match several {
            true => {
                format!("Its level is {}, as that of {name}. ", level_name(self.level.get()).0.to_lowercase())
            }
            false => String::new(),
        };
        format!("{level}It allows what its origin allows now; later changes of the origin do not follow.")
    }

    fn edits(self, id: RoleId, grid: Signal<Grid>) -> Edits {
        let owner = self.owner(grid);
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
                owner,
                origin,
                permissions: fitting.filter(|(at, _)| allows(*at)).map(|(_, row)| row.key.clone()).collect(),
                delegates: Vec::new(),
            };
            Edits { changes: vec![Change::RoleCreated { role }], seen: grid.revision }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::shape::tests::grid;
    use model::view::roles::Makes;

    #[test]
    fn whoever_makes_roles_for_tenants_alone_is_offered_their_levels() {
        let mut grid = grid();
        grid.levels = vec![Level::Organization, Level::Tenant, Level::Folder, Level::Application];
        assert_eq!(offered_levels(&grid), grid.levels);
        let organization = Some("Ask an administrator.".to_owned());
        grid.makes = Makes { organization, tenants: 1, only: None };
        assert_eq!(offered_levels(&grid), [Level::Tenant, Level::Folder]);
    }
}
