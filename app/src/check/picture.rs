//! The paths as a picture: who asks on the left, what is asked about on the right, and between them a lane for each
//! path, through groups, roles and places. The table beneath it says the same in words.
//!
//! Each box that has a page is a link to it, so that the picture is walked through with the keyboard.

mod scale;
#[cfg(test)]
mod tests;

use crate::components::diagram::{Arrows, HEIGHT, Square, shortened, square};
use crate::words;
use leptos::prelude::*;
use model::view::check::{Need, Outcome, Path, Stop, StopKind};
use model::view::hidden::place_first;
use scale::Scale;

/// How many paths are drawn.
const MOST: usize = 12;
/// How many letters of the words beside a line are shown.
const BESIDE: u32 = 11;
/// From one lane to the next.
const LANE: u32 = 60;
const TOP: u32 = 6;

/// One lane: the stops of a path, or the bare way to what is missing.
struct Lane<'a> {
    stops: Vec<&'a Stop>,
    /// Which of the needs it leads to.
    need: usize,
    class: &'static str,
}

impl Lane<'_> {
    /// All stops but the last one, by what tells them from others.
    fn steps(&self) -> Vec<[&str; 4]> {
        let before = self.stops.split_last().map(|(_, before)| before).unwrap_or_default();
        let mut steps = Vec::new();
        for stop in before {
            let href = stop.href.as_deref().unwrap_or_default();
            steps.push([stop.name.as_str(), stop.about.as_str(), stop.how.as_str(), href]);
        }
        steps
    }

    /// The words at its end.
    fn last_words(&self) -> &str {
        match self.class {
            "l cut" => "missing",
            _ => self.stops.last().map(|stop| stop.how.as_str()).unwrap_or_default(),
        }
    }
}

/// A line with its class, and the words beside it with their place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Way {
    d: String,
    class: &'static str,
    words: Option<(u32, u32, String)>,
}

/// All that is drawn.
#[derive(Debug, Default, PartialEq, Eq)]
struct Drawing {
    squares: Vec<Square>,
    ways: Vec<Way>,
    width: u32,
    height: u32,
    /// How many letters of a line fit.
    letters: u32,
}

/// The picture; nothing, where no path is there.
#[component]
pub(super) fn PathsPicture(
    /// What is needed.
    needs: Vec<Need>,
) -> impl IntoView {
    let all: usize = needs.iter().map(|need| need.paths.len()).sum();
    (all > 0).then(|| {
        let Drawing { squares, ways, width, height, letters } = drawing(&needs);
        let more = (all > MOST)
            .then(|| view! { <p class="help pad-x">{format!("The first {MOST} of {all} paths are drawn.")}</p> });
        view! {
            <div class="figure" tabindex="0" role="region" aria-label="Picture of the paths, scrolls sideways">
                <svg
                    class="dg"
                    role="group"
                    aria-label=sentence(&needs)
                    width=width.to_string()
                    height=height.to_string()
                    viewBox=format!("0 0 {width} {height}")
                >
                    <Arrows/>
                    {ways.into_iter().map(way).collect_view()}
                    {squares.into_iter().map(|one| square(one, letters)).collect_view()}
                </svg>
            </div>
            {more}
        }
    })
}

fn way(one: Way) -> impl IntoView {
    let Way { d, class, words } = one;
    let words = words.map(|(x, y, words)| {
        view! {
            <text class="s" x=x.to_string() y=y.to_string() text-anchor="middle">
                {words}
            </text>
        }
    });
    view! {
        <path class=class d=d></path>
        {words}
    }
}

/// *2 paths from Sofia Rossi to Match invoices; missing: Use robots on fin-robot-01.*
fn sentence(needs: &[Need]) -> String {
    let all: u64 = needs.iter().map(|need| need.paths.len() as u64).sum();
    let who = needs.iter().flat_map(|need| &need.paths).find_map(|path| path.stops.first());
    let mut to: Vec<&str> = Vec::new();
    for need in needs.iter().filter(|need| !need.paths.is_empty()) {
        let place = need.place.as_deref().unwrap_or_default();
        if !to.contains(&place) {
            to.push(place);
        }
    }
    let missing: Vec<String> = missing(needs)
        .map(|(_, need)| {
            let place = need.place.as_ref().map(|place| format!(" on {place}")).unwrap_or_default();
            format!("{}{place}", need.permission)
        })
        .collect();
    let missing =
        if missing.is_empty() { String::new() } else { format!("; missing: {}", missing.join(", ")) };
    format!(
        "{} from {} to {}{missing}.",
        words::count(all, "path", "paths"),
        who.map(|stop| stop.name.as_str()).unwrap_or_default(),
        to.join(" and ")
    )
}

