//! Places by their names, in the place of the tree while something is looked for.

use super::server;
use crate::components::{Icon, Loaded};
use crate::fetched::Fetched;
use crate::live::Live;
use leptos::prelude::*;
use model::view::check::Found;
use model::view::folders::{PlaceSearch, SearchFor};

/// What was found, as links.
#[component]
pub(super) fn Hits(
    /// The words.
    words: Memo<String>,
) -> impl IntoView {
    let live = Live::here();
    let found = Fetched::new(
        move || (words.get(), live.changes()),
        |(search, _)| async move {
            match search.is_empty() {
                true => Ok(Found::default()),
                false => server::find(PlaceSearch { search, to: SearchFor::Open }).await,
            }
        },
    );
    view! {
        <Loaded of=found let:found>
            <p class="note" role="status">
                {move || {
                    found.with(|found| format!("{} of {} found", found.options.len(), found.total))
                }}
            </p>
            <ul class="hits" aria-label="Places that were found">
                {move || {
                    found
                        .with(|found| found.options.clone())
                        .into_iter()
                        .map(|one| {
                            view! {
                                <li>
                                    <a href=format!("/folders/{}", one.value)>
                                        <Icon name="folder"/>
                                        <span>{one.name}</span>
                                        <small>{one.about}</small>
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </Loaded>
    }
}
