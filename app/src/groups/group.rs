//! One group: its name and description, its members, its roles.

use super::members::Members;
use super::roles::Roles;
use super::server;
use crate::action::Action;
use crate::address;
use crate::components::{Button, Field, FormDialog, Loaded, NameInPlace, PageHead};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::ReviewDialog;
use crate::people::wanted::{Wanted, say_saved};
use crate::problem::{Kind, Problem};
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use model::id::GroupId;
use model::view::groups::{GroupAct, GroupPage as Shown, GroupQuery, GroupWish};
use model::view::people::Saved;

/// The page.
#[component]
pub fn GroupPage() -> impl IntoView {
    let live = Live::here();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let list = Memo::new(move |_| query.with(|q| (q.get("q").unwrap_or_default(), address::page(q))));
    let group = Fetched::new(
        move || (id.get(), list.get(), live.changes()),
        |(id, (search, page), _)| async move {
            match id.parse::<GroupId>() {
                Ok(group) => server::one(GroupQuery { group, search, page }).await,
                Err(_) => Err(Problem::new(Kind::Gone, "There is no such group. The address is not whole.")),
            }
        },
    );
    view! {
        <Loaded of=group let:group>
            <Screen group=group/>
        </Loaded>
    }
}

#[component]
fn Screen(group: Signal<Shown>) -> impl IntoView {
    let live = Live::here();
    let (editing, describing, removing) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let problem = RwSignal::new(None::<Problem>);
    let name = Signal::derive(move || group.with(|g| g.name.clone()));
    let about = Signal::derive(move || {
        group.with(|g| {
            if g.description.is_empty() { "No description.".to_owned() } else { g.description.clone() }
        })
    });
    let reason = Signal::derive(move || group.with(|g| g.no_managing.clone()));
    let rename = Action::new(move |now: String| {
        let wish = wish_of(group);
        async move {
            let was = name.get_untracked();
            if now.trim() == was {
                editing.set(false);
                return;
            }
            if let Some(saved) = live.save(server::save(wish(GroupAct::Rename { was, now })), problem).await {
                problem.set(None);
                say_saved(live, "The group is renamed.", &saved);
                editing.set(false);
            }
        }
    });
    whenever(move || {
        editing.track();
        problem.set(None);
    });
    view! {
        <PageHead
            title=name
            about=about
            heading=move || {
                view! {
                    <NameInPlace
                        id="group-name"
                        name=name
                        label="Name of the group"
                        editing=editing
                        reason=reason
                        busy=rename.pending()
                        problem=problem
                        on_save=move |now: String| {
                            rename.dispatch(now);
                        }
                    />
                }
            }
        >
            <Button id="describe" class="btn" reason=reason on_press=move |()| describing.set(true)>
                "Describe"
            </Button>
            <Button id="delete" class="btn danger" reason=reason on_press=move |()| removing.set(true)>
                "Delete group"
            </Button>
        </PageHead>
        <div class="body">
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
            <div class="split">
                <Members group=group/>
                <Roles group=group/>
            </div>
        </div>
        <DescribeDialog group=group open=describing/>
        <RemoveDialog group=group open=removing/>
    }
}

/// A wish for the group as the page shows it.
fn wish_of(group: Signal<Shown>) -> impl Fn(GroupAct) -> GroupWish {
    let (id, seen) = group.with_untracked(|g| (g.id, g.revision));
    move |act| GroupWish { group: id, act, seen }
}

#[component]
fn DescribeDialog(group: Signal<Shown>, open: RwSignal<bool>) -> impl IntoView {
    let live = Live::here();
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            problem.set(None);
            text.set(group.with_untracked(|g| g.description.clone()));
        }
    });
    let save = Action::new(move |now: String| {
        let wish = wish_of(group);
        async move {
            let was = group.with_untracked(|g| g.description.clone());
            if let Some(saved) = live.save(server::save(wish(GroupAct::Describe { was, now })), problem).await
            {
                open.set(false);
                say_saved(live, "The description is saved.", &saved);
            }
        }
    });
    let submit = move |()| {
        save.dispatch(text.get_untracked());
    };
    let error = Signal::derive(move || problem.get()?.about("description"));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.field.is_none()));
    view! {
        <FormDialog
            id="describing"
            title="Describe the group"
            open=open
            confirm="Save description"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Field id="description" label="Description" value=text error=error autofocus=true/>
        </FormDialog>
    }
}

#[component]
fn RemoveDialog(group: Signal<Shown>, open: RwSignal<bool>) -> impl IntoView {
    let navigate = StoredValue::new(use_navigate());
    let wanted = Memo::new(move |_| {
        let wish = wish_of(group)(GroupAct::Remove);
        open.get().then_some(Wanted::Group(wish))
    });
    let name = move || group.with(|g| g.name.clone());
    let members = move || group.with(|g| words::count(g.members.total, "person leaves", "people leave"));
    view! {
        <ReviewDialog
            id="removing"
            title=Signal::derive(move || format!("Delete the group {}?", name()))
            open=open
            wanted=wanted
            confirm="Delete group".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("The group {} is deleted.", name()))
            on_saved=move |_: Saved| navigate.with_value(|go| go("/groups", Default::default()))
        >
            <p>{move || format!("{} it, and its roles go with it.", members())}</p>
        </ReviewDialog>
    }
}
