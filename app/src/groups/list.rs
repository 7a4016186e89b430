//! The list of groups.

use super::server;
use crate::action::Action;
use crate::address;
use crate::components::{
    Button, EmptyState, Field, For, FormDialog, Icon, Loaded, PageHead, Pager, SearchBox, Show, or_show,
};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::{RoleWords, Tab, Tabs};
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::view::groups::{GroupRow, GroupsQuery, GroupsScreen, NewGroup};

/// The page.
#[component]
pub fn GroupsPage() -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| GroupsQuery {
            search: query.get("q").unwrap_or_default(),
            page: address::page(query),
        })
    });
    let groups = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::list(asked));
    view! {
        <Loaded of=groups let:screen>
            <Screen screen=screen/>
        </Loaded>
    }
}

#[component]
fn Screen(screen: Signal<GroupsScreen>) -> impl IntoView {
    let adding = address::asked("new");
    let reason = Signal::derive(move || screen.with(|s| s.no_managing.clone()));
    let page = move |read: fn(&GroupsScreen) -> u32| Signal::derive(move || screen.with(read));
    view! {
        <PageHead title="Groups" about="People who get roles together. Groups do not hold other groups.">
            <Button
                id="add-group"
                class="btn primary"
                reason=reason
                on_press=move |()| adding.set(true)
            >
                <Icon name="plus"/>
                "Add group"
            </Button>
        </PageHead>
        <Tabs here=Tab::Groups counts=Signal::derive(move || screen.with(|s| s.counts))/>
        <div class="bar">
            <SearchBox label="Name or description"/>
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
        </div>
        <div class="body">
            <Show when=move || screen.with(|s| !s.groups.rows.is_empty()) fallback=move || nothing(screen, adding)>
                <div class="scroll">
                    <table class="table cards groups">
                        <caption class="vh">"Groups"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Name"</th>
                                <th scope="col" class="end">
                                    "Members"
                                </th>
                                <th scope="col">"Roles"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || screen.with(|s| s.groups.rows.clone())
                                key=|row| serde_json::to_string(row).unwrap_or_default()
                                let:row
                            >
                                {line(row)}
                            </For>
                        </tbody>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || screen.with(|s| s.groups.total))
                    page=page(|s| s.groups.page)
                    size=page(|s| s.groups.size)
                />
            </Show>
        </div>
        <AddDialog open=adding/>
    }
}

fn line(row: GroupRow) -> impl IntoView {
    let about = (!row.description.is_empty()).then(|| view! { <span class="sub">{row.description}</span> });
    let none = row.roles.is_empty().then(|| view! { <span class="faint">"None"</span> });
    view! {
        <tr>
            <th scope="row">
                <a class="plain" href=format!("/groups/{}", row.id)>
                    {row.name}
                </a>
                {about}
            </th>
            <td data-label="Members" class="end">{words::count(row.members, "person", "people")}</td>
            <td data-label="Roles">
                <span class="chips">
                    {none}
                    {row
                        .roles
                        .into_iter()
                        .map(|held| {
                            view! {
                                <span class="chip">
                                    <RoleWords held=held/>
                                </span>
                            }
                        })
                        .collect_view()}
                </span>
            </td>
        </tr>
    }
}

fn nothing(screen: Signal<GroupsScreen>, adding: RwSignal<bool>) -> impl IntoView {
    if screen.with(|s| s.counts.groups > 0) {
        return view! {
            <EmptyState title="No group is found" about="No group has this in its name or description.">
                <a class="btn" href="/groups">
                    "Show all groups"
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let reason = Signal::derive(move || screen.with(|s| s.no_managing.clone()));
    view! {
        <EmptyState
            title="No groups yet"
            about="A group brings its roles to everybody in it: who joins gets them, who leaves loses them."
        >
            <Button id="first-group" class="btn" reason=reason on_press=move |()| adding.set(true)>
                "Add the first group"
            </Button>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn AddDialog(open: RwSignal<bool>) -> impl IntoView {
    let (name, description) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            name.set(String::new());
            description.set(String::new());
            problem.set(None);
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let save = Action::new(move |new: NewGroup| async move {
        if let Some(made) = or_show(server::create(new).await, problem) {
            open.set(false);
            navigate.with_value(|go| go(&format!("/groups/{}", made.id), Default::default()));
        }
    });
    let submit = move |()| {
        save.dispatch(NewGroup { name: name.get_untracked(), description: description.get_untracked() });
    };
    let about = move |field: &'static str| Signal::derive(move || problem.get()?.about(field));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.field.is_none()));
    view! {
        <FormDialog
            id="adding"
            title="Add group"
            open=open
            confirm="Save group"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Field id="group-name" label="Name" value=name error=about("name") autofocus=true/>
            <Field
                id="group-about"
                label="Description (optional)"
                value=description
                error=about("description")
            />
        </FormDialog>
    }
}
