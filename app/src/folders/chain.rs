//! How a place hangs together with others: as a picture, and as a sentence beneath it.

use crate::components::diagram::{self, HEIGHT, square};
use leptos::prelude::*;
use model::view::folders::{Chain, Link, Place};
use model::view::hidden::place_first;

/// How many letters of a line are shown.
const LETTERS: u32 = 36;
const GAP: u32 = 20;
const SECOND: u32 = 82;

/// The way to a place, as links.
pub(super) fn trail(chain: &Chain) -> impl IntoView + use<> {
    let steps = chain.above.iter().map(|link| {
        let name = place_first(&link.name).to_owned();
        match link.id {
            Some(id) => view! {
                <li>
                    <a href=format!("/folders/{id}")>{name}</a>
                </li>
            }
            .into_any(),
            None => view! { <li class="faint">{name}</li> }.into_any(),
        }
    });
    let steps = steps.collect_view();
    (!chain.above.is_empty()).then(|| {
        view! {
            <nav class="crumbs way" aria-label="What holds it">
                <ol class="crumbs">{steps}</ol>
            </nav>
        }
    })
}

/// One box of the picture.
struct Square {
    link: Link,
    is_here: bool,
    x: u32,
    y: u32,
    width: u32,
}

/// The picture.
#[component]
pub(super) fn ChainPicture(
    /// The place.
    place: Signal<Place>,
) -> impl IntoView {
    move || {
        let place = place.get();
        let words = sentence(&place);
        let (squares, width, height) = laid_out(&place);
        let lines = lines(&squares);
        let label = format!("Chain of {}", place.name);
        let boxes = squares.into_iter().map(drawn).collect_view();
        view! {
            <section class="panel" aria-labelledby="chain-title">
                <header>
                    <h2 id="chain-title">"Where it belongs"</h2>
                    <span class="tiny faint">"Access given on a place reaches what it holds"</span>
                </header>
                <div class="figure" tabindex="0" role="region" aria-label=label>
                    <svg
                        class="dg"
                        width=width
                        height=height
                        viewBox=format!("0 0 {width} {height}")
                        role="group"
                        aria-label=words.clone()
                    >
                        {lines.into_iter().map(|d| view! { <path class="tie" d=d></path> }).collect_view()}
                        {boxes}
                    </svg>
                </div>
                <p class="help pad-x">{words}</p>
            </section>
        }
    }
}

/// Where each box stands: what holds it from left to right, then itself, then what it runs on; beneath, where else
/// it is.
fn laid_out(place: &Place) -> (Vec<Square>, u32, u32) {
    let chain = &place.chain;
    let here = Link {
        id: None,
        name: place.name.clone(),
        kind: place.kind.clone(),
        what: format!("{}, this page", place.what.to_lowercase()),
    };
    let before = chain.above.iter().chain(&chain.containing).cloned().map(|link| (link, false));
    let row = before.chain([(here, true)]).chain(chain.beside.iter().cloned().map(|link| (link, false)));
    let (mut all, mut x, mut widest) = (Vec::new(), 2, 0);
    for (link, is_here) in row {
        let width = width_of(&link);
        all.push(Square { link, is_here, x, y: 6, width });
        x += width + GAP;
        widest = widest.max(x);
    }
    let (mut x, has_second) = (2, !chain.shared.is_empty());
    for link in &chain.shared {
        let width = width_of(link);
        all.push(Square { link: link.clone(), is_here: false, x, y: SECOND, width });
        x += width + GAP;
        widest = widest.max(x);
    }
    (all, widest, if has_second { SECOND + HEIGHT + 4 } else { HEIGHT + 12 })
}

fn width_of(link: &Link) -> u32 {
    diagram::width_of(&link.name, &link.what, LETTERS)
}

