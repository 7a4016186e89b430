//! The form that invites one person or many.

use super::addresses::read;
use super::invited::Links;
use super::server;
use crate::action::Action;
use crate::components::{Banner, Button, For, Icon, Loaded, PageHead, ProblemBanner, Show, Tone};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::Problem;
use crate::words;
use leptos::html;
use leptos::prelude::*;
use model::id::{GroupId, RoleId};
use model::view::invitations::{
    BadLine, DAYS, Invitation, InviteForm, InvitedLink, MOST_DAYS, Outcome, RoleToInvite,
};
use std::collections::BTreeSet;

/// The page.
#[component]
pub fn InvitePage() -> impl IntoView {
    let live = Live::here();
    let form = Fetched::new(move || live.changes(), |_| server::invite_form());
    view! {
        <Loaded of=form let:form>
            <Form form=form/>
        </Loaded>
    }
}

/// What came of inviting.
#[derive(Debug, Clone, PartialEq)]
struct Done {
    links: Vec<InvitedLink>,
    until: model::Millis,
    mailed: bool,
}

#[component]
fn Form(form: Signal<InviteForm>) -> impl IntoView {
    let live = Live::here();
    let text = RwSignal::new(String::new());
    let roles = RwSignal::new(BTreeSet::from([RoleId::MEMBER]));
    let group = RwSignal::new(None::<GroupId>);
    let days = RwSignal::new(DAYS.to_string());
    let wrong = RwSignal::new(Vec::<BadLine>::new());
    let problem = RwSignal::new(None::<Problem>);
    let done = RwSignal::new(None::<Done>);
    let people = Memo::new(move |_| text.with(|text| read(text)));
    let send = Action::new(move |wanted: Invitation| async move {
        wrong.set(Vec::new());
        problem.set(None);
        match live.save(server::invite(wanted), problem).await {
            Some(Outcome::Wrong(lines)) => wrong.set(lines),
            Some(Outcome::Invited { revision, links, until, mailed }) => {
                live.saved(revision);
                text.set(String::new());
                done.set(Some(Done { links, until, mailed }));
            }
            None => {}
        }
    });
    let press = move |()| {
        send.dispatch(Invitation {
            people: people.get_untracked(),
            roles: roles.get_untracked().into_iter().collect(),
            group: group.get_untracked(),
            days: days.get_untracked().parse().unwrap_or_default(),
        });
    };
    let words = move || match people.with(Vec::len) {
        0 => "Invite".to_owned(),
        some => format!("Invite {}", words::count(some as u64, "person", "people")),
    };
    view! {
        <PageHead
            title="Invite people"
            about="Each person gets a link of their own, by which they choose a name and a password."
        >
            <a class="btn" href="/people/invitations">
                "Pending invitations"
            </a>
        </PageHead>
        <div class="body invite">
            <p class="vh" role="status">
                {move || done.with(|done| done.as_ref().map(|done| format!("{} invited", said(done))))}
            </p>
            {move || {
                done.get()
                    .map(|done| {
                        let heading = format!("{} invited", said(&done));
                        let Done { links, until, mailed } = done;
                        view! {
                            <section class="stack" aria-labelledby="done-title">
                                <h2 id="done-title">
                                    {heading}
                                </h2>
                                <Links links=links until=until mailed=mailed/>
                            </section>
                        }
                    })
            }}
            {move || {
                form.with(|form| form.refused.clone())
                    .map(|text| {
                        view! {
                            <div id=WHY>
                                <Banner tone=Tone::Stop>{text}</Banner>
                            </div>
                        }
                    })
            }}
            <Addresses text=text wrong=wrong problem=problem/>
            <RoleList form=form roles=roles/>
            <div class="pair">
                <GroupChoice form=form group=group/>
                <Days days=days/>
            </div>
            <ProblemBanner problem=Signal::derive(move || problem.get().filter(|p| p.about(PEOPLE).is_none()))/>
            <div class="row">
                <Button
                    id="send"
                    class="btn primary"
                    reason=Signal::derive(move || form.with(|form| form.refused.clone()))
                    busy=send.pending()
                    on_press=press
                >
                    {words}
                </Button>
            </div>
        </div>
    }
}

fn said(done: &Done) -> String {
    words::count(done.links.len() as u64, "person is", "people are")
}

#[component]
fn Addresses(
    text: RwSignal<String>,
    wrong: RwSignal<Vec<BadLine>>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let whole = move || problem.with(|problem| problem.as_ref().and_then(|problem| problem.about(PEOPLE)));
    let file = NodeRef::<html::Input>::new();
    let is_wrong = move || wrong.with(|wrong| !wrong.is_empty());
    view! {
        <div class="field">
            <label for="addresses">"E-mail addresses"</label>
            <textarea
                class="input"
                id="addresses"
                rows="6"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="addresses-help addresses-error"
                aria-invalid=move || (is_wrong() || whole().is_some()).then_some("true")
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <span class="help" id="addresses-help">
                "One in a line, or with commas between them. “Ada Holm <ada@example.com>” brings the name along."
            </span>
            <div class="error" id="addresses-error" role="alert">
                {whole}
                <Show when=is_wrong>
                    <p>"Nobody was invited yet. Mend these lines:"</p>
                    <ul>
                        {move || {
                            wrong
                                .get()
                                .into_iter()
                                .map(|line| {
                                    view! {
                                        <li>
                                            {format!("Line {}, {}: {}", line.line, line.email, line.message)}
                                        </li>
                                    }
                                })
                                .collect_view()
                        }}
                    </ul>
                </Show>
            </div>
        </div>
        <div class="field">
            <label for="addresses-file">"Or choose a file (.txt or .csv)"</label>
            <input
                class="input"
                type="file"
                id="addresses-file"
                accept=".txt,.csv,text/plain,text/csv"
                node_ref=file
                on:change=move |_| read_file(file, text)
            />
        </div>
    }
}

