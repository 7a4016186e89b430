//! Who has access to a tenant: four permissions, each with its audience; edits are staged with their effect.

use super::chips::Chips;
use super::page::NotYours;
use super::picker::PickerField;
use super::server;
use super::staged::{RowEdit, Staged, audience_after};
use crate::action::Action;
use crate::components::{AskBeforeLeaving, For, Loaded, PendingBar};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use model::grant::Subject;
use model::id::{ObjectId, RoleId};
use model::view::tenants::{Access, AccessEdits, AccessPlan, AccessRow, Anyway, Tenant};

/// The part.
#[component]
pub(super) fn AccessPart(
    /// The tenant.
    tenant: Signal<Tenant>,
) -> impl IntoView {
    let id = tenant.with_untracked(|t| t.id);
    let barred = Memo::new(move |_| tenant.with(|t| t.no_reading_access.clone()));
    move || match barred.get() {
        Some(reason) => view! { <NotYours reason=reason/> }.into_any(),
        None => view! { <Content id=id/> }.into_any(),
    }
}

#[component]
fn Content(id: ObjectId) -> impl IntoView {
    let live = Live::here();
    let access = Fetched::new(move || live.changes(), move |_| server::access(id));
    view! {
        <Loaded of=access let:access>
            <Screen access=access/>
        </Loaded>
    }
}

/// What the server says of the edits, with the edits that it is about.
type Planned = Option<(AccessEdits, Result<AccessPlan, Problem>)>;

#[component]
fn Screen(access: Signal<Access>) -> impl IntoView {
    let live = Live::here();
    let staged = Staged::on(access);
    let edits = Memo::new(move |_| access.with(|access| staged.edits(access)));
    let planned = RwSignal::new(None as Planned);
    let problem = RwSignal::new(None::<Problem>);
    let preview = Action::new(move |edits: AccessEdits| async move {
        let plan = server::preview(edits.clone()).await;
        planned.set(Some((edits, plan)));
    });
    whenever(move || {
        // A later revision may change whom the edits touch.
        access.with(|access| access.revision);
        let edits = edits.get();
        problem.set(None);
        if edits.count() > 0 {
            preview.dispatch(edits);
        }
    });
    let save = Action::new(move |edits: AccessEdits| async move {
        if let Some(saved) = live.save(server::save(edits), problem).await {
            problem.set(None);
            staged.discard(access);
            say_saved(live, "Who has access is saved.", &saved);
        }
    });
    // An answer about other edits than those that are staged now is not shown.
    let plan = Memo::new(move |_| {
        let edits = edits.get();
        planned.get().filter(|(about, _)| *about == edits && edits.count() > 0).map(|(_, plan)| plan)
    });
    let count = Signal::derive(move || edits.with(AccessEdits::count));
    let effect = Signal::derive(move || plan.get().map(|plan| plan.map(|plan| plan.effect)));
    let discard = move |()| {
        problem.set(None);
        staged.discard(access);
    };
    let reason = move || access.with(|a| a.no_setting.clone());
    view! {
        <div class="body">
            <p class="help">
                "A person has a permission here through this page " <b>"or"</b>
                " through a role. They add up; nothing on this page takes away what a role gives."
            </p>
            {move || reason().map(|text| view! { <p class="help" id="no-setting">{text}</p> })}
            <div class="scroll over">
                <table class="table tall cards access">
                    <thead>
                        <tr>
                            <th scope="col">"Permission"</th>
                            <th scope="col">"Who has it"</th>
                            <th scope="col" class="end">
                                "Reaches"
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || access.with(|a| a.rows.iter().map(|row| row.role).collect::<Vec<_>>())
                            key=|role| *role
                            let:role
                        >
                            <Row access=access role=role staged=staged plan=plan/>
                        </For>
                    </tbody>
                </table>
            </div>
        </div>
        <PendingBar
            count=count
            effect=effect
            saving=save.pending()
            problem=problem
            on_save=move |()| {
                save.dispatch(edits.get_untracked());
            }
            on_discard=discard
        />
        <AskBeforeLeaving count=count on_leave=discard/>
    }
}