fn lines(squares: &[Square]) -> Vec<String> {
    let mut lines = Vec::new();
    for (one, next) in squares.iter().zip(squares.iter().skip(1)) {
        if one.y == next.y && one.y != SECOND {
            let (from, to) = (one.x + one.width, next.x);
            lines.push(format!("M{from} 28h{}", to.saturating_sub(from)));
        }
    }
    let Some(here) = squares.iter().find(|one| one.is_here) else { return lines };
    let middle = here.x + here.width / 2;
    for one in squares.iter().filter(|one| one.y == SECOND) {
        let top = one.x + one.width / 2;
        lines.push(format!("M{top} {SECOND}V66H{middle}V{}", 6 + HEIGHT));
    }
    lines
}

fn drawn(one: Square) -> AnyView {
    let Square { link, is_here, x, y, width } = one;
    let class = if is_here { "me" } else { "" };
    let href = link.id.map(|id| format!("/folders/{id}"));
    square(
        diagram::Square {
            x,
            y,
            width,
            name: place_first(&link.name).to_owned(),
            about: link.what,
            class,
            href,
        },
        LETTERS,
    )
}

/// The same in words.
fn sentence(place: &Place) -> String {
    let Chain { above, containing, beside, shared, hidden } = &place.chain;
    let mut all = String::new();
    let within: Vec<String> = containing.iter().chain(above.iter().rev()).map(named).collect();
    if !within.is_empty() {
        all = format!("{} is in {}.", place.name, within.join(", in "));
    }
    for link in beside {
        all.push_str(&format!(" It {} {}.", link.what, link.name));
    }
    let names: Vec<&str> = shared.iter().map(|link| link.name.as_str()).collect();
    if !names.is_empty() {
        all.push_str(&format!(" It is shared into {}.", names.join(", ")));
    }
    match hidden {
        0 => {}
        1 => all.push_str(" It is in 1 more folder that you may not see."),
        many => all.push_str(&format!(" It is in {many} more folders that you may not see.")),
    }
    if all.is_empty() { format!("{} is held by nothing but the organization.", place.name) } else { all }
}

fn named(link: &Link) -> String {
    format!("{} {}", link.what, link.name).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::catalog::InForceHere;
    use model::id::ObjectId;

    fn link(name: &str, what: &str) -> Link {
        Link {
            id: Some(ObjectId::from_bits(1)),
            name: name.to_owned(),
            kind: "folder".to_owned(),
            what: what.to_owned(),
        }
    }

    fn place(chain: Chain) -> Place {
        Place {
            revision: 1,
            id: ObjectId::from_bits(2),
            name: "hr-robot-02".to_owned(),
            kind: "robot".to_owned(),
            what: "Robot".to_owned(),
            in_force: InForceHere::default(),
            chain,
            can_hold: false,
            kinds: Vec::new(),
            placements: Vec::new(),
            passes_down: false,
            no_history: None,
            can_move: true,
            has_relations: true,
            no_changing: None,
            no_removing: None,
            no_reading_access: None,
            offers: Vec::new(),
            occupancy: None,
        }
    }

    #[test]
    fn the_chain_reads_as_a_sentence() {
        let chain = Chain {
            above: vec![link("Denmark", "tenant"), link("HR", "folder")],
            containing: vec![link("HR unattended", "environment")],
            beside: vec![link("HRVM-7", "runs on machine")],
            shared: vec![link("Denmark / Finance", "shared into")],
            hidden: 1,
        };
        let wanted = "hr-robot-02 is in environment HR unattended, in folder HR, in tenant Denmark. It runs on \
                      machine HRVM-7. It is shared into Denmark / Finance. It is in 1 more folder that you may \
                      not see.";
        assert_eq!(sentence(&place(chain)), wanted);
        assert!(sentence(&place(Chain::default())).contains("nothing but the organization"));
    }

    #[test]
    fn boxes_do_not_overlap_and_are_joined() {
        let chain = Chain {
            above: vec![link("Denmark", "tenant"), link("HR", "folder")],
            shared: vec![link("Finance", "shared into")],
            ..Chain::default()
        };
        let (squares, width, _) = laid_out(&place(chain));
        for (one, next) in squares.iter().zip(squares.iter().skip(1)) {
            assert!(one.y != next.y || one.x + one.width < next.x);
        }
        assert!(squares.iter().all(|one| one.x + one.width <= width));
        assert_eq!(lines(&squares).len(), 3);
    }
}
