//! The stages as a picture: production on the right, what merges into it on the left of it, branches beneath.
//!
//! Each box is a link to its stage, so that the picture is walked through with the keyboard; the table below it says
//! the same in words.

use super::wording::version;
use crate::components::diagram::{Arrows, link, shortened};
use crate::components::{For, Icon};
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::applications::Stage;
use std::collections::BTreeMap;

const WIDTH: u32 = 132;
const HEIGHT: u32 = 58;
const COLUMN: u32 = 167;
const LANE: u32 = 86;
/// How many characters fit into a box, with room for wider fonts.
const LETTERS: u32 = 15;

/// A stage with its place in the picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Placed {
    stage: Stage,
    above: Option<String>,
    x: u32,
    y: u32,
    /// The way to the stage above it.
    way: Option<String>,
    /// Whether a merge runs along that way.
    is_hot: bool,
}

/// Where the stages stand, and the size of the picture.
pub(super) fn placed(stages: &[Stage]) -> (Vec<Placed>, u32, u32) {
    let deepest = stages.iter().map(|stage| stage.depth).max().unwrap_or_default();
    let mut lanes: BTreeMap<ObjectId, u32> = BTreeMap::new();
    let mut last: Option<u32> = None;
    for root in stages.iter().filter(|stage| stage.depth == 0) {
        let lane = last.map_or(0, |last| last + 1);
        last = Some(walk(stages, root.id, lane, &mut lanes));
    }
    let at = |id: ObjectId, depth: u32| {
        let lane = lanes.get(&id).copied().unwrap_or_default();
        ((deepest - depth) * COLUMN + 2, lane * LANE + 6)
    };
    let all = stages.iter().map(|stage| {
        let (x, y) = at(stage.id, stage.depth);
        let above = stages.iter().find(|other| Some(other.id) == stage.above);
        let way = above.map(|above| {
            let (to_x, to_y) = at(above.id, above.depth);
            let start = format!("M{} {}", x + WIDTH, y + HEIGHT / 2);
            match to_y == y {
                true => format!("{start}H{}", to_x - 2),
                false => format!("{start}H{}V{}", to_x + WIDTH / 2, to_y + HEIGHT + 2),
            }
        });
        let is_hot = stage.lock.is_some() && above.is_some_and(|above| above.lock == stage.lock);
        let above = above.and_then(|above| above.name.clone());
        Placed { stage: stage.clone(), above, x, y, way, is_hot }
    });
    let width = deepest * COLUMN + WIDTH + 6;
    let height = last.unwrap_or_default() * LANE + HEIGHT + 12;
    (all.collect(), width, height)
}

/// Gives a stage a lane and those below it: the first goes on in it, each further one gets its own beneath. The last
/// lane that was given.
fn walk(stages: &[Stage], id: ObjectId, lane: u32, lanes: &mut BTreeMap<ObjectId, u32>) -> u32 {
    lanes.insert(id, lane);
    let mut below: Vec<&Stage> = stages.iter().filter(|stage| stage.above == Some(id)).collect();
    below.sort_by_key(|stage| stage.branch);
    let mut last = lane;
    for (place, stage) in below.into_iter().enumerate() {
        let next = if place == 0 { lane } else { last + 1 };
        last = last.max(walk(stages, stage.id, next, lanes));
    }
    last
}

fn short(text: &str) -> String {
    shortened(text, LETTERS)
}

/// What a stage is called.
pub(super) fn name(stage: &Stage) -> String {
    stage.name.clone().unwrap_or_else(|| "A stage that you may not see".to_owned())
}

/// How a stage stands to the one above it.
pub(super) fn standing(stage: &Stage, above: Option<&str>) -> String {
    let Some(above) = above else {
        return if stage.above.is_none() { "Production".to_owned() } else { String::new() };
    };
    match (stage.ahead, stage.behind) {
        (0, 0) => format!("Level with {above}"),
        (ahead, 0) => format!("{ahead} ahead of {above}"),
        (0, behind) => format!("{behind} behind {above}"),
        (ahead, behind) => format!("{ahead} ahead of {above}, {behind} behind"),
    }
}

