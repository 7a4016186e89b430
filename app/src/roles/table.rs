//! The grid itself: a table that draws what is in sight, with one tab stop, as the ARIA grid pattern says.

use super::keys::{Spot, lead};
use super::offer::{Offer, offers};
use super::offer_banner::OfferBanner;
use super::shape::{Line, Shape};
use super::staged::Staged;
use super::window::{self, Piece, Sight, Sizes};
use super::{cell, head};
use crate::components::For;
use crate::whenever::whenever;
use leptos::either::{Either, EitherOf3};
use leptos::html;
use leptos::prelude::*;
use model::id::RoleId;
use model::view::roles::Grid;
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;

/// What the parts of the table share; cheap to copy.
#[derive(Clone, Copy)]
pub struct Table {
    /// What it shows.
    pub grid: Signal<Grid>,
    /// Which lines and columns.
    pub shape: Memo<Shape>,
    /// What is not saved yet.
    pub staged: Staged,
    /// The cell that is, or was last, in focus.
    pub spot: RwSignal<Spot>,
    /// The one tab stop.
    pub at: Memo<Spot>,
    scroller: NodeRef<html::Div>,
    sight: RwSignal<Sight>,
    sizes: RwSignal<Sizes>,
    columns: Memo<Vec<Slot<RoleId>>>,
    lines: Memo<Vec<Slot<Line>>>,
    dismissed: RwSignal<BTreeSet<(RoleId, usize)>>,
}

/// A piece of an axis, with what stands there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slot<T> {
    /// A gap: its number.
    Gap(usize, f64),
    /// Something to draw.
    Item(T),
}

impl<T: Copy> Slot<T> {
    fn of(piece: Piece, all: &[T]) -> Option<Self> {
        match piece {
            Piece::Gap(number, size) => Some(Self::Gap(number, size)),
            Piece::Item(at) => all.get(at).copied().map(Self::Item),
        }
    }

    fn key(&self) -> Slot<T> {
        match *self {
            Self::Gap(number, _) => Self::Gap(number, 0.0),
            item => item,
        }
    }
}

/// A key of a list: gaps by their number alone.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key<T> {
    Gap(usize),
    Item(T),
}

impl<T> From<Slot<T>> for Key<T> {
    fn from(slot: Slot<T>) -> Self {
        match slot {
            Slot::Gap(number, _) => Self::Gap(number),
            Slot::Item(item) => Self::Item(item),
        }
    }
}

impl Table {
    /// For a page.
    #[must_use]
    pub fn new(grid: Signal<Grid>, shape: Memo<Shape>, staged: Staged) -> Self {
        let spot = RwSignal::new(Spot { line: None, role: Some(RoleId::from_bits(0)) });
        let at = Memo::new(move |_| shape.with(|shape| spot.get().within(shape)));
        let (sight, sizes) = (RwSignal::new(Sight::FIRST), RwSignal::new(Sizes::STYLE));
        let is_large =
            Memo::new(move |_| shape.with(|shape| window::is_large(shape.lines.len(), shape.roles.len())));
        let columns = Memo::new(move |_| {
            let shape = shape.read();
            let starts = window::starts(shape.roles.iter().map(|_| sizes.get().column));
            let range = match is_large.get() {
                true => window::columns_in_sight(&starts, sight.get()),
                false => 0..shape.roles.len(),
            };
            let focus = at.get().role.and_then(|role| shape.column(role));
            let pieces = window::pieces(&starts, range, focus);
            pieces.into_iter().filter_map(|piece| Slot::of(piece, &shape.roles)).collect()
        });
        let lines = Memo::new(move |_| {
            let shape = shape.read();
            let size = |line: &Line| match line {
                Line::Area(_) => sizes.get().area,
                Line::Row(_) => sizes.get().row,
            };
            let starts = window::starts(shape.lines.iter().map(size));
            let range = match is_large.get() {
                true => window::lines_in_sight(&starts, sight.get()),
                false => 0..shape.lines.len(),
            };
            let focus = at.get().line.and_then(|line| shape.line(line));
            let pieces = window::pieces(&starts, range, focus);
            pieces.into_iter().filter_map(|piece| Slot::of(piece, &shape.lines)).collect()
        });
        let (scroller, dismissed) = (NodeRef::new(), RwSignal::new(BTreeSet::new()));
        Self { grid, shape, staged, spot, at, scroller, sight, sizes, columns, lines, dismissed }
    }

