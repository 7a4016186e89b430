//! Up to four roles side by side: what each allows, and what they differ in. Which ones stands in the address.
//!
//! The same grid as that of all roles, with the same edits, for a few of them.

use super::cell_help::CellHelp;
use super::edits::{EditsBar, KeepEdits};
use super::legend::Legend;
use super::notices::Notices;
use super::page::folded;
use super::saving::{Fetching, Saving};
use super::server;
use super::shape::{Filter, Shape, level_name};
use super::staged::Staged;
use super::table::{GridTable, Table};
use crate::address;
use crate::components::focus::rescue_focus;
use crate::components::{Banner, EmptyState, Icon, Loaded, PageHead, SearchBox, Show};
use crate::fetched::Fetched;
use crate::whenever::whenever;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use model::id::RoleId;
use model::object::Level;
use model::view::roles::{Column, Grid, MOST_COMPARED};

/// Where it is.
const PATH: &str = "/roles/compare";

/// Some roles side by side.
#[component]
pub fn ComparePage() -> impl IntoView {
    let fetching = Fetching::new();
    let grid = Fetched::new(move || fetching.source(), move |_| server::fetch_grid(fetching.since()));
    let staged = Staged::new();
    view! {
        <Loaded of=grid let:grid>
            <Compare grid=grid staged=staged fetching=fetching/>
        </Loaded>
        <KeepEdits staged=staged/>
    }
}

#[component]
fn Compare(grid: Signal<Grid>, staged: Staged, fetching: Fetching) -> impl IntoView {
    let query = use_query_map();
    let chosen = Memo::new(move |_| grid.with(|grid| Chosen::of(grid, &query.read())));
    let shape = Memo::new(move |_| {
        let only = chosen.with(|chosen| chosen.roles.clone());
        // One by itself, or none, is no comparison.
        if only.len() < 2 {
            return Shape::default();
        }
        let query = query.read();
        let filter = Filter {
            words: query.get("q").unwrap_or_default(),
            level: None,
            differences: query.get("differences").is_some(),
            folded: folded(&query),
            only,
        };
        grid.with(|grid| Shape::of(grid, &filter))
    });
    let table = Table::new(grid, shape, staged);
    let saving = Saving::new(staged, grid, fetching);
    let compares = Memo::new(move |_| chosen.with(|chosen| chosen.roles.len() > 1));
    let is_empty = Memo::new(move |_| shape.with(|shape| shape.lines.is_empty()));
    view! {
        <PageHead
            title="Compare roles"
            about="What up to four roles allow, side by side. Changes hold at once after saving."
        >
            <a class="btn" href="/roles">
                "All roles"
            </a>
        </PageHead>
        <Choosing grid=grid chosen=chosen/>
        <Show when=move || compares.get()>
            <div class="bar">
                <SearchBox label="Find a permission"/>
                <Differences/>
                <span class="push"></span>
                <Legend
                    grid=grid
                    roles=Signal::derive(move || shape.with(|shape| shape.roles.clone()))
                    staged=Signal::derive(move || staged.count())
                />
            </div>
        </Show>
        {move || chosen.with(Chosen::note).map(|note| view! { <div class="bar"><Banner>{note}</Banner></div> })}
        <Notices saving=saving/>
        <Show when=move || !is_empty.get() fallback=move || view! { <Nothing chosen=chosen/> }>
            <GridTable table=table/>
            <CellHelp table=table/>
        </Show>
        <EditsBar saving=saving with_roles=true/>
    }
}

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Chosen {
    /// The roles that are shown.
    roles: Vec<RoleId>,
    /// How many more there are than are shown.
    more: usize,
    /// How many are not there, or not for this reader.
    gone: usize,
    /// Whether they are of several levels.
    is_mixed: bool,
}

impl Chosen {
    fn of(grid: &Grid, query: &ParamsMap) -> Self {
        let mut chosen = Self::default();
        let mut levels: Vec<Level> = Vec::new();
        for word in query.get_all("role").unwrap_or_default() {
            let role = word.parse().ok().and_then(|id| grid.role(id));
            match role {
                None => chosen.gone += 1,
                Some(role) if chosen.roles.contains(&role.id) => {}
                Some(_) if chosen.roles.len() == MOST_COMPARED => chosen.more += 1,
                Some(role) => {
                    chosen.roles.push(role.id);
                    levels.push(role.level);
                }
            }
        }
        levels.dedup();
        chosen.is_mixed = levels.len() > 1;
        chosen
    }

