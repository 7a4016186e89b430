//! The dialog that uploads apps: one by name and version, or those that a file names.

use super::server;
use crate::action::Action;
use crate::components::{Field, FormDialog, Show, or_show};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::html;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::people::Saved;
use model::view::tenants::{NewApp, Upload};

/// Shows what a file names before it is uploaded.
#[component]
pub(super) fn UploadDialog(
    /// To which tenant.
    tenant: ObjectId,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let (name, version) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let read = RwSignal::new(Vec::<NewApp>::new());
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            name.set(String::new());
            version.set(String::new());
            read.set(Vec::new());
            problem.set(None);
        }
    });
    let save = Action::new(move |wanted: Upload| async move {
        if let Some(done) = live.save(server::upload(wanted), problem).await {
            open.set(false);
            let saved = Saved { revision: done.revision, undoable: done.undoable };
            say_saved(live, &said(done.new, done.updated), &saved);
        }
    });
    let submit = move |()| {
        let typed = NewApp { name: name.get_untracked(), version: version.get_untracked() };
        let from_file = read.get_untracked();
        let apps = if from_file.is_empty() { vec![typed] } else { from_file };
        save.dispatch(Upload { tenant, apps });
    };
    let about = move |field: &'static str| Signal::derive(move || problem.get()?.about(field));
    let other = Signal::derive(move || {
        problem.get().filter(|problem| {
            !read.with(Vec::is_empty)
                || !["name", "version", "file"].iter().any(|field| problem.about(field).is_some())
        })
    });
    let button = move || match read.with(Vec::len) {
        0 => "Upload app".to_owned(),
        count => format!("Upload {}", words::count(count as u64, "app", "apps")),
    };
    view! {
        <FormDialog
            id="uploading"
            title="Upload apps"
            open=open
            confirm=Signal::derive(button)
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Show when=move || read.with(Vec::is_empty) fallback=move || view! { <Read read=read/> }>
                <div class="pair">
                    <Field id="app-name" label="Name" value=name error=about("name") autofocus=true/>
                    <Field id="app-version" label="Version" value=version error=about("version")/>
                </div>
                <FromFile tenant=tenant read=read problem=problem error=about("file")/>
            </Show>
            <p class="help">"An app that is here already gets the version."</p>
        </FormDialog>
    }
}

fn said(new: u64, updated: u64) -> String {
    let uploaded = words::count(new, "app is uploaded", "apps are uploaded");
    let changed = words::count(updated, "app has another version", "apps have another version");
    match (new, updated) {
        (_, 0) => format!("{uploaded}."),
        (0, _) => format!("{changed}."),
        _ => format!("{uploaded}, {changed}."),
    }
}

#[component]
fn FromFile(
    tenant: ObjectId,
    read: RwSignal<Vec<NewApp>>,
    problem: RwSignal<Option<Problem>>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let file = NodeRef::<html::Input>::new();
    view! {
        <div class="field">
            <label for="app-file">"Or choose a file (.csv or .json) that names apps and versions"</label>
            <input
                class="input"
                type="file"
                id="app-file"
                accept=".csv,.json,text/csv,application/json"
                aria-describedby="app-file-error"
                node_ref=file
                on:change=move |_| take_file(tenant, file, read, problem)
            />
            <span class="error" id="app-file-error" role="status">
                {move || error.get()}
            </span>
        </div>
    }
}

fn take_file(
    tenant: ObjectId,
    file: NodeRef<html::Input>,
    read: RwSignal<Vec<NewApp>>,
    problem: RwSignal<Option<Problem>>,
) {
    let Some(field) = file.get_untracked() else { return };
    let Some(chosen) = field.files().and_then(|files| files.get(0)) else { return };
    leptos::task::spawn_local(async move {
        let text = wasm_bindgen_futures::JsFuture::from(chosen.text()).await;
        let text = text.ok().and_then(|text| text.as_string()).unwrap_or_default();
        field.set_value("");
        if let Some(apps) = or_show(server::read_file(tenant, text).await, problem) {
            problem.set(None);
            read.set(apps);
        }
    });
}

/// What the file names.
#[component]
fn Read(read: RwSignal<Vec<NewApp>>) -> impl IntoView {
    let head = move || format!("The file names {}.", words::count(read.with(Vec::len) as u64, "app", "apps"));
    let lines = move || {
        let apps = read.get().into_iter();
        apps.map(|app| view! { <li><span>{app.name}</span><span class="mono">{app.version}</span></li> })
            .collect_view()
    };
    view! {
        <p role="status">{head}</p>
        <ul class="lines found" tabindex="0" aria-label="Apps in the file">
            {lines}
        </ul>
        <button type="button" class="btn mini" on:click=move |_| read.set(Vec::new())>
            "Choose otherwise"
        </button>
    }
}
