//! Which rows of a list are shown, and links to the pages before and after: `?page=2`.

use crate::address;
use crate::components::Show;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The number of all rows, the number of this page, how many rows a page holds. One page has nothing to turn.
///
/// ```ignore
/// <Pager total=Signal::derive(move || list.with(|l| l.total)) page=... size=.../>
/// ```
#[component]
pub fn Pager(
    /// How many rows there are on all pages.
    #[prop(into)]
    total: Signal<u64>,
    /// The number of this page; the first is 1.
    #[prop(into)]
    page: Signal<u32>,
    /// How many rows a page holds.
    #[prop(into)]
    size: Signal<u32>,
) -> impl IntoView {
    let rows = move || {
        let (first, last) = rows(total.get(), page.get(), size.get());
        if last == 0 { "None".to_owned() } else { format!("{first}–{last} of {}", total.get()) }
    };
    let last = move || total.get().div_ceil(u64::from(size.get().max(1))).max(1);
    view! {
        <nav class="pages" aria-label="Pages of the list">
            <span>{rows}</span>
            <Show when=move || { last() > 1 }>
                <span class="push"></span>
                <Step words="Previous" to=Signal::derive(move || (page.get() > 1).then(|| page.get() - 1))/>
                <Step
                    words="Next"
                    to=Signal::derive(move || (u64::from(page.get()) < last()).then(|| page.get() + 1))
                />
            </Show>
        </nav>
    }
}

/// A link to another page; where there is none it stays, dashed.
#[component]
fn Step(words: &'static str, to: Signal<Option<u32>>) -> impl IntoView {
    let location = use_location();
    let href = move || {
        let page = to.get()?.to_string();
        let page = Some(page.as_str()).filter(|page| *page != "1");
        Some(location.query.with(|query| address::link(&location.pathname.get(), query, &[("page", page)])))
    };
    view! {
        <a
            class="btn mini"
            role="link"
            href=href
            aria-disabled=move || to.get().is_none().then_some("true")
        >
            {words}
        </a>
    }
}

/// The numbers of the first and last row of a page.
fn rows(total: u64, page: u32, size: u32) -> (u64, u64) {
    let before = u64::from(page.saturating_sub(1)) * u64::from(size);
    let last = (before + u64::from(size)).min(total);
    if before >= total { (0, 0) } else { (before + 1, last) }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_page_says_which_rows_it_holds() {
        for (total, page, size, wanted) in
            [(423, 1, 13, (1, 13)), (423, 33, 13, (417, 423)), (0, 1, 13, (0, 0)), (13, 2, 13, (0, 0))]
        {
            assert_eq!(rows(total, page, size), wanted);
        }
    }
}