    /// Whether not all of it is drawn.
    fn is_large(self) -> bool {
        self.shape.with(|shape| window::is_large(shape.lines.len(), shape.roles.len()))
    }

    /// Moves the tab stop and the focus to a cell, drawn or not.
    pub fn focus(self, spot: Spot) {
        self.spot.set(spot);
        if self.focus_drawn(spot) {
            return;
        }
        // What has the tab stop is drawn by the next frame; unless a key has led on by then.
        request_animation_frame(move || {
            if self.spot.try_get_untracked() == Some(spot) {
                self.focus_drawn(spot);
            }
        });
    }

    /// Moves the focus to a cell; `false` where it is not drawn.
    fn focus_drawn(self, spot: Spot) -> bool {
        let Some(scroller) = self.scroller.try_get_untracked().flatten() else { return false };
        focus_in(&scroller, &spot.mark())
    }

    /// Reads how much is in sight, and how large lines and columns are.
    fn measure(self) {
        let Some(scroller) = self.scroller.try_get_untracked().flatten() else { return };
        let sight = Sight {
            top: f64::from(scroller.scroll_top()),
            left: f64::from(scroller.scroll_left()),
            height: f64::from(scroller.client_height()),
            width: f64::from(scroller.client_width()),
        };
        if self.sight.get_untracked() != sight {
            self.sight.set(sight);
        }
    }

    fn measure_sizes(self) {
        let Some(scroller) = self.scroller.try_get_untracked().flatten() else { return };
        let size = |selector: &str| {
            let element = scroller.query_selector(selector).ok().flatten()?;
            let area = element.get_bounding_client_rect();
            (area.width() > 1.0 && area.height() > 1.0).then(|| (area.width(), area.height()))
        };
        let before = self.sizes.get_untracked();
        let sizes = Sizes {
            row: size("tbody tr[data-line=row]").map_or(before.row, |(_, height)| height),
            area: size("tbody tr[data-line=area]").map_or(before.area, |(_, height)| height),
            column: size("thead th[data-role]").map_or(before.column, |(width, _)| width),
        };
        if sizes != before {
            self.sizes.set(sizes);
        }
    }

    fn on_key(self, event: &web_sys::KeyboardEvent) {
        if spot_of(event.target()).is_none() {
            return;
        }
        // Not where the focus is, but where it is led: keys may follow each other faster than cells are drawn.
        let spot = self.at.get_untracked();
        let key = event.key();
        let control = event.ctrl_key() || event.meta_key();
        if event.alt_key() || event.shift_key() {
            return;
        }
        if let (" " | "Enter", Spot { line: Some(Line::Row(row)), role: Some(role) }) = (key.as_str(), spot) {
            event.prevent_default();
            self.grid.with_untracked(|grid| self.staged.toggle(grid, role, row));
            return;
        }
        let sight = self.sight.get_untracked();
        // As many lines as are in sight, less one and the head, so that the eye finds its place again.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small positive number"
        )]
        let page = (sight.height / self.sizes.get_untracked().row - 3.0).max(1.0) as usize;
        let to = self.shape.with_untracked(|shape| lead(&key, control, spot, shape, page));
        if let Some(to) = to {
            event.prevent_default();
            self.focus(to);
        }
    }

    fn on_click(self, event: &web_sys::MouseEvent) {
        let Some(spot) = spot_of(event.target()) else { return };
        if let Spot { line: Some(Line::Row(row)), role: Some(role) } = spot {
            self.grid.with_untracked(|grid| self.staged.toggle(grid, role, row));
        }
    }

    /// How many cells of roles a line has, gaps included.
    pub fn span(self) -> usize {
        self.columns.with(Vec::len)
    }

    /// The place of a column for `aria-colindex`; the first column is 1.
    pub fn column_number(self, role: RoleId) -> usize {
        self.shape.with(|shape| shape.column(role).map_or(0, |at| at + 2))
    }

    /// The place of a line for `aria-rowindex`; the head is 1.
    pub fn line_number(self, line: Line) -> usize {
        self.shape.with(|shape| shape.line(line).map_or(0, |at| at + 2))
    }
}

