//! Whether a robot or machine is busy: until when, and with what for who may see that.

use crate::components::{Icon, When};
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::folders::Place;
use model::view::use_cases::Occupancy;
use std::time::Duration;

/// How often an open page asks again: reports come outside the changes that pages hear of, and their time runs out.
const AGAIN: Duration = Duration::from_secs(20);

/// *Busy until about 14:20 with Pay run*, *Free*, or nothing where nothing was reported.
#[component]
pub(super) fn BusyLine(
    /// The place.
    place: Signal<Place>,
) -> impl IntoView {
    let occupancy = Memo::new(move |_| place.with(|place| place.occupancy.clone()));
    move || {
        occupancy.get().map(|occupancy| match occupancy {
            Occupancy::Free => view! {
                <p class="busy">
                    <span class="badge">"Free"</span>
                </p>
            }
            .into_any(),
            Occupancy::Busy { until, with } => {
                let with = with.map(|process| {
                    view! {
                        " with "
                        <a class="plain" href=format!("/folders/{}", process.id)>
                            {process.name}
                        </a>
                    }
                });
                view! {
                    <p class="busy">
                        <span class="badge wait">
                            <Icon name="clock"/>
                            "Busy until about "
                            <When at=until brief=true/>
                        </span>
                        {with}
                    </p>
                }
                .into_any()
            }
        })
    }
}

/// Counts up while the page of something is open that may be busy, so that it is fetched again.
pub(super) fn asked_again(is_watched: impl Fn() -> bool + Send + Sync + 'static) -> ReadSignal<u32> {
    let (count, set_count) = signal(0_u32);
    let is_watched = StoredValue::new(is_watched);
    whenever(move || {
        let ask = move || {
            if is_watched.with_value(|is_watched| is_watched()) {
                set_count.update(|count| *count = count.wrapping_add(1));
            }
        };
        if let Ok(handle) = set_interval_with_handle(ask, AGAIN) {
            on_cleanup(move || handle.clear());
        }
    });
    count
}