    /// What is not as the address asks for it.
    fn note(&self) -> Option<String> {
        let mut notes = Vec::new();
        match self.gone {
            0 => {}
            1 => notes.push("One of these roles is not there any more.".to_owned()),
            many => notes.push(format!("{many} of these roles are not there any more.")),
        }
        if self.more > 0 {
            notes.push(format!("Up to {MOST_COMPARED} roles are compared: these are the first."));
        }
        if self.is_mixed {
            notes.push(
                "They are of different levels: what lies above a level does not apply there.".to_owned(),
            );
        }
        (!notes.is_empty()).then(|| notes.join(" "))
    }
}

/// A link to the comparison of these roles, with what else the address says.
fn link(query: &ParamsMap, roles: &[RoleId]) -> String {
    let mut query = query.clone();
    query.remove("role");
    for role in roles {
        query.insert("role", role.to_string());
    }
    address::link(PATH, &query, &[])
}

/// The roles that are compared, and the field that adds one.
#[component]
fn Choosing(grid: Signal<Grid>, chosen: Memo<Chosen>) -> impl IntoView {
    let query = use_query_map();
    // The link that leaves a role out goes with it.
    whenever(move || {
        chosen.track();
        rescue_focus();
    });
    let without = move |id: RoleId| {
        let rest: Vec<RoleId> =
            chosen.with(|chosen| chosen.roles.iter().copied().filter(|role| *role != id).collect());
        query.with(|query| link(query, &rest))
    };
    let chips = move || {
        let roles = chosen.with(|chosen| chosen.roles.clone());
        let chip = |id: &RoleId| {
            let name = grid.with(|grid| grid.role(*id).map(|role| role.name.clone())).unwrap_or_default();
            let label = format!("Leave out {name}");
            view! {
                <li class="chip">
                    <a href=format!("/roles/{id}")>{name}</a>
                    <a href=without(*id) aria-label=label>
                        <Icon name="x"/>
                    </a>
                </li>
            }
        };
        (!roles.is_empty()).then(|| {
            view! {
                <ul class="chips compared" aria-label="Roles that are compared">
                    {roles.iter().map(chip).collect_view()}
                </ul>
            }
        })
    };
    view! {
        <div class="bar">
            {chips}
            <Adding grid=grid chosen=chosen/>
        </div>
    }
}

/// The field that adds a role: those of the level that is compared, or of any as long as none is. With a button, since
/// keys choose in passing what they only lead past.
#[component]
fn Adding(grid: Signal<Grid>, chosen: Memo<Chosen>) -> impl IntoView {
    let (query, navigate) = (use_query_map(), use_navigate());
    let field = NodeRef::<html::Select>::new();
    let picked = RwSignal::new(None::<RoleId>);
    let add = move |_| {
        let Some(role) = picked.get_untracked() else { return };
        // The role then stands among those that are compared, and the field is ready for the next.
        if let Some(field) = field.get_untracked() {
            field.set_value("");
        }
        picked.set(None);
        let mut roles = chosen.with_untracked(|chosen| chosen.roles.clone());
        roles.push(role);
        let to = query.with_untracked(|query| link(query, &roles));
        navigate(&to, NavigateOptions { scroll: false, ..Default::default() });
    };
    let is_full = Memo::new(move |_| chosen.with(|chosen| chosen.roles.len() >= MOST_COMPARED));
    let options = move || {
        grid.with(|grid| {
            chosen.with(|chosen| {
                let first = chosen.roles.first().and_then(|id| grid.role(*id)).map(|role| role.level);
                let is_new = |role: &&Column| {
                    let fits = first.is_none_or(|level| role.level == level);
                    !is_full.get() && fits && !chosen.roles.contains(&role.id)
                };
                let option = |role: &Column| {
                    let id = role.id;
                    view! {
                        <option value=id.to_string() selected=move || picked.get() == Some(id)>
                            {with_level(role, first.is_none())}
                        </option>
                    }
                };
                grid.roles.iter().filter(is_new).map(option).collect_view()
            })
        })
    };
    view! {
        <label class="vh" for="compare-add">
            "Add a role to compare"
        </label>
        <span class="select">
            <select
                class="input"
                id="compare-add"
                node_ref=field
                on:change=move |event| picked.set(event_target_value(&event).parse().ok())
            >
                <option value="">{move || if is_full.get() { "Four roles at most" } else { "Add a role" }}</option>
                {options}
            </select>
        </span>
        <button
            type="button"
            class="btn"
            aria-disabled=move || picked.get().is_none().then_some("true")
            on:click=add
        >
            "Add"
        </button>
    }
}