/// What is in the file comes after what is there, so that it can be seen and mended before it is sent.
fn read_file(file: NodeRef<html::Input>, text: RwSignal<String>) {
    let Some(field) = file.get_untracked() else { return };
    let Some(chosen) = field.files().and_then(|files| files.get(0)) else { return };
    leptos::task::spawn_local(async move {
        let read = wasm_bindgen_futures::JsFuture::from(chosen.text()).await;
        if let Some(read) = read.ok().and_then(|read| read.as_string()) {
            text.update(|text| {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(&read);
            });
        }
        field.set_value("");
    });
}

#[component]
fn RoleList(form: Signal<InviteForm>, roles: RwSignal<BTreeSet<RoleId>>) -> impl IntoView {
    view! {
        <fieldset class="roles">
            <legend class="label">"Roles"</legend>
            <For
                each=move || form.with(|form| form.roles.clone())
                key=|role| (role.role, role.name.clone(), role.refused.clone())
                let:role
            >
                <RoleBox is_said=form.with_untracked(|form| form.refused == role.refused) role=role roles=roles/>
            </For>
        </fieldset>
    }
}

/// The field that a refusal of all addresses names.
const PEOPLE: &str = "people";

/// The id of the reason why nobody may be invited.
const WHY: &str = "invite-why";

#[component]
fn RoleBox(
    role: RoleToInvite,
    /// Whether the form says already why it may not be chosen.
    is_said: bool,
    roles: RwSignal<BTreeSet<RoleId>>,
) -> impl IntoView {
    let id = format!("role-{}", role.role);
    let why = format!("{id}-why");
    let is_barred = role.refused.is_some();
    let described = is_barred.then(|| if is_said { WHY.to_owned() } else { why.clone() });
    let of = role.role;
    if is_barred {
        roles.update_untracked(|roles| {
            roles.remove(&of);
        });
    }
    view! {
        <div class="option">
            <label class="choice">
                <input
                    type="checkbox"
                    id=id
                    aria-disabled=is_barred.then_some("true")
                    aria-describedby=described
                    prop:checked=move || roles.with(|roles| roles.contains(&of))
                    on:click=move |event| {
                        if is_barred {
                            event.prevent_default();
                            return;
                        }
                        let wanted = event_target_checked(&event);
                        roles.update(|roles| {
                            let _ = if wanted { roles.insert(of) } else { roles.remove(&of) };
                        });
                    }
                />
                {role.name}
                {is_barred.then(|| view! { <Icon name="lock"/> })}
            </label>
            {role
                .refused
                .filter(|_| !is_said)
                .map(|text| view! { <small id=why class="help">{text}</small> })}
        </div>
    }
}

#[component]
fn GroupChoice(form: Signal<InviteForm>, group: RwSignal<Option<GroupId>>) -> impl IntoView {
    let reason = move || {
        let chosen = group.get()?;
        form.with(|f| f.groups.iter().find(|one| one.group == chosen).and_then(|one| one.refused.clone()))
    };
    view! {
        <div class="field">
            <label for="invite-group">"Group (optional)"</label>
            <span class="select">
                <select
                    class="input"
                    id="invite-group"
                    aria-describedby="invite-group-why"
                    on:change=move |event| group.set(event_target_value(&event).parse().ok())
                >
                    <option value="">"None"</option>
                    <For
                        each=move || form.with(|form| form.groups.clone())
                        key=|group| (group.group, group.name.clone())
                        let:one
                    >
                        <option value=one.group.to_string()>{one.name}</option>
                    </For>
                </select>
            </span>
            <span class="error" id="invite-group-why" role="status">
                {reason}
            </span>
        </div>
    }
}

#[component]
fn Days(days: RwSignal<String>) -> impl IntoView {
    let error = move || {
        let is_right = days.with(|days| days.parse().is_ok_and(|days: u32| (1..=MOST_DAYS).contains(&days)));
        (!is_right).then(|| format!("Write a number from 1 to {MOST_DAYS}."))
    };
    view! {
        <div class="field">
            <label for="invite-days">"Days until the link ends"</label>
            <input
                class="input"
                id="invite-days"
                type="number"
                min="1"
                max=MOST_DAYS
                aria-describedby="invite-days-why"
                aria-invalid=move || error().map(|_| "true")
                prop:value=move || days.get()
                on:input=move |event| days.set(event_target_value(&event))
            />
            <span class="error" id="invite-days-why" role="status">
                {error}
            </span>
        </div>
    }
}
