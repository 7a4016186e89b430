//! The apps of a tenant.

use super::page::NotYours;
use super::server;
use super::upload::UploadDialog;
use crate::action::Action;
use crate::address;
use crate::components::{Button, ConfirmDialog, EmptyState, For, Icon, Loaded, Pager, SearchBox, Show, When};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::id::ObjectId;
use model::view::tenants::{AppRow, Apps, AppsQuery, Tenant};

/// The part.
#[component]
pub(super) fn AppsPart(
    /// The tenant.
    tenant: Signal<Tenant>,
) -> impl IntoView {
    let id = tenant.with_untracked(|t| t.id);
    let barred = Memo::new(move |_| tenant.with(|t| t.no_seeing.clone()));
    move || match barred.get() {
        Some(reason) => view! { <NotYours reason=reason/> }.into_any(),
        None => view! { <Content id=id/> }.into_any(),
    }
}

#[component]
fn Content(id: ObjectId) -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| AppsQuery {
            tenant: id,
            search: query.get("q").unwrap_or_default(),
            page: address::page(query),
        })
    });
    let apps = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::apps(asked));
    view! {
        <Loaded of=apps let:apps>
            <Screen apps=apps id=id/>
        </Loaded>
    }
}

#[component]
fn Screen(apps: Signal<Apps>, id: ObjectId) -> impl IntoView {
    let uploading = RwSignal::new(false);
    let removing = RwSignal::new(None::<AppRow>);
    let reason = Signal::derive(move || apps.with(|a| a.no_uploading.clone()));
    let query = use_query_map();
    let read = move |read: fn(&Apps) -> u32| Signal::derive(move || apps.with(read));
    let nothing = move || {
        if query.with(|query| query.get("q").is_some_and(|q| !q.is_empty())) {
            return view! {
                <EmptyState title="No app is found" about="No app of this tenant has this in its name."/>
            }
            .into_any();
        }
        view! {
            <EmptyState title="No apps yet" about="Apps that are packaged for this tenant, each with its version.">
                <Button id="first-app" class="btn" reason=reason on_press=move |()| uploading.set(true)>
                    "Upload the first app"
                </Button>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <div class="bar">
            <SearchBox label="Find an app"/>
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
            <span class="push"></span>
            <Button id="upload" class="btn primary" reason=reason on_press=move |()| uploading.set(true)>
                <Icon name="plus"/>
                "Upload apps"
            </Button>
        </div>
        <div class="body">
            <Show when=move || apps.with(|a| !a.apps.rows.is_empty()) fallback=nothing>
                <div class="scroll">
                    <table class="table cards">
                        <thead>
                            <tr>
                                <th scope="col">"App"</th>
                                <th scope="col">"Version"</th>
                                <th scope="col">"Uploaded by"</th>
                                <th scope="col">"When"</th>
                                <th scope="col">
                                    <span class="vh">"Actions"</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || apps.with(|a| a.apps.rows.clone())
                                key=|app| (app.id, app.name.clone(), app.version.clone(), app.by.clone(), app.at)
                                let:app
                            >
                                {line(app, reason, removing)}
                            </For>
                        </tbody>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || apps.with(|a| a.apps.total))
                    page=read(|a| a.apps.page)
                    size=read(|a| a.apps.size)
                />
            </Show>
        </div>
        <UploadDialog tenant=id open=uploading/>
        <RemoveApp app=removing/>
    }
}

fn line(app: AppRow, reason: Signal<Option<String>>, removing: RwSignal<Option<AppRow>>) -> impl IntoView {
    let kept = app.clone();
    let when = match app.at {
        Some(at) => view! { <When at=at/> }.into_any(),
        None => view! { <span class="faint">"Not known"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{app.name.clone()}</th>
            <td data-label="Version" class="mono">
                {app.version}
            </td>
            <td data-label="Uploaded by">{app.by}</td>
            <td data-label="When">{when}</td>
            <td class="end">
                <Button
                    id=format!("remove-{}", app.id)
                    class="btn quiet mini"
                    label=format!("Remove {}", app.name)
                    reason=reason
                    on_press=move |()| removing.set(Some(kept.clone()))
                >
                    "Remove"
                </Button>
            </td>
        </tr>
    }
}

#[component]
fn RemoveApp(app: RwSignal<Option<AppRow>>) -> impl IntoView {
    let live = Live::here();
    let open = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if app.with(Option::is_some) {
            problem.set(None);
            open.set(true);
        }
    });
    whenever(move || {
        if !open.get() {
            app.set(None);
        }
    });
    let name = move || app.with(|app| app.as_ref().map(|app| app.name.clone()).unwrap_or_default());
    let remove = Action::new(move |app: AppRow| async move {
        if let Some(saved) = live.save(server::remove_app(app.id), problem).await {
            open.set(false);
            say_saved(live, &format!("{} is removed.", app.name), &saved);
        }
    });
    view! {
        <ConfirmDialog
            id="removing-app"
            title=Signal::derive(move || format!("Remove {}?", name()))
            open=open
            confirm="Remove app"
            busy=remove.pending()
            problem=problem
            on_confirm=move |()| {
                if let Some(app) = app.get_untracked() {
                    remove.dispatch(app);
                }
            }
        >
            <p>"The app leaves this tenant. It can be undone."</p>
        </ConfirmDialog>
    }
}