/// Moves the focus to the cell of that mark and brings it in sight; `false` where it is not drawn.
pub(super) fn focus_in(grid: &web_sys::Element, mark: &str) -> bool {
    let found = grid.query_selector(&format!("[data-at=\"{mark}\"]")).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    let quietly = web_sys::FocusOptions::new();
    quietly.set_prevent_scroll(true);
    let _ = element.focus_with_options(&quietly);
    let nearest = web_sys::ScrollIntoViewOptions::new();
    nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
    nearest.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
    true
}

/// The mark of the cell that an event is about.
pub(super) fn mark_of(target: Option<web_sys::EventTarget>) -> Option<String> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    element.closest("[data-at]").ok()??.get_attribute("data-at")
}

/// The cell that an event is about.
fn spot_of(target: Option<web_sys::EventTarget>) -> Option<Spot> {
    Spot::of_mark(&mark_of(target)?)
}

/// The table in its scrolling frame.
#[component]
pub fn GridTable(
    /// What it shares with the page.
    table: Table,
) -> impl IntoView {
    whenever(move || {
        // Also when the bar or the help takes room, and when other lines are shown.
        let _ = (table.staged.count(), table.shape.with(|shape| shape.lines.len()), table.at.get());
        request_animation_frame(move || {
            table.measure();
            table.measure_sizes();
        });
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        table.measure();
        table.measure_sizes();
    });
    on_cleanup(move || resized.remove());
    keep_focus(table);
    let offered = Memo::new(move |_| {
        let all = table.grid.with(|grid| offers(grid, table.staged));
        let dismissed = table.dismissed.read();
        all.into_iter().filter(|offer| !dismissed.contains(&(offer.role, offer.under))).collect::<Vec<_>>()
    });
    view! {
        <div
            class="scroll fill"
            tabindex="0"
            role="region"
            aria-label="Roles and permissions"
            node_ref=table.scroller
            on:scroll=move |_| table.measure()
        >
            <table
                class="grid"
                class:large=move || table.is_large()
                role="grid"
                aria-label="Permissions by role"
                aria-rowcount=move || table.shape.with(|shape| shape.lines.len() + 1)
                aria-colcount=move || table.shape.with(|shape| shape.roles.len() + 1)
                on:keydown=move |event| table.on_key(&event)
                on:click=move |event| table.on_click(&event)
                on:focusin=move |event| {
                    if let Some(spot) = spot_of(event.target()) {
                        table.spot.set(spot);
                    }
                }
            >
                <thead>
                    <tr aria-rowindex="1">
                        {head::corner(table)}
                        <For
                            each=move || table.columns.get()
                            key=|slot| Key::from(slot.key())
                            children=move |slot| match slot {
                                Slot::Gap(number, _) => Either::Left(gap_head(table, number)),
                                Slot::Item(role) => Either::Right(head::role(table, role)),
                            }
                        />
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || table.lines.get()
                        key=|slot| Key::from(slot.key())
                        children=move |slot| match slot {
                            Slot::Gap(number, _) => EitherOf3::A(gap_line(table, number)),
                            Slot::Item(Line::Area(area)) => EitherOf3::B(head::area(table, area)),
                            Slot::Item(Line::Row(row)) => EitherOf3::C(line(table, row, offered)),
                        }
                    />
                </tbody>
            </table>
        </div>
    }
}

