//! The dialog that asks for something and saves it: fields, *Cancel*, and the button that says what is done.

use super::dialog::Dialog;
use super::problem::ProblemBanner;
use crate::problem::Problem;
use leptos::prelude::*;

/// `children` are the fields. The page closes it by setting `open` to false when it is saved.
///
/// ```ignore
/// <FormDialog id="adding" title="Add group" open confirm="Save group" busy=save.pending() problem=other
///     on_submit=move |()| { save.dispatch(name.get_untracked()); }>
///     <Field id="group-name" label="Name" value=name error=error autofocus=true/>
/// </FormDialog>
/// ```
#[component]
pub fn FormDialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The words on the button that does it.
    #[prop(into)]
    confirm: Signal<String>,
    /// While it is being done: it is not begun a second time.
    #[prop(into)]
    busy: Signal<bool>,
    /// While something is still to be chosen or looked up.
    #[prop(optional, into)]
    barred: Signal<bool>,
    /// Why it was not done, where that is about no field.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// Does it.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_submit.run(());
        }
    };
    view! {
        <Dialog id=id title=title open=open>
            <form on:submit=submit novalidate>
                <div class="pad">
                    {children.with_value(|children| children())} <ProblemBanner problem=problem/>
                </div>
                <footer>
                    <button type="button" class="btn" on:click=move |_| open.set(false)>
                        "Cancel"
                    </button>
                    <button
                        class="btn primary"
                        aria-disabled=move || barred.get().then_some("true")
                        aria-busy=move || busy.get().then_some("true")
                    >
                        {confirm}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}
