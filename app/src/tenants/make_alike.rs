//! *Make these like that one*: the bar under the matrix, and the dialog that shows what would change.

use super::server;
use crate::action::Action;
use crate::components::focus::rescue_focus;
use crate::components::{Dialog, ProblemBanner, Show};
use crate::live::Live;
use crate::people::EffectList;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::id::ObjectId;
use model::view::tenants::{Alike, Matrix};
use std::collections::BTreeSet;

/// The bar, while tenants are selected or one was chosen that others are to be like.
#[component]
pub(super) fn AlikeBar(
    /// The tenants.
    matrix: Signal<Matrix>,
    /// Those that are altered.
    selected: RwSignal<BTreeSet<ObjectId>>,
) -> impl IntoView {
    let query = use_query_map();
    let like = RwSignal::new(query.with_untracked(|query| query.get("like")).and_then(|id| id.parse().ok()));
    let open = RwSignal::new(false);
    let others =
        move || matrix.with(|m| m.rows.iter().map(|row| (row.id, row.name.clone())).collect::<Vec<_>>());
    let count = move || selected.with(BTreeSet::len) as u64;
    let wish = Signal::derive(move || {
        let like: ObjectId = like.get()?;
        let tenants: Vec<ObjectId> =
            selected.with(|all| all.iter().copied().filter(|id| *id != like).collect());
        let seen = matrix.with(|m| m.revision);
        (!tenants.is_empty()).then_some(Alike { like, tenants, seen })
    });
    let head = move || match count() {
        0 => "Select the tenants to make like this one".to_owned(),
        count => format!("{} selected", words::count(count, "tenant", "tenants")),
    };
    let is_shown = Memo::new(move |_| count() != 0 || like.get().is_some());
    whenever(move || {
        if !is_shown.get() {
            rescue_focus();
        }
    });
    let clear = move |_| {
        selected.set(BTreeSet::new());
        like.set(None);
    };
    view! {
        <Show when=move || is_shown.get()>
            <section class="pending pick" aria-label="Selected tenants">
                <strong role="status">{head}</strong>
                <div class="row start">
                    <label class="small" for="like">
                        "Make them like"
                    </label>
                    <span class="select">
                        <select
                            class="input"
                            id="like"
                            on:change=move |event| like.set(event_target_value(&event).parse().ok())
                        >
                            <option value="">"Choose a tenant"</option>
                            {move || {
                                let chosen = like.get();
                                others()
                                    .into_iter()
                                    .map(|(id, name)| {
                                        view! {
                                            <option value=id.to_string() selected=chosen == Some(id)>
                                                {name}
                                            </option>
                                        }
                                    })
                                    .collect_view()
                            }}
                        </select>
                    </span>
                    <button
                        type="button"
                        class="btn primary"
                        aria-disabled=move || wish.with(Option::is_none).then_some("true")
                        aria-describedby=move || wish.with(Option::is_none).then_some("alike-why")
                        on:click=move |_| open.set(wish.with_untracked(Option::is_some))
                    >
                        "Show what would change"
                    </button>
                    {move || {
                        wish.with(Option::is_none)
                            .then(|| {
                                view! {
                                    <span class="small muted" id="alike-why">
                                        "Select tenants, and choose another that they become like."
                                    </span>
                                }
                            })
                    }}
                </div>
                <div class="row">
                    <button type="button" class="btn quiet mini" on:click=clear>
                        "Clear"
                    </button>
                </div>
            </section>
        </Show>
        <AlikeDialog wish=wish open=open matrix=matrix selected=selected/>
    }
}

#[component]
fn AlikeDialog(
    wish: Signal<Option<Alike>>,
    open: RwSignal<bool>,
    matrix: Signal<Matrix>,
    selected: RwSignal<BTreeSet<ObjectId>>,
) -> impl IntoView {
    let live = Live::here();
    let problem = RwSignal::new(None::<Problem>);
    let preview = Action::new(server::alike_preview);
    let plan = preview.value();
    whenever(move || {
        let wish = wish.get();
        plan.set(None);
        problem.set(None);
        if let (true, Some(wish)) = (open.get(), wish) {
            preview.dispatch(wish);
        }
    });
    let name = move || {
        let like = wish.with(|wish| wish.as_ref().map(|wish| wish.like));
        matrix.with(|m| m.rows.iter().find(|row| Some(row.id) == like).map(|row| row.name.clone()))
    };
    let title = Signal::derive(move || {
        let count = wish.with(|wish| wish.as_ref().map_or(0, |wish| wish.tenants.len())) as u64;
        format!("Make {} like {}", words::count(count, "tenant", "tenants"), name().unwrap_or_default())
    });
    let save = Action::new(move |wish: Alike| async move {
        if let Some(saved) = live.save(server::alike(wish), problem).await {
            open.set(false);
            selected.set(BTreeSet::new());
            say_saved(live, "The tenants are made alike.", &saved);
        }
    });
    let altered = move || plan.with(|plan| matches!(plan, Some(Ok(plan)) if plan.tenants > 0));
    let press = move |_| {
        if let (true, false, Some(wish)) = (altered(), save.pending().get_untracked(), wish.get_untracked()) {
            save.dispatch(wish);
        }
    };
    view! {
        <Dialog id="alike" title=title open=open>
            <div class="pad">
                <div role="status">
                    {move || match plan.get() {
                        None => view! { <p class="muted">"Working out the effect"</p> }.into_any(),
                        Some(Err(refused)) => {
                            view! { <ProblemBanner problem=Signal::stored(Some(refused))/> }.into_any()
                        }
                        Some(Ok(plan)) if plan.tenants == 0 => {
                            view! { <p>"Nothing would change: they are alike already."</p> }.into_any()
                        }
                        Some(Ok(plan)) => {
                            let head = words::count(plan.tenants, "tenant is", "tenants are");
                            view! {
                                <p>{format!("{head} altered.")}</p>
                                <EffectList effect=plan.effect/>
                            }
                                .into_any()
                        }
                    }}
                </div>
                <ProblemBanner problem=problem/>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| open.set(false)>
                    "Cancel"
                </button>
                <button
                    type="button"
                    class="btn primary"
                    aria-disabled=move || (!altered()).then_some("true")
                    aria-busy=move || save.pending().get().then_some("true")
                    on:click=press
                >
                    "Make alike"
                </button>
            </footer>
        </Dialog>
    }
}
