//! What is done to all who are selected: one dialog, one preview, one change.

use super::filters::query_of;
use super::review::ReviewDialog;
use super::selection::Selection;
use super::server;
use super::wanted::Wanted;
use crate::action::Action;
use crate::components::focus::rescue_focus;
use crate::components::{Button, For, Icon, ProblemBanner, Show, or_show};
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::grant::Window;
use model::id::{GroupId, ObjectId, RoleId};
use model::view::people::{Act, MOST_SELECTED, PeopleScreen, Wish};

/// What can be done to many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Give,
    Take,
    Join,
    Leave,
    Deactivate,
    Reactivate,
}

impl Deed {
    fn words(self) -> &'static str {
        match self {
            Self::Give => "Give role",
            Self::Take => "Take role",
            Self::Join => "Add to group",
            Self::Leave => "Remove from group",
            Self::Deactivate => "Deactivate",
            Self::Reactivate => "Reactivate",
        }
    }

    fn needs_role(self) -> bool {
        matches!(self, Self::Give | Self::Take)
    }

    /// Whether it takes something away.
    fn is_loss(self) -> bool {
        matches!(self, Self::Take | Self::Leave | Self::Deactivate)
    }

    fn needs_group(self) -> bool {
        matches!(self, Self::Join | Self::Leave)
    }

    fn act(self, role: Option<RoleId>, group: Option<GroupId>) -> Option<Act> {
        Some(match self {
            Self::Give => Act::Give {
                role: role?,
                object: ObjectId::ORGANIZATION,
                window: Window::ALWAYS,
                with_half: false,
            },
            Self::Take => Act::Take { role: role? },
            Self::Join => Act::Join { group: group? },
            Self::Leave => Act::Leave { group: group? },
            Self::Deactivate => Act::Deactivate,
            Self::Reactivate => Act::Reactivate,
        })
    }

    /// What is said when it is done; `what` is the role or the group.
    fn done(self, what: &str) -> String {
        match self {
            Self::Give => format!("{what} is given."),
            Self::Take => format!("{what} is taken."),
            Self::Join => format!("They are in {what}."),
            Self::Leave => format!("They are no longer in {what}."),
            Self::Deactivate => "They are deactivated and signed out.".to_owned(),
            Self::Reactivate => "They are active again.".to_owned(),
        }
    }
}

/// The bar with what can be done to all who are selected.
#[component]
pub fn SelectionBar(
    /// The list.
    screen: Signal<PeopleScreen>,
    /// Who is selected.
    selection: Selection,
) -> impl IntoView {
    let deed = RwSignal::new(Deed::Give);
    whenever(move || {
        if selection.count() == 0 {
            rescue_focus();
        }
    });
    let open = RwSignal::new(false);
    let reason = move |deed: Deed| {
        Signal::derive(move || {
            screen.with(|s| match deed {
                Deed::Give | Deed::Take => s.no_giving.clone(),
                Deed::Join | Deed::Leave => s.no_groups.clone(),
                Deed::Deactivate | Deed::Reactivate => s.no_managing.clone(),
            })
        })
    };
    let button = move |one: Deed, id: &'static str, class: &'static str, icon: Option<&'static str>| {
        view! {
            <Button
                id=id
                class=class
                reason=reason(one)
                on_press=move |()| {
                    deed.set(one);
                    open.set(true);
                }
            >
                {icon.map(|name| view! { <Icon name=name/> })}
                {one.words()}
            </Button>
        }
    };
    let selected = move || format!("{} selected", words::count(selection.count() as u64, "person", "people"));
    view! {
        <Show when=move || selection.count() != 0>
            <section class="pending pick" aria-label="Selected people">
                <strong role="status">{selected}</strong>
                <div class="row start">
                    {button(Deed::Give, "bulk-give", "btn mini", Some("plus"))}
                    {button(Deed::Take, "bulk-take", "btn mini", None)}
                    {button(Deed::Join, "bulk-join", "btn mini", Some("group"))}
                    {button(Deed::Leave, "bulk-leave", "btn mini", None)}
                    {button(Deed::Deactivate, "bulk-deactivate", "btn mini danger", None)}
                    {button(Deed::Reactivate, "bulk-reactivate", "btn mini", None)}
                </div>
                <div class="row">
                    <SelectFound screen=screen selection=selection/>
                    <button type="button" class="btn quiet mini" on:click=move |_| selection.clear()>
                        "Clear"
                    </button>
                </div>
            </section>
        </Show>
        <BulkDialog screen=screen selection=selection deed=deed open=open/>
    }
}

