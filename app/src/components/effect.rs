//! Who gains and who loses what: the lines that bars and dialogs draw, the same everywhere.

use crate::words;
use leptos::prelude::*;
use model::view::effect::{Effect, EffectLine};

/// Every line, with as many names in each.
pub fn effect_lines(effect: &Effect, names: usize) -> impl IntoView + use<> {
    let draw = |lines: &[EffectLine], gains: bool| {
        lines
            .iter()
            .map(|one| line(words::effect_head(one, gains), words::effect_tail(one, gains, names), gains))
            .collect_view()
    };
    (draw(&effect.gains, true), draw(&effect.loses, false))
}

/// The first `most` lines, losses always among them, and how many there are beside them. What is the same in
/// several places is one line.
pub fn first_effect_lines(effect: &Effect, most: usize, names: usize) -> impl IntoView + use<> {
    let gained = words::effect_by_place(&effect.gains, true, names);
    let lost = words::effect_by_place(&effect.loses, false, names);
    let all = gained.len() + lost.len();
    let room = if all > most { most.saturating_sub(1) } else { most };
    let gains = gained.len().min(room.saturating_sub(lost.len().min(room.div_ceil(2))));
    let loses = lost.len().min(room - gains);
    let rest = all - gains - loses;
    let draw = |told: Vec<(String, String)>, shown: usize, gains: bool| {
        told.into_iter().take(shown).map(|(head, tail)| line(head, tail, gains)).collect_view()
    };
    let more = (rest > 0).then(|| view! { <li class="muted">{format!("and {rest} more")}</li> });
    (draw(gained, gains, true), draw(lost, loses, false), more)
}

fn line(head: String, tail: String, gains: bool) -> impl IntoView {
    view! {
        <li class=if gains { "gains" } else { "loses" }>
            <b>{head}</b>
            " "
            <span>{tail}</span>
        </li>
    }
}
