//! Lines of a change as they are drawn: names, people and places as links where the reader may follow them.

use crate::components::When;
use leptos::prelude::*;
use model::view::history::{Link, Piece, Told, Who};
use model::words::Mark;

/// The lines of a change.
pub(super) fn lines(told: Vec<Told>) -> impl IntoView {
    told.into_iter().map(line).collect_view()
}

fn line(told: Told) -> impl IntoView {
    let (class, sign) = match told.mark {
        Mark::Add => (Some("add"), Some("Added: ")),
        Mark::Cut => (Some("cut"), Some("Taken away: ")),
        Mark::Note => (None, None),
    };
    view! {
        <li class=class>
            <span>
                {sign.map(|sign| view! { <span class="vh">{sign}</span> })}
                {told.pieces.into_iter().map(piece).collect_view()}
            </span>
        </li>
    }
}

fn piece(piece: Piece) -> AnyView {
    match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Name { name, link: None } => view! { <b>{name}</b> }.into_any(),
        Piece::Name { name, link: Some(link) } => view! { <a href=page_of(link)>{name}</a> }.into_any(),
        Piece::Person(who) => person(who),
        Piece::Was(name) => view! { <del>{name}</del> }.into_any(),
        Piece::Time(at) => view! { <When at=at/> }.into_any(),
    }
}

/// A person's name, with a link to their page where the reader may see it.
pub(super) fn person(who: Who) -> AnyView {
    match who.person {
        Some(user) => view! { <a href=format!("/people/{user}")>{who.name}</a> }.into_any(),
        None => view! { <b>{who.name}</b> }.into_any(),
    }
}

fn page_of(link: Link) -> String {
    match link {
        Link::Role(role) => format!("/roles/{role}"),
        Link::Group(group) => format!("/groups/{group}"),
    }
}