/// Selects all who are found on all pages, as many as one change may be for.
#[component]
fn SelectFound(screen: Signal<PeopleScreen>, selection: Selection) -> impl IntoView {
    let query = use_query_map();
    let problem = RwSignal::new(None::<Problem>);
    let select = Action::new(move |()| {
        let wanted = query.with_untracked(query_of);
        async move {
            if let Some(people) = or_show(server::found(wanted).await, problem) {
                people.iter().for_each(|one| selection.set(one.id, &one.name, true));
            }
        }
    });
    let total = move || screen.with(|s| s.people.total);
    let words = move || match total() {
        few if few <= MOST_SELECTED as u64 => format!("Select all {few} found"),
        _ => format!("Select the first {MOST_SELECTED} found"),
    };
    view! {
        <Show when=move || { total() > screen.with(|s| s.people.rows.len() as u64) }>
            <button
                type="button"
                class="btn quiet mini"
                on:click=move |_| {
                    select.dispatch(());
                }
            >
                {words}
            </button>
        </Show>
        <ProblemBanner problem=problem/>
    }
}

#[component]
fn BulkDialog(
    screen: Signal<PeopleScreen>,
    selection: Selection,
    deed: RwSignal<Deed>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let role = RwSignal::new(None::<RoleId>);
    let group = RwSignal::new(None::<GroupId>);
    whenever(move || {
        if open.get() {
            role.set(None);
            group.set(None);
        }
    });
    let wanted = Memo::new(move |_| {
        let people = selection.people();
        let act = deed.get().act(role.get(), group.get())?;
        // The revision is read when it is needed, so that news alone does not ask for another preview.
        let seen = screen.with(|s| s.revision);
        (open.get() && !people.is_empty()).then_some(Wanted::People(Wish { people, act, seen }))
    });
    let people = move || words::count(selection.count() as u64, "person", "people");
    let title = Signal::derive(move || format!("{}: {}", deed.get().words(), people()));
    let what = move || {
        screen.with(|s| {
            let role = role.get().and_then(|id| s.roles.iter().find(|one| one.id == id));
            let group = group.get().and_then(|id| s.groups.iter().find(|one| one.id == id));
            let name = role.map(|one| one.name.clone()).or_else(|| group.map(|one| one.name.clone()));
            name.unwrap_or_default()
        })
    };
    let done = Signal::derive(move || deed.get().done(&what()));
    let confirm = Signal::derive(move || deed.get().words().to_owned());
    view! {
        <ReviewDialog
            id="bulk"
            title=title
            open=open
            wanted=wanted
            confirm=confirm
            is_loss=Signal::derive(move || deed.get().is_loss())
            done=done
            on_saved=move |_| selection.clear()
        >
            <Show when=move || deed.get().needs_role()>
                <Choose
                    id="bulk-role"
                    label="Role"
                    options=Signal::derive(move || {
                        screen.with(|s| s.roles.iter().map(|r| (r.id.to_string(), r.name.clone())).collect())
                    })
                    on_choose=move |id: String| role.set(id.parse().ok())
                />
            </Show>
            <Show when=move || deed.get().needs_group()>
                <Choose
                    id="bulk-group"
                    label="Group"
                    options=Signal::derive(move || {
                        screen.with(|s| s.groups.iter().map(|g| (g.id.to_string(), g.name.clone())).collect())
                    })
                    on_choose=move |id: String| group.set(id.parse().ok())
                />
            </Show>
            <Show when=move || deed.get() == Deed::Deactivate>
                <p>"They are signed out at once and may do nothing until somebody reactivates them."</p>
            </Show>
        </ReviewDialog>
    }
}

/// A list to choose one from.
#[component]
pub fn Choose(
    /// Unique on the page.
    id: &'static str,
    /// Its name.
    label: &'static str,
    /// Ids and names.
    options: Signal<Vec<(String, String)>>,
    /// Gets the id, empty for none.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <span class="select">
                <select class="input" id=id on:change=move |event| on_choose.run(event_target_value(&event))>
                    <option value="">"Choose"</option>
                    <For each=move || options.get() key=|option| option.clone() let:option>
                        <option value=option.0>{option.1}</option>
                    </For>
                </select>
            </span>
        </div>
    }
}