/// The same in the few letters of a box.
fn in_box(stage: &Stage) -> String {
    match (stage.lock.is_some(), stage.above.is_some(), stage.ahead, stage.behind) {
        (true, ..) => "Locked".to_owned(),
        (false, false, ..) => "Production".to_owned(),
        (false, true, ahead, _) if stage.branch => format!("Branch, {ahead} ahead"),
        (false, true, 0, 0) => "Level".to_owned(),
        (false, true, ahead, 0) => format!("{ahead} ahead"),
        (false, true, 0, behind) => format!("{behind} behind"),
        (false, true, ahead, behind) => format!("{ahead} ahead, {behind} behind"),
    }
}

/// The picture.
#[component]
pub(super) fn Picture(
    /// Of what.
    #[prop(into)]
    label: Signal<String>,
    /// The stages, each after the one above it.
    stages: Memo<Vec<Stage>>,
    /// The one that is chosen.
    chosen: Memo<Option<ObjectId>>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| stages.with(|stages| placed(stages)));
    let size = Memo::new(move |_| drawn.with(|(_, width, height)| (*width, *height)));
    let view_box = move || {
        let (width, height) = size.get();
        format!("0 0 {width} {height}")
    };
    view! {
        <div class="figure" tabindex="0" role="region" aria-label="Picture of the stages, scrolls sideways">
            <svg
                class="dg"
                role="group"
                aria-label=label
                width=move || size.get().0.to_string()
                height=move || size.get().1.to_string()
                viewBox=view_box
            >
                <Arrows/>
                <For each=move || drawn.with(|(all, ..)| all.clone()) key=Clone::clone let:one>
                    <Drawn one=one chosen=chosen/>
                </For>
            </svg>
        </div>
    }
}

#[component]
fn Drawn(one: Placed, chosen: Memo<Option<ObjectId>>) -> impl IntoView {
    let Placed { stage, above, x, y, way, is_hot } = one;
    let id = stage.id;
    let name = name(&stage);
    let version = version(&stage.version);
    let says = in_box(&stage);
    let label = format!(
        "{name}, {version}, {}{}",
        standing(&stage, above.as_deref()),
        if stage.lock.is_some() { ", locked" } else { "" }
    );
    let is_locked = stage.lock.is_some();
    let is_chosen = move || chosen.get() == Some(id);
    let class = move || match (is_locked, is_chosen()) {
        (true, true) => "wait chosen",
        (true, false) => "wait",
        (false, true) => "me chosen",
        (false, false) => "",
    };
    let ahead = (stage.ahead > 0 && way.is_some()).then(|| format!("+{}", stage.ahead));
    let ahead_x = (x + WIDTH + 29).to_string();
    let ahead_y = (y + 21).to_string();
    let (text_x, lock_x, lock_y) = ((x + 12).to_string(), (x + WIDTH - 24).to_string(), (y + 10).to_string());
    let row = move |down: u32| (y + down).to_string();
    let box_of_it = view! {
        <g class=class>
            <rect x=x.to_string() y=y.to_string() width=WIDTH.to_string() height=HEIGHT.to_string()></rect>
            <text class="b" x=text_x.clone() y=row(20)>
                {short(&name)}
            </text>
            <text class="n" x=text_x.clone() y=row(36)>
                {short(&version)}
            </text>
            <text class="s" x=text_x y=row(50)>
                {short(&says)}
            </text>
            {is_locked
                .then(|| {
                    view! {
                        <svg class="ic" x=lock_x y=lock_y width="14" height="14" viewBox="0 0 16 16">
                            <rect x="3.500" y="7" width="9" height="6.500" rx="1.300"></rect>
                            <path d="M5.500 7V5a2.500 2.500 0 0 1 5 0v2"></path>
                        </svg>
                    }
                })}
        </g>
    };
    let link = link(format!("?stage={id}"), label, Signal::derive(is_chosen), box_of_it);
    view! {
        <g>
            {way.map(|way| view! { <path class=if is_hot { "l hot" } else { "l" } d=way></path> })}
            {ahead
                .map(|ahead| {
                    view! {
                        <text class=if is_hot { "s w" } else { "s" } x=ahead_x y=ahead_y text-anchor="middle">
                            {ahead}
                        </text>
                    }
                })}
            {link}
        </g>
    }
}

