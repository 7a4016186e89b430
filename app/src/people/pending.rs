//! Invitations that nobody has accepted yet.

use super::invited::Links;
use super::list::InviteLink;
use super::server;
use super::tabs::{Tab, Tabs};
use crate::action::Action;
use crate::components::{
    Button, ConfirmDialog, Dialog, EmptyState, For, Loaded, PageHead, ProblemBanner, Show, When, or_show,
    toast,
};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::Millis;
use model::view::invitations::{DAYS, InvitedLink, PendingRow, PendingScreen};

const DAY: Millis = 24 * 60 * 60 * 1_000;

/// The page.
#[component]
pub fn PendingPage() -> impl IntoView {
    let live = Live::here();
    let again = RwSignal::new(0_u32);
    let pending = Fetched::new(move || (live.changes(), again.get()), |_| server::pending());
    view! {
        <Loaded of=pending let:screen>
            <Screen screen=screen again=again/>
        </Loaded>
    }
}

#[component]
fn Screen(screen: Signal<PendingScreen>, again: RwSignal<u32>) -> impl IntoView {
    let revoking = RwSignal::new(None::<PendingRow>);
    let renewed = RwSignal::new(None::<InvitedLink>);
    let problem = RwSignal::new(None::<Problem>);
    let renew = Action::new(move |row: PendingRow| {
        let user = row.user;
        async move {
            problem.set(None);
            if let Some(link) = or_show(server::resend(user).await, problem) {
                renewed.set(Some(link));
                again.update(|number| *number += 1);
            }
        }
    });
    view! {
        <PageHead title="Invitations" about="People who were invited and have not joined yet.">
            <InviteLink reason=Signal::derive(move || screen.with(|s| s.no_inviting.clone()))/>
        </PageHead>
        <Tabs here=Tab::Invitations counts=Signal::derive(move || screen.with(|s| s.counts))/>
        <div class="body">
            <ProblemBanner problem=problem/>
            <Show
                when=move || screen.with(|s| !s.rows.is_empty())
                fallback=|| {
                    view! {
                        <EmptyState
                            title="No invitation is pending"
                            about="Everybody who was invited has joined. New invitations stand here until they are accepted."
                        >
                            <a class="btn" href="/people/invite">
                                "Invite people"
                            </a>
                        </EmptyState>
                    }
                }
            >
                <div class="scroll">
                    <table class="table cards">
                        <caption class="vh">"Pending invitations"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Person"</th>
                                <th scope="col">"Roles"</th>
                                <th scope="col">"Invited by"</th>
                                <th scope="col">"Invited"</th>
                                <th scope="col">"Link ends"</th>
                                <th>
                                    <span class="vh">"Actions"</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || screen.with(|s| s.rows.clone())
                                key=|row| serde_json::to_string(row).unwrap_or_default()
                                let:row
                            >
                                <Line
                                    row=row
                                    on_renew=move |row: PendingRow| {
                                        renew.dispatch(row);
                                    }
                                    on_revoke=move |row: PendingRow| revoking.set(Some(row))
                                />
                            </For>
                        </tbody>
                    </table>
                </div>
            </Show>
        </div>
        <RevokeDialog revoking=revoking/>
        <RenewedDialog renewed=renewed at=Signal::derive(move || screen.with(|s| s.at))/>
    }
}

#[component]
fn Line(
    row: PendingRow,
    #[prop(into)] on_renew: Callback<PendingRow>,
    #[prop(into)] on_revoke: Callback<PendingRow>,
) -> impl IntoView {
    let (renewed, revoked) = (row.clone(), row.clone());
    let roles: Vec<String> = row.roles.iter().map(|role| role.name.clone()).collect();
    let email = (row.email != row.name).then(|| row.email.clone());
    view! {
        <tr>
            <th scope="row">
                <a class="plain" href=format!("/people/{}", row.user)>
                    {row.name.clone()}
                </a>
                {email.map(|email| view! { <span class="sub">{email}</span> })}
            </th>
            <td data-label="Roles">
                {if roles.is_empty() { "None".to_owned() } else { roles.join(", ") }}
            </td>
            <td data-label="Invited by">
                {match row.by.clone() {
                    Some(name) => name.into_any(),
                    None => view! { <span class="faint">"not known"</span> }.into_any(),
                }}
            </td>
            <td data-label="Invited">{row.at.map(|at| view! { <When at=at/> })}</td>
            <td data-label="Link ends">
                {row.until.map(|at| view! { <When at=at/> })} " "
                {row.is_expired.then(|| view! { <span class="badge stop">"Expired"</span> })}
            </td>
            <td class="tight end">
                <span class="row nw">
                    <Button
                        id=format!("renew-{}", row.user)
                        class="btn quiet mini"
                        label=format!("New link for {}", row.name)
                        reason=Signal::stored(row.no_resending)
                        on_press=move |()| on_renew.run(renewed.clone())
                    >
                        "New link"
                    </Button>
                    <Button
                        id=format!("revoke-{}", row.user)
                        class="btn quiet mini"
                        label=format!("Revoke the invitation of {}", row.name)
                        reason=Signal::stored(row.no_revoking)
                        on_press=move |()| on_revoke.run(revoked.clone())
                    >
                        "Revoke"
                    </Button>
                </span>
            </td>
        </tr>
    }
}

#[component]
fn RevokeDialog(revoking: RwSignal<Option<PendingRow>>) -> impl IntoView {
    let live = Live::here();
    let open = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if revoking.with(Option::is_some) {
            problem.set(None);
            open.set(true);
        }
    });
    whenever(move || {
        if !open.get() {
            revoking.set(None);
        }
    });
    let revoke = Action::new(move |row: PendingRow| {
        let (user, name) = (row.user, row.name);
        async move {
            if let Some(saved) = live.save(server::revoke(user), problem).await {
                open.set(false);
                live.saved(saved.revision);
                toast(format!("The invitation of {name} is revoked. Change no. {}.", saved.revision));
            }
        }
    });
    let name = move || revoking.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    view! {
        <ConfirmDialog
            id="revoke"
            title=Signal::derive(move || format!("Revoke the invitation of {}?", name()))
            open=open
            confirm="Revoke invitation".to_owned()
            busy=revoke.pending()
            problem=problem
            on_confirm=move |()| {
                if let Some(row) = revoking.get_untracked() {
                    revoke.dispatch(row);
                }
            }
        >
            <p>
                "The link no longer works, and the address is forgotten. You can invite the same person again."
            </p>
        </ConfirmDialog>
    }
}

#[component]
fn RenewedDialog(renewed: RwSignal<Option<InvitedLink>>, at: Signal<Millis>) -> impl IntoView {
    let open = RwSignal::new(false);
    whenever(move || {
        if renewed.with(Option::is_some) {
            open.set(true);
        }
    });
    whenever(move || {
        if !open.get() {
            renewed.set(None);
        }
    });
    view! {
        <Dialog id="renewed" title="The new link" open=open>
            <div class="pad">
                <p>"The link before it no longer works."</p>
                {move || {
                    renewed
                        .get()
                        .map(|link| {
                            let until = at.get_untracked() + Millis::from(DAYS) * DAY;
                            view! { <Links links=vec![link] until=until mailed=false/> }
                        })
                }}
            </div>
            <footer>
                <button type="button" class="btn primary" on:click=move |_| open.set(false)>
                    "Done"
                </button>
            </footer>
        </Dialog>
    }
}
