//! `/settings`: edits are staged; the bar shows whom they touch and saves them together.

use super::areas::Areas;
use super::facts::FactsPanel;
use super::server;
use super::staged::Staged;
use crate::action::Action;
use crate::components::{AskBeforeLeaving, Field, Loaded, PageHead, PendingBar, toast};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::settings::{Settings, SettingsEdit};

/// `/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let live = Live::here();
    let settings = Fetched::new(move || live.changes(), |_| server::read());
    view! { <Loaded of=settings let:settings><Shown settings=settings/></Loaded> }
}

#[component]
fn Shown(settings: Signal<Settings>) -> impl IntoView {
    let live = Live::here();
    let staged = Staged::on(settings);
    let edit = Memo::new(move |_| staged.edit());
    let preview = Action::new(server::preview);
    let save = Action::new(server::save);
    whenever(move || {
        // A later revision may change whom the edits touch.
        settings.with(|settings| settings.revision);
        let edit = edit.get();
        if edit.count() > 0 {
            preview.dispatch(edit);
        }
    });
    whenever(move || {
        if let Some(Ok(revision)) = save.value().get() {
            staged.saved();
            live.saved(revision);
            toast(format!("Saved as change no. {revision}."));
        }
    });
    let problem =
        Signal::derive(move || save.value().get().and_then(Result::err).filter(|_| !save.pending().get()));
    let effect = Signal::derive(move || if preview.pending().get() { None } else { preview.value().get() });
    // Before it is saved, the effect is refused for the same reason.
    let about_name = move || {
        let refused = problem.get().or_else(|| effect.get().and_then(Result::err));
        refused
            .filter(|_| edit.with(|edit| edit.organization.is_some()))
            .and_then(|problem| problem.about("name"))
    };
    let discard = move |()| {
        save.value().set(None);
        staged.discard(settings);
    };
    view! {
        <PageHead title="Settings" about="The organization, what it manages here, and facts about this console."/>
        <div class="body settings">
            <section class="panel" aria-labelledby="organization-head">
                <header>
                    <h2 id="organization-head">"Organization"</h2>
                </header>
                <div class="pad">
                    <Field
                        id="organization-name"
                        label="Name"
                        value=staged.name
                        help="Stands in the menu and in mails."
                        error=Signal::derive(about_name)
                    />
                </div>
            </section>
            <Areas settings=settings staged=staged/>
            <FactsPanel settings=settings/>
        </div>
        <PendingBar
            count=Signal::derive(move || edit.with(SettingsEdit::count))
            effect=effect
            saving=save.pending()
            problem=problem
            on_save=move |()| {
                save.dispatch(edit.get_untracked());
            }
            on_discard=discard
        />
        <AskBeforeLeaving count=Signal::derive(move || edit.with(SettingsEdit::count)) on_leave=discard/>
    }
}
