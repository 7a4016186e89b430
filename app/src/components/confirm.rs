//! The dialog before something is lost: names what, and the button that does it says so.

use super::dialog::Dialog;
use super::problem::ProblemBanner;
use crate::problem::Problem;
use leptos::prelude::*;

/// `children` say what will be lost. The page closes it by setting `open` to false when it is done.
///
/// ```ignore
/// <ConfirmDialog id="delete-role" title="Delete role Tester?" open confirm="Delete role" busy problem
///     on_confirm=move |()| { delete.dispatch(role); }>
///     <p>"6 people have it."</p>
/// </ConfirmDialog>
/// ```
#[component]
pub fn ConfirmDialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The question, with the name of what it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The words on the button that does it.
    #[prop(into)]
    confirm: Signal<String>,
    /// The words on the button that does not.
    #[prop(default = "Keep it".to_owned(), into)]
    keep: String,
    /// While it is being done.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it may not be done.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// Why it was not done.
    #[prop(optional, into)]
    problem: Signal<Option<Problem>>,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What will be lost.
    children: ChildrenFn,
) -> impl IntoView {
    let (children, keep, why) = (StoredValue::new(children), StoredValue::new(keep), format!("{id}-why"));
    let why = StoredValue::new(why);
    let press = move |_| {
        if reason.with_untracked(Option::is_none) && !busy.get_untracked() {
            on_confirm.run(());
        }
    };
    view! {
        <Dialog id=id title=title open=open>
            <div class="pad">
                {children.with_value(|children| children())}
                {move || reason.get().map(|text| view! { <p class="help" id=why.get_value()>{text}</p> })}
                <ProblemBanner problem=problem/>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| open.set(false)>
                    {keep.get_value()}
                </button>
                <button
                    type="button"
                    class="btn danger primary"
                    aria-disabled=move || reason.with(Option::is_some).then_some("true")
                    aria-describedby=move || reason.with(Option::is_some).then(|| why.get_value())
                    aria-busy=move || busy.get().then_some("true")
                    on:click=press
                >
                    {confirm}
                </button>
            </footer>
        </Dialog>
    }
}