fn with_level(role: &Column, says_level: bool) -> String {
    match says_level {
        true => format!("{} ({})", role.name, level_name(role.level).1),
        false => role.name.clone(),
    }
}

/// Differences only.
#[component]
fn Differences() -> impl IntoView {
    let (query, location, navigate) = (use_query_map(), use_location(), use_navigate());
    let is_on = Memo::new(move |_| query.read().get("differences").is_some());
    let toggle = move |event| {
        let value = if event_target_checked(&event) { "1" } else { "" };
        let path = location.pathname.get_untracked();
        let to = query.with_untracked(|query| address::link(&path, query, &[("differences", Some(value))]));
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    };
    view! {
        <label class="choice">
            <input
                type="checkbox"
                checked=is_on.get_untracked()
                prop:checked=move || is_on.get()
                on:change=toggle
            />
            "Differences only"
        </label>
    }
}

/// What stands there while nothing can be compared.
#[component]
fn Nothing(chosen: Memo<Chosen>) -> impl IntoView {
    let query = use_query_map();
    move || {
        let count = chosen.with(|chosen| chosen.roles.len());
        let differences = query.read().get("differences").is_some();
        let searches = query.read().get("q").is_some_and(|words| !words.trim().is_empty());
        let (title, about) = match (count, differences && !searches) {
            (0, _) => ("No role is chosen", "Add two to four roles to see what each of them allows."),
            (1, _) => ("One role is chosen", "Add another one of its level to compare it with."),
            (_, true) => ("No differences", "These roles allow the same."),
            (_, false) => ("No permission is shown", "Nothing matches what you look for."),
        };
        let all = chosen.with(|chosen| link(&ParamsMap::new(), &chosen.roles));
        view! {
            <div class="body">
                <EmptyState title=title about=about>
                    {(count > 1).then(|| view! { <a class="btn" href=all>"Show all permissions"</a> })}
                </EmptyState>
            </div>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::shape::tests::grid;

    fn query(roles: &[u64]) -> ParamsMap {
        let mut query = ParamsMap::new();
        for bits in roles {
            query.insert("role", RoleId::from_bits(*bits).to_string());
        }
        query
    }

    #[test]
    fn the_address_says_which_roles_once_each_and_four_at_the_most() {
        let mut grid = grid();
        for bits in [11, 12] {
            let more = Column { id: RoleId::from_bits(bits), ..grid.roles[1].clone() };
            grid.roles.push(more);
        }
        let chosen = Chosen::of(&grid, &query(&[8, 8, 77, 1, 11, 12, 9]));
        let ids = [8, 1, 11, 12].map(RoleId::from_bits);
        assert_eq!((chosen.roles.as_slice(), chosen.more, chosen.gone), (ids.as_slice(), 1, 1));
        assert!(!chosen.is_mixed);
        let note = chosen.note().unwrap();
        assert!(note.contains("not there any more") && note.contains("Up to 4"), "{note}");
        let mixed = Chosen::of(&grid, &query(&[8, 9]));
        assert!(mixed.is_mixed && mixed.note().unwrap().contains("different levels"));
        assert_eq!(Chosen::of(&grid, &query(&[8])).note(), None);
    }

    #[test]
    fn a_link_names_the_roles_and_keeps_the_rest_of_the_address() {
        let mut before = query(&[8, 9]);
        before.insert("differences", "1".to_owned());
        let roles = [1, 8].map(RoleId::from_bits);
        let link = link(&before, &roles);
        let again = link.split_once('?').map(|(_, query)| query.split('&').collect::<Vec<_>>()).unwrap();
        assert!(link.starts_with("/roles/compare?") && again.len() == 3, "{link}");
        assert!(again.contains(&"differences=1"), "{link}");
        assert!(again.contains(&format!("role={}", roles[0]).as_str()), "{link}");
    }
}
