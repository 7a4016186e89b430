//! What is known of the account, and what is done to it.

use super::edit::EditDialog;
use super::link::LinkDialog;
use super::remove::RemoveDialog;
use crate::components::{Button, When};
use crate::people::review::ReviewDialog;
use crate::people::wanted::Wanted;
use leptos::prelude::*;
use model::person::Status;
use model::view::people::{Act, PersonPage};

/// The buttons in the head of the page.
#[component]
pub fn Actions(person: Signal<PersonPage>, called: Signal<String>) -> impl IntoView {
    let (editing, linking, suspending, removing) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let user = person.with_untracked(|p| p.id);
    let status = Memo::new(move |_| person.with(|p| p.status));
    let is_off = move || status.get() == Status::Deactivated;
    let suspend = Memo::new(move |_| {
        let act = if is_off() { Act::Reactivate } else { Act::Deactivate };
        let seen = person.with(|p| p.revision);
        suspending.get().then(|| Wanted::for_one(user, act, seen))
    });
    let verb = move || if is_off() { "Reactivate" } else { "Deactivate" };
    let reason = move |read: fn(&PersonPage) -> Option<String>| Signal::derive(move || person.with(read));
    let done = Signal::derive(move || {
        let name = called.get();
        if is_off() {
            format!("{name} is active again.")
        } else {
            format!("{name} is deactivated and signed out.")
        }
    });
    view! {
        <a class="btn" href=format!("/check?who=person.{user}")>
            "Check roles"
        </a>
        <Button
            id="edit"
            class="btn"
            reason=reason(|p| p.refused.edit.clone())
            on_press=move |()| editing.set(true)
        >
            "Edit name and address"
        </Button>
        <Button
            id="new-password"
            class="btn"
            reason=reason(|p| p.refused.link.clone())
            on_press=move |()| linking.set(true)
        >
            "Link for a new password"
        </Button>
        <Button
            id="suspend"
            class="btn"
            reason=reason(|p| p.refused.suspend.clone())
            on_press=move |()| suspending.set(true)
        >
            {verb}
        </Button>
        <Button
            id="remove"
            class="btn danger"
            reason=reason(|p| p.refused.remove.clone())
            on_press=move |()| removing.set(true)
        >
            "Remove"
        </Button>
        <EditDialog person=person open=editing/>
        <LinkDialog person=person called=called open=linking/>
        <ReviewDialog
            id="suspending"
            title=Signal::derive(move || format!("{} {}?", verb(), called.get()))
            open=suspending
            wanted=suspend
            confirm=Signal::derive(move || verb().to_owned())
            is_loss=Signal::derive(move || !is_off())
            done=done
        >
            <p>
                {move || {
                    if is_off() {
                        "They may again do what their roles allow."
                    } else {
                        "They are signed out at once and may do nothing until somebody reactivates them. Roles and groups stay."
                    }
                }}
            </p>
        </ReviewDialog>
        <RemoveDialog person=person called=called open=removing/>
    }
}

/// What is known of the account, and why something may not be done to it.
#[component]
pub fn Facts(person: Signal<PersonPage>) -> impl IntoView {
    let status = move || {
        person.with(|p| match (p.status, p.invitation_until) {
            (Status::Active, _) => "Active".to_owned(),
            (Status::Deactivated, _) => "Inactive: may do nothing".to_owned(),
            (Status::Invited, Some(_)) => "Invited, has not joined yet".to_owned(),
            (Status::Invited, None) => "Invited, but the link has expired".to_owned(),
        })
    };
    let reasons = move || {
        person.with(|p| {
            let all = [&p.refused.edit, &p.refused.link, &p.refused.suspend, &p.refused.remove];
            let mut reasons: Vec<String> = all.into_iter().flatten().cloned().collect();
            reasons.sort();
            reasons.dedup();
            reasons
        })
    };
    view! {
        <section class="panel" aria-labelledby="account-title">
            <header>
                <h2 id="account-title">"Account"</h2>
            </header>
            <div class="pad">
                <dl class="small">
                    <dt>"State"</dt>
                    <dd>{status}</dd>
                    <dt>"Address"</dt>
                    <dd class="wrap">{move || person.with(|p| p.email.clone())}</dd>
                    <dt>"Last seen"</dt>
                    <dd>
                        {move || match person.with(|p| p.last_seen) {
                            Some(at) => view! { <When at=at/> }.into_any(),
                            None => "none in the last 13 months".into_any(),
                        }}
                    </dd>
                    {move || {
                        person
                            .with(|p| p.invitation_until)
                            .map(|at| {
                                view! {
                                    <dt>"Link ends"</dt>
                                    <dd>
                                        <When at=at/>
                                    </dd>
                                }
                            })
                    }}
                </dl>
                {move || {
                    reasons()
                        .into_iter()
                        .map(|text| view! { <p class="help">{text}</p> })
                        .collect_view()
                }}
                {move || {
                    (person.with(|p| p.status == Status::Invited))
                        .then(|| {
                            view! {
                                <p class="small">
                                    <a href="/people/invitations">"Make a new link, or revoke the invitation"</a>
                                </p>
                            }
                        })
                }}
            </div>
        </section>
    }
}
