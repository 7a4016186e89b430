//! The dialog before a tenant is removed: what goes with it.

use super::server;
use crate::action::Action;
use crate::components::{ConfirmDialog, ProblemBanner};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::id::ObjectId;
use model::view::tenants::{Removal, Tenant};

/// Says what goes, and removes it.
#[component]
pub(super) fn RemoveDialog(
    /// The tenant.
    tenant: Signal<Tenant>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let problem = RwSignal::new(None::<Problem>);
    let look = Action::new(server::removal);
    let goes = look.value();
    whenever(move || {
        if open.get() {
            goes.set(None);
            problem.set(None);
            look.dispatch(tenant.with_untracked(|t| t.id));
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let remove = Action::new(move |(id, name): (ObjectId, String)| async move {
        if let Some(saved) = live.save(server::remove(id), problem).await {
            open.set(false);
            say_saved(live, &format!("The tenant {name} is removed."), &saved);
            navigate.with_value(|go| go("/tenants", Default::default()));
        }
    });
    view! {
        <ConfirmDialog
            id="removing"
            title=Signal::derive(move || format!("Remove the tenant {}?", tenant.with(|t| t.name.clone())))
            open=open
            confirm="Remove tenant"
            busy=remove.pending()
            problem=problem
            on_confirm=move |()| {
                remove.dispatch(tenant.with_untracked(|t| (t.id, t.name.clone())));
            }
        >
            {move || match goes.get() {
                None => view! { <p class="muted">"Looking up what goes with it"</p> }.into_any(),
                Some(Err(refused)) => {
                    view! { <ProblemBanner problem=Signal::stored(Some(refused))/> }.into_any()
                }
                Some(Ok(goes)) => {
                    view! {
                        <p>"These go with it:"</p>
                        <ul class="plain-list">
                            {said(&goes).into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                        </ul>
                        <p class="muted">"It can be undone, and then all of this is back."</p>
                    }
                        .into_any()
                }
            }}
        </ConfirmDialog>
    }
}

fn said(goes: &Removal) -> Vec<String> {
    let mut all: Vec<String> = goes.holds.iter().map(|(kind, count)| format!("{kind}: {count}")).collect();
    if goes.roles > 0 {
        all.push(words::count(goes.roles, "role of its own", "roles of its own"));
    }
    if goes.assignments > 0 {
        all.push(words::count(
            goes.assignments,
            "role assignment or access setting",
            "role assignments and access settings",
        ));
    }
    all.push(format!(
        "{} no longer",
        match goes.people {
            1 => "1 person sees it".to_owned(),
            people => format!("{people} people see it"),
        }
    ));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_is_counted() {
        let goes = Removal { holds: vec![("Apps".to_owned(), 3)], roles: 0, assignments: 1, people: 1 };
        let wanted = ["Apps: 3", "1 role assignment or access setting", "1 person sees it no longer"];
        assert_eq!(said(&goes), wanted);
    }
}
