//! The steps of *Set up access*, each with its state and the way to it.

use crate::words;
use leptos::prelude::*;
use model::view::guide::Guide;

/// One step as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    is_done: bool,
    title: &'static str,
    about: String,
    /// The words on its link, and where it leads.
    action: (&'static str, &'static str),
}

/// How many steps are done, of how many.
pub(super) fn done_of(guide: &Guide) -> (usize, usize) {
    let steps = steps(guide);
    (steps.iter().filter(|step| step.is_done).count(), steps.len())
}

fn steps(guide: &Guide) -> Vec<Step> {
    let Guide { active, invited, groups, tenants, untouched, .. } = guide;
    let in_sets = guide.sets.iter().filter(|set| set.people > 0).count() as u64;
    let all_sets = guide.sets.len();
    let set_up = tenants.saturating_sub(*untouched);
    vec![
        Step {
            is_done: active + invited > 1,
            title: "Invite people",
            about: format!("{active} active, {invited} invited."),
            action: ("Invite people", "/people/invitations"),
        },
        Step {
            is_done: *groups > 0,
            title: "Make a group for each team",
            about: format!(
                "{}. Whoever joins a group later has its roles at once.",
                words::count(*groups, "group", "groups")
            ),
            action: ("Open groups", "/groups"),
        },
        Step {
            is_done: in_sets > 0,
            title: "Give each team its roles",
            about: match in_sets {
                0 => "Nobody has one of the sets below yet. Your own roles do as well.".to_owned(),
                some => format!("Somebody has {some} of the {all_sets} sets below."),
            },
            action: ("See the sets", "#sets"),
        },
        Step {
            is_done: *tenants > 0,
            title: "Add tenants",
            about: match tenants {
                0 => "None is here yet. Add one for each customer, country or site.".to_owned(),
                some => format!("{} here.", words::count(*some, "tenant is", "tenants are")),
            },
            action: ("Open tenants", "/tenants"),
        },
        Step {
            is_done: *tenants > 0 && *untouched == 0,
            title: "Say who may do what in each tenant",
            about: match (tenants, untouched) {
                (0, _) => "A new tenant is seen by all users, and open to nobody beyond that.".to_owned(),
                (_, 0) => "In every tenant somebody is named who may do more than see it.".to_owned(),
                (all, left) => format!(
                    "{set_up} of {all} set up. In {} nobody is named beyond seeing.",
                    words::count(*left, "tenant", "tenants")
                ),
            },
            action: ("Open access", "/tenants/access"),
        },
    ]
}

/// The list.
#[component]
pub(super) fn Steps(guide: Signal<Guide>) -> impl IntoView {
    let steps = Memo::new(move |_| guide.with(steps));
    move || {
        let all = steps.get();
        let first_left = all.iter().position(|step| !step.is_done);
        let drawn = all.into_iter().enumerate().map(|(at, step)| {
            let class = if first_left == Some(at) { "btn mini primary" } else { "btn mini" };
            let (words, href) = step.action;
            view! {
                <li class:done=step.is_done>
                    <span>
                        {step.is_done.then(|| view! { <span class="vh">"Done: "</span> })}
                        <b>{step.title}</b>
                        <br/>
                        <span class="muted">{step.about}</span>
                    </span>
                    <a class=class href=href>
                        {words}
                    </a>
                </li>
            }
        });
        view! { <ol class="steps">{drawn.collect_view()}</ol> }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::view::guide::RoleSet;

    fn guide(tenants: u64, untouched: u64, people: u64) -> Guide {
        let set = RoleSet {
            key: "team".to_owned(),
            name: "Team".to_owned(),
            about: String::new(),
            roles: vec![],
            people,
            names: vec![],
            no_giving: None,
        };
        Guide { revision: 1, active: 1, invited: 0, groups: 0, tenants, untouched, sets: vec![set] }
    }

    #[test]
    fn a_step_is_done_when_its_state_says_so() {
        assert_eq!(done_of(&guide(0, 0, 0)), (0, 5));
        assert_eq!(done_of(&guide(3, 2, 0)), (1, 5));
        assert_eq!(done_of(&Guide { active: 5, groups: 2, ..guide(3, 0, 4) }), (5, 5));
    }

    #[test]
    fn the_words_count_what_is_left() {
        let told = steps(&guide(4, 1, 0));
        assert!(told.iter().any(|step| step.about.starts_with("3 of 4 set up. In 1 tenant nobody")));
    }
}
