//! Jobs of a robot or a process, newest first, and what there is to say of their logs, which are kept elsewhere.

use super::icon_of;
use crate::components::{Icon, When};
use crate::words;
use leptos::prelude::*;
use model::action::PROCESS;
use model::object::ROBOT;
use model::view::folders::{Place, Related};
use model::view::jobs::{Job, Jobs, Progress, Readers, With};

/// Whether jobs are shown, so that new ones can come.
pub(super) fn are_shown(related: &Related) -> bool {
    related.jobs.as_ref().is_some_and(|jobs| jobs.refused.is_none())
}

/// The part.
#[component]
pub(super) fn JobsPart(
    /// What there is.
    jobs: Jobs,
    /// Whose.
    place: Signal<Place>,
) -> impl IntoView {
    let (id, is_robot) = place.with_untracked(|place| (place.id, place.kind == ROBOT));
    let Jobs { refused, rows, more, log_readers } = jobs;
    let is_empty = rows.is_empty();
    let lines = rows.into_iter().map(|job| line(job, is_robot)).collect_view();
    let rest = (more > 0).then(
        || view! { <li class="muted">{format!("and {} more", words::count(more, "job", "jobs"))}</li> },
    );
    let list = match (refused, is_empty) {
        (Some(reason), _) => view! { <p class="muted pad-x">{reason}</p> }.into_any(),
        (None, true) => view! {
            <p class="muted pad-x">
                "None yet. "<code>"rolecall occupancy"</code>
                " reports what a robot works on; that of the last 13 months stands here."
            </p>
        }
        .into_any(),
        (None, false) => view! { <ul class="near">{lines} {rest}</ul> }.into_any(),
    };
    let readers = log_readers.map(|readers| {
        let called = said(readers);
        view! {
            " Roles let "
            <a href=format!("/check?may=logs.view&where={id}") aria-label=format!("{called}: who may view logs")>
                {called.clone()}
            </a>
            " read them."
        }
    });
    view! {
        <section class="panel" aria-labelledby="jobs">
            <header>
                <h2 id="jobs">"Jobs"</h2>
            </header>
            {list}
            <p class="muted pad-x">"Logs stay with the program that runs the robot." {readers}</p>
        </section>
    }
}

fn line(job: Job, is_robot: bool) -> impl IntoView {
    let Job { with, from, until, progress } = job;
    let (icon, what) = if is_robot { (PROCESS, "process") } else { (ROBOT, "robot") };
    let with = match with {
        With::Seen(other) => view! {
            <a class="plain" href=format!("/folders/{}", other.id)>
                {other.name}
            </a>
        }
        .into_any(),
        With::Hidden => format!("A {what} that you may not see").into_any(),
        With::Removed => format!("A {what} that was removed").into_any(),
        With::Untold => format!("A {what} that was not told").into_any(),
    };
    let (begins, ends, class, badge) = match progress {
        Progress::Planned => ("Begins about ", ", ends about ", "badge", "Planned"),
        Progress::Running => ("Since ", ", ends about ", "badge wait", "Running"),
        Progress::Done => ("From ", " until ", "badge", "Done"),
    };
    view! {
        <li>
            <Icon name=icon_of(icon)/>
            <span class="of">
                {with}
                <span class="faint">{begins} <When at=from brief=true/> {ends} <When at=until brief=true/></span>
            </span>
            <span class=class>{badge}</span>
        </li>
    }
}

/// *3 people, 1 service account and 2 more under conditions*
fn said(readers: Readers) -> String {
    let Readers { people, accounts, depends } = readers;
    let parts = [
        (people > 0).then(|| words::count(people, "person", "people")),
        (accounts > 0).then(|| words::count(accounts, "service account", "service accounts")),
        (depends > 0).then(|| format!("{depends} under conditions")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.len() as u64 {
        0 => "nobody".to_owned(),
        number => words::names(&parts, number, parts.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_may_read_logs_is_said_in_words() {
        let all = |people, accounts, depends| said(Readers { people, accounts, depends });
        assert_eq!(all(0, 0, 0), "nobody");
        assert_eq!(all(1, 0, 0), "1 person");
        assert_eq!(all(3, 1, 0), "3 people and 1 service account");
        assert_eq!(all(3, 1, 2), "3 people, 1 service account and 2 under conditions");
    }
}