/// What is needed and not there by any path.
fn missing(needs: &[Need]) -> impl Iterator<Item = (usize, &Need)> {
    needs.iter().enumerate().filter(|(_, need)| need.paths.is_empty() && need.outcome == Outcome::Denied)
}

fn lanes(needs: &[Need]) -> Vec<Lane<'_>> {
    let class = |path: &Path| if path.depends.is_empty() { "l hot" } else { "l" };
    let paths =
        needs.iter().enumerate().flat_map(|(need, one)| one.paths.iter().map(move |path| (need, path)));
    let mut all: Vec<Lane<'_>> = paths
        .take(MOST)
        .map(|(need, path)| Lane { stops: path.stops.iter().collect(), need, class: class(path) })
        .collect();
    // Those that begin alike beside each other, so that what they share is one box.
    all.sort_by(|a, b| a.steps().cmp(&b.steps()).then(a.need.cmp(&b.need)));
    let who = all.first().and_then(|lane| lane.stops.first().copied());
    if let Some(who) = who {
        all.extend(missing(needs).map(|(need, _)| Lane { stops: vec![who], need, class: "l cut" }));
    }
    all
}

/// A box on its way into the picture.
struct Node<'a> {
    column: usize,
    /// The lanes that go through it: the first and the last.
    lanes: (usize, usize),
    /// The node before it.
    from: Option<usize>,
    stop: &'a Stop,
    class: &'static str,
}

impl Node<'_> {
    /// Its middle.
    fn y(&self) -> u32 {
        middle(self.lanes.0, self.lanes.1)
    }
}

/// The middle between two lanes.
fn middle(first: usize, last: usize) -> u32 {
    TOP + HEIGHT / 2 + pixels(first + last) * LANE / 2
}

fn pixels(count: usize) -> u32 {
    u32::try_from(count).unwrap_or_default()
}