/// When the element with focus is taken out with its role, focus goes to the new tab stop.
fn keep_focus(table: Table) {
    Effect::new(move |before: Option<Spot>| {
        let at = table.at.get();
        if before.is_some_and(|before| before != at) && table.spot.get_untracked() != at {
            request_animation_frame(move || {
                let active = document().active_element();
                if active.is_none_or(|active| active.tag_name() == "BODY") {
                    table.focus(at);
                }
            });
        }
        at
    });
}

/// One permission with its cells, and under it the edit that it may want as well.
fn line(table: Table, row: usize, offered: Memo<Vec<Offer>>) -> impl IntoView {
    let under =
        Memo::new(move |_| offered.with(|offers| offers.iter().find(|offer| offer.under == row).cloned()));
    view! {
        <tr aria-rowindex=move || table.line_number(Line::Row(row)) data-line="row">
            {head::permission(table, row)}
            <For
                each=move || table.columns.get()
                key=|slot| Key::from(slot.key())
                children=move |slot| match slot {
                    Slot::Gap(..) => Either::Left(view! { <td class="gap" role="presentation"></td> }),
                    Slot::Item(role) => Either::Right(cell::cell(table, row, role)),
                }
            />
        </tr>
        {move || under.get().map(|offer| offer_line(table, offer))}
    }
}

fn offer_line(table: Table, offer: Offer) -> impl IntoView {
    let Offer { under, role, row, on, .. } = offer;
    let accept = Callback::new(move |()| {
        table.grid.with_untracked(|grid| {
            if let (Some(role), Some(entry)) = (grid.role(role), grid.rows.get(row)) {
                table.staged.set(role, entry, grid.cell(row, role).on, on);
            }
        });
        table.focus(Spot { line: Some(Line::Row(under)), role: Some(role) });
    });
    let leave = Callback::new(move |()| {
        table.dismissed.update(|dismissed| {
            dismissed.insert((role, under));
        });
        table.focus(Spot { line: Some(Line::Row(under)), role: Some(role) });
    });
    view! {
        <tr>
            <td class="offer" colspan=move || table.span() + 1>
                <OfferBanner offer=offer accept=accept leave=leave/>
            </td>
        </tr>
    }
}

/// Room for columns that are not drawn. Its width is set from here: the policy allows no style in the page.
fn gap_head(table: Table, number: usize) -> impl IntoView {
    let node = NodeRef::<html::Td>::new();
    let width = Memo::new(move |_| size_of(&table.columns.read(), number));
    whenever(move || set_size(node.get(), "min-width", width.get()));
    view! { <td class="gap" role="presentation" node_ref=node></td> }
}

/// Room for lines that are not drawn.
fn gap_line(table: Table, number: usize) -> impl IntoView {
    let node = NodeRef::<html::Td>::new();
    let height = Memo::new(move |_| size_of(&table.lines.read(), number));
    whenever(move || set_size(node.get(), "height", height.get()));
    view! {
        <tr class="gap" role="presentation">
            <td node_ref=node role="presentation" colspan=move || table.span() + 1></td>
        </tr>
    }
}

fn size_of<T>(slots: &[Slot<T>], wanted: usize) -> f64 {
    let found = slots.iter().find_map(|slot| match slot {
        Slot::Gap(number, size) if *number == wanted => Some(*size),
        _ => None,
    });
    found.unwrap_or_default()
}

fn set_size(node: Option<web_sys::HtmlTableCellElement>, property: &str, size: f64) {
    if let Some(node) = node {
        let _ = web_sys::HtmlElement::style(&node).set_property(property, &format!("{size}px"));
    }
}