#[component]
fn Row(
    access: Signal<Access>,
    role: RoleId,
    staged: Staged,
    plan: Memo<Option<Result<AccessPlan, Problem>>>,
) -> impl IntoView {
    let row = Memo::new(move |_| access.with(|a| a.rows.iter().find(|row| row.role == role).cloned()));
    let barred = Memo::new(move |_| access.with(|a| a.no_setting.is_some()));
    let tenant = access.with_untracked(|a| a.id);
    let edit = Memo::new(move |_| staged.of(role));
    let is_edited = move || edit.with(|edit| *edit != RowEdit::default()).then_some("");
    let after = Memo::new(move |_| {
        let reaches = plan.get()?.ok()?.reaches;
        reaches.into_iter().find(|reaches| reaches.role == role)
    });
    let (name, about) = row
        .with_untracked(|row| row.as_ref().map(|row| (row.name.clone(), row.about.clone())))
        .unwrap_or_default();
    let picker =
        move || (!barred.get()).then(|| view! { <PickerField tenant=tenant row=row staged=staged/> });
    let reaches = move || {
        let was = row.with(|row| row.as_ref().map(|row| row.reaches).unwrap_or_default());
        match after.get().map(|after| after.people).filter(|now| *now != was) {
            Some(now) => view! {
                <span class="faint">{format!("{was} →")}</span>
                " "
                <b>{people(now)}</b>
            }
            .into_any(),
            None => view! { <span>{people(was)}</span> }.into_any(),
        }
    };
    let unseeing = move || {
        let row = row.get()?;
        let count = after.get().map_or(row.unseeing, |after| after.unseeing);
        (count > 0).then(|| {
            let who =
                if count == 1 { "1 of them cannot".to_owned() } else { format!("{count} of them cannot") };
            view! { <p class="tiny muted any">{format!("{who} open this tenant: they do not see it.")}</p> }
        })
    };
    let anyway = move || row.get().map(|row| view! { <AnywayLine row=row edit=edit.get()/> });
    view! {
        <tr data-change=is_edited>
            <th scope="row">
                {name}
                <span class="sub">{about}</span>
            </th>
            <td>
                <div class=move || if barred.get() { "chips" } else { "picker" }>
                    <Chips row=row staged=staged barred=barred/>
                    {picker}
                </div>
                {unseeing}
                {anyway}
            </td>
            <td class="end nowrap" data-label="Reaches">
                {reaches}
            </td>
        </tr>
    }
}

fn people(count: u64) -> String {
    words::count(count, "person", "people")
}

/// Who gets in anyway, by role and by name.
#[component]
fn AnywayLine(row: AccessRow, edit: RowEdit) -> impl IntoView {
    let named = audience_after(&row, &edit);
    if named.contains(&Subject::Everyone) {
        return view! { <p class="tiny muted any">"Nobody else: all users have it already."</p> }.into_any();
    }
    let last = (named.is_empty() && row.governs && !row.anyway.is_empty())
        .then_some(". They are enough: this tenant cannot be locked.");
    if row.anyway.is_empty() {
        return view! { <p class="tiny muted any">"Nobody else has it by a role."</p> }.into_any();
    }
    let many = row.anyway.len();
    let roles = row.anyway.into_iter().enumerate().map(|(at, one)| {
        let (who, by) = (who(&one), by(&one));
        view! {
            {who}
            <span class="faint">{by}</span>
            {(at + 1 < many).then_some("; ")}
        }
    });
    view! {
        <p class="tiny muted any">
            "Gets in anyway: " {roles.collect_view()} {last}
        </p>
    }
    .into_any()
}

fn who(one: &Anyway) -> String {
    words::names(&one.names, one.count, 5)
}

fn by(one: &Anyway) -> String {
    let limits = if one.is_limited { ", under conditions" } else { "" };
    format!(" as {}{limits}", one.role)
}