/// Where everything stands.
fn drawing(needs: &[Need]) -> Drawing {
    let lanes = lanes(needs);
    let (nodes, lasts) = nodes(&lanes);
    let columns = nodes.iter().map(|node| node.column + 1).max().unwrap_or_default();
    let Scale { gap, letters, widths } = Scale::of(needs, &lanes, &nodes);
    let mut lefts = Vec::new();
    let mut end = 2;
    for width in &widths {
        lefts.push(end);
        end += width + gap;
    }
    let left = |column: usize| lefts.get(column).copied().unwrap_or(end);
    let right = |column: usize| left(column) + widths.get(column).copied().unwrap_or_default();
    let x = left(columns);
    let mut drawing = Drawing { width: end - gap + 4, letters, ..Drawing::default() };
    for node in &nodes {
        drawing.squares.push(Square {
            x: left(node.column),
            y: node.y() - HEIGHT / 2,
            width: right(node.column) - left(node.column),
            name: node.stop.name.clone(),
            about: node.stop.about.clone(),
            class: node.class,
            href: node.stop.href.clone(),
        });
        if let Some(from) = node.from.and_then(|from| nodes.get(from)) {
            let classes = lanes.iter().skip(node.lanes.0).take(node.lanes.1 + 1 - node.lanes.0);
            let is_hot = classes.into_iter().any(|lane| lane.class == "l hot");
            let (start, end) = ((right(from.column), from.y()), (left(node.column), node.y()));
            let class = if is_hot { "l hot" } else { "l" };
            drawing.ways.push(Way { d: curve(start, end), class, words: beside(&node.stop.how, start, end) });
        }
    }
    // What is asked about, at the right, in the middle of the lanes that lead to it.
    let (mut next, mut lowest) = (0, middle(0, lanes.len().saturating_sub(1) * 2));
    for (at, need) in needs.iter().enumerate() {
        let here: Vec<(usize, &Lane<'_>)> =
            lanes.iter().enumerate().filter(|(_, lane)| lane.need == at).collect();
        let (Some((first, _)), Some((last, _))) = (here.first(), here.last()) else { continue };
        let y = middle(*first, *last).max(next);
        next = y + LANE;
        lowest = lowest.max(y);
        let place =
            here.iter().filter_map(|(_, lane)| lane.stops.last()).find(|stop| stop.kind == StopKind::Place);
        let class = match need.outcome {
            Outcome::Allowed => "me",
            Outcome::Denied => "stop",
            Outcome::Depends => "wait",
        };
        drawing.squares.push(Square {
            x,
            y: y - HEIGHT / 2,
            width: right(columns) - x,
            name: name_of(need).to_owned(),
            about: need.permission.clone(),
            class,
            href: place.and_then(|place| place.href.clone()),
        });
        for (lane, one) in here {
            let Some(from) = lasts.get(lane).and_then(|last| nodes.get(*last)) else { continue };
            let (start, end) = ((right(from.column), from.y()), (x, y));
            let d = match from.column + 1 < columns {
                true => along(start, middle(lane, lane), end, gap),
                false => curve(start, end),
            };
            let from = (x - gap, middle(lane, lane));
            drawing.ways.push(Way { d, class: one.class, words: beside(one.last_words(), from, end) });
        }
    }
    drawing.height = lowest + HEIGHT / 2 + TOP;
    drawing
}

/// What is asked about, as its box says it.
fn name_of(need: &Need) -> &str {
    place_first(need.place.as_deref().unwrap_or_default())
}

/// The boxes of all lanes, what they share once; and for each lane its last one before what is asked about.
fn nodes<'a>(lanes: &[Lane<'a>]) -> (Vec<Node<'a>>, Vec<usize>) {
    let mut nodes: Vec<Node<'a>> = Vec::new();
    let mut lasts = Vec::new();
    for (number, lane) in lanes.iter().enumerate() {
        let mut from = None;
        let is_missing = lane.class == "l cut";
        let count = if is_missing { 1 } else { lane.stops.len().saturating_sub(1) };
        for (column, stop) in lane.stops.iter().take(count).enumerate() {
            let is_same =
                |node: &Node<'_>| node.column == column && node.from == from && same(node.stop, stop);
            let here = match nodes.iter().position(is_same) {
                Some(here) => here,
                None => {
                    let class = if stop.kind == StopKind::Hidden { "soft" } else { "" };
                    nodes.push(Node { column, lanes: (number, number), from, stop, class });
                    nodes.len() - 1
                }
            };
            if let Some(node) = nodes.get_mut(here) {
                node.lanes.1 = number;
            }
            from = Some(here);
        }
        lasts.push(from.unwrap_or_default());
    }
    (nodes, lasts)
}

fn same(one: &Stop, other: &Stop) -> bool {
    (one.kind, &one.name, &one.about, &one.how, &one.href)
        == (other.kind, &other.name, &other.about, &other.how, &other.href)
}

type Point = (u32, u32);

/// From the right edge of a box to the left edge of one in the next column.
fn curve((x, y): Point, (to_x, to_y): Point) -> String {
    let to_x = to_x.saturating_sub(2);
    if y == to_y {
        return format!("M{x} {y}H{to_x}");
    }
    let half = u32::midpoint(x, to_x);
    format!("M{x} {y}C{half} {y} {half} {to_y} {to_x} {to_y}")
}

/// The same over several columns: along the lane, which no other box stands in.
fn along((x, y): Point, lane: u32, (to_x, to_y): Point, gap: u32) -> String {
    let (out, back) = (x + gap, to_x - gap);
    let begin = if y == lane {
        format!("M{x} {y}H{back}")
    } else {
        format!("M{x} {y}C{half} {y} {half} {lane} {out} {lane}H{back}", half = x + gap / 2)
    };
    let to_x = to_x.saturating_sub(2);
    if lane == to_y {
        return format!("{begin}H{to_x}");
    }
    let half = u32::midpoint(back, to_x);
    format!("{begin}C{half} {lane} {half} {to_y} {to_x} {to_y}")
}

/// Words above the middle of a line.
fn beside(words: &str, from: Point, to: Point) -> Option<(u32, u32, String)> {
    let y = u32::midpoint(from.1, to.1).saturating_sub(6);
    (!words.is_empty()).then(|| (u32::midpoint(from.0, to.0), y, shortened(words, BESIDE)))
}