/// The stages in words: the same as the picture, for who reads rather than looks.
#[component]
pub(super) fn Twin(
    /// The stages.
    stages: Memo<Vec<Stage>>,
    /// The one that is chosen.
    chosen: Memo<Option<ObjectId>>,
) -> impl IntoView {
    let line = move |stage: Stage| {
        let above =
            stages.with_untracked(|all| all.iter().find(|other| Some(other.id) == stage.above).map(name));
        let id = stage.id;
        let kind = match (&above, stage.branch) {
            (None, _) => "Production".to_owned(),
            (Some(above), true) => format!("Branch below {above}"),
            (Some(above), false) => format!("Sandbox below {above}"),
        };
        let lock = stage.lock.is_some().then(|| {
            view! {
                <span class="badge wait">
                    <Icon name="lock"/>
                    "Locked"
                </span>
            }
        });
        view! {
            <tr>
                <th scope="row">
                    <a
                        class="plain"
                        href=format!("?stage={id}")
                        aria-current=move || (chosen.get() == Some(id)).then_some("true")
                    >
                        {name(&stage)}
                    </a>
                    <span class="sub">{kind}</span>
                </th>
                <td data-label="Version">
                    <code>{version(&stage.version)}</code>
                </td>
                <td data-label="Against the one above">
                    {match above {
                        Some(above) => standing(&stage, Some(&above)),
                        None => "Nothing above it".to_owned(),
                    }}
                </td>
                <td data-label="Lock">
                    {lock.map_or_else(|| view! { <span class="faint">"Free"</span> }.into_any(), IntoAny::into_any)}
                </td>
            </tr>
        }
    };
    view! {
        <div class="scroll">
            <table class="table cards" aria-label="Stages in words">
                <thead>
                    <tr>
                        <th scope="col">"Stage"</th>
                        <th scope="col">"Version"</th>
                        <th scope="col">"Against the one above"</th>
                        <th scope="col">"Lock"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || stages.get() key=Clone::clone let:stage>
                        {line(stage)}
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(id: u64, above: Option<u64>, depth: u32, branch: bool) -> Stage {
        Stage {
            id: ObjectId::from_bits(id),
            name: Some(format!("Stage {id}")),
            above: above.map(ObjectId::from_bits),
            depth,
            branch,
            version: String::new(),
            ahead: 0,
            behind: 0,
            lock: None,
            no_merging: None,
            no_rollback: None,
            no_removing: None,
        }
    }

    #[test]
    fn the_chain_is_one_lane_and_each_branch_has_its_own() {
        let stages = [
            stage(1, None, 0, false),
            stage(9, Some(1), 1, true),
            stage(2, Some(1), 1, false),
            stage(3, Some(2), 2, false),
            stage(8, Some(2), 2, true),
        ];
        let (all, width, height) = placed(&stages);
        let at =
            |id: u64| all.iter().find(|one| one.stage.id.bits() == id).map(|one| (one.x, one.y)).unwrap();
        assert_eq!((at(1), at(2), at(3)), ((336, 6), (169, 6), (2, 6)));
        assert_eq!((at(8), at(9)), ((2, 92), (169, 178)), "no two branches in one lane");
        assert_eq!((width, height), (472, 242));
        assert_eq!(all[2].way.as_deref(), Some("M301 35H334"));
        assert_eq!(all[1].way.as_deref(), Some("M301 207H402V66"));
    }

    #[test]
    fn a_stage_says_how_it_stands_to_the_one_above() {
        let mut one = stage(2, Some(1), 1, false);
        assert_eq!(standing(&one, Some("Production")), "Level with Production");
        (one.ahead, one.behind) = (3, 1);
        assert_eq!(standing(&one, Some("Production")), "3 ahead of Production, 1 behind");
        assert_eq!(standing(&stage(1, None, 0, false), None), "Production");
        assert_eq!(short("Hotfix of the login page"), "Hotfix of the …");
    }
}
