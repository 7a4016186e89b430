//! The first steps, each with its state and the button that does it.

use crate::frame::why_not;
use crate::words;
use leptos::prelude::*;
use model::view::overview::{Overview, Steps};

/// One step as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    key: &'static str,
    is_done: bool,
    title: &'static str,
    about: String,
    /// The words on its button, where it leads, and the permission that it needs, by key and by name.
    action: Option<(&'static str, &'static str, (&'static str, &'static str))>,
}

/// How many steps are done, of how many.
pub(super) fn done_of(steps: &Steps) -> (usize, usize) {
    let states = [true, steps.admins > 1, steps.member_allows > 0, steps.others > 0];
    (states.iter().filter(|is_done| **is_done).count(), states.len())
}

/// The panel; only for who sees people and roles.
#[component]
pub(super) fn FirstSteps(overview: Signal<Overview>) -> impl IntoView {
    let steps = Memo::new(move |_| overview.with(steps));
    let done = move || {
        let (done, all) = overview.with(|overview| overview.steps.as_ref().map(done_of)).unwrap_or((0, 0));
        format!("{done} of {all} done")
    };
    // The one main action is that of the first step that is left.
    let first_left =
        Memo::new(move |_| steps.with(|steps| steps.iter().find(|step| !step.is_done).map(|step| step.key)));
    view! {
        <section class="panel" aria-labelledby="first-steps">
            <header>
                <h2 id="first-steps">"First steps"</h2>
                <span class="tiny faint">{done}</span>
            </header>
            <div class="pad">
                <ol class="steps">
                    {move || {
                        let main = first_left.get();
                        steps.get().into_iter().map(|step| draw(step, main)).collect_view()
                    }}
                </ol>
            </div>
        </section>
    }
}

fn draw(step: Step, main: Option<&'static str>) -> impl IntoView {
    let class = if main == Some(step.key) { "btn mini primary" } else { "btn mini" };
    let state = step.is_done.then(|| view! { <span class="vh">"Done: "</span> });
    let key = step.key;
    let action = step.action.filter(|_| !step.is_done).map(|(words, href, (permission, called))| {
        move || {
            let (reason, id) = (why_not(permission, called), format!("step-{key}-why"));
            view! {
                <a
                    class=class
                    href=reason.is_none().then_some(href)
                    role=reason.is_some().then_some("link")
                    tabindex=reason.is_some().then_some("0")
                    aria-disabled=reason.is_some().then_some("true")
                    aria-describedby=reason.is_some().then(|| id.clone())
                >
                    {words}
                </a>
                {reason.map(|reason| view! { <span class="vh" id=id>{reason}</span> })}
            }
        }
    });
    view! {
        <li class:done=step.is_done>
            <span>
                {state}
                <b>{step.title}</b>
                <br/>
                <span class="muted">{step.about}</span>
            </span>
            {action}
        </li>
    }
}

const INVITE: (&str, &str) = ("people.invite", "Invite users to organization");
const SHAPE: (&str, &str) = ("roles.manage", "Manage roles & permissions");

fn steps(overview: &Overview) -> Vec<Step> {
    let Some(now) = overview.steps else { return Vec::new() };
    let admins = match (now.admins, now.is_admin) {
        (1, true) => "You are its only Admin.".to_owned(),
        (1, false) => "It has one Admin.".to_owned(),
        (many, _) => format!("It has {many} Admins."),
    };
    let with = match overview.areas.as_slice() {
        [] => "".to_owned(),
        areas => format!(", with {}", words::names(areas, areas.len() as u64, areas.len())),
    };
    vec![
        Step {
            key: "organization",
            is_done: true,
            title: "Organization set up",
            about: format!("{}{with}. {admins}", overview.organization),
            action: None,
        },
        Step {
            key: "admin",
            is_done: now.admins > 1,
            title: "Invite a second Admin",
            about: "If you lose your password, somebody else can let you in.".to_owned(),
            action: Some(("Invite", "/people/invitations", INVITE)),
        },
        Step {
            key: "member",
            is_done: now.member_allows > 0,
            title: "Say what a Member may do",
            about: member(now.member_allows),
            action: Some(("Open the grid", "/roles", SHAPE)),
        },
        Step {
            key: "people",
            is_done: now.others > 0,
            title: "Invite people",
            about: "Paste a list of e-mail addresses, or read a file.".to_owned(),
            action: Some(("Invite people", "/people/invitations", INVITE)),
        },
    ]
}

fn member(allows: u64) -> String {
    match allows {
        0 => "Everyone new is a Member. At first a Member may do nothing.".to_owned(),
        some => format!(
            "Everyone new is a Member. A Member has {}.",
            words::count(some, "permission", "permissions")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_done_when_its_state_says_so() {
        let new = Steps { admins: 1, is_admin: true, member_allows: 0, others: 0 };
        assert_eq!(done_of(&new), (1, 4));
        assert_eq!(done_of(&Steps { admins: 2, ..new }), (2, 4));
        assert_eq!(done_of(&Steps { admins: 3, is_admin: true, member_allows: 2, others: 40 }), (4, 4));
    }

    #[test]
    fn the_panel_counts_what_its_steps_say() {
        let steps_now = Steps { admins: 2, is_admin: true, member_allows: 0, others: 1 };
        let overview = Overview {
            organization: "Nordhavn Foods".to_owned(),
            areas: vec!["Applications & sandboxes".to_owned()],
            people: None,
            roles: None,
            steps: Some(steps_now),
            recent: None,
        };
        let drawn = steps(&overview);
        assert_eq!(done_of(&steps_now), (drawn.iter().filter(|step| step.is_done).count(), drawn.len()));
        assert_eq!(drawn[0].about, "Nordhavn Foods, with Applications & sandboxes. It has 2 Admins.");
    }
}
