//! The heads of the grid: of columns, of areas, of permissions, and the corner between them.

use super::keys::Spot;
use super::shape::{Line, level_name};
use super::table::Table;
use crate::address;
use crate::components::Icon;
use crate::words;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use model::id::RoleId;
use model::object::Level;

fn tab_stop(table: Table, spot: Spot) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || if table.at.get() == spot { "0" } else { "-1" }
}

fn described(table: Table, spot: Spot) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || (table.at.get() == spot).then_some("cell-help")
}

/// How many permissions and roles there are.
pub fn corner(table: Table) -> impl IntoView {
    let spot = Spot { line: None, role: None };
    let counts = move || {
        let (all, roles) = table.grid.with(|grid| (grid.rows.len(), grid.roles.len()));
        let shape = table.shape.read();
        let of = |shown: usize, all: usize| {
            if shown == all { String::new() } else { format!("{shown} of ") }
        };
        format!(
            "{}{}, {}{}",
            of(shape.matches, all),
            words::count(all as u64, "permission", "permissions"),
            of(shape.roles.len(), roles),
            words::count(roles as u64, "role", "roles"),
        )
    };
    view! {
        <th scope="col" aria-colindex="1" data-at=spot.mark() tabindex=tab_stop(table, spot)>
            <span class="vh">"Permission: "</span>
            {counts}
        </th>
    }
}

/// A role: its name leads to its page.
pub fn role(table: Table, id: RoleId) -> impl IntoView {
    let spot = Spot { line: None, role: Some(id) };
    let column = Memo::new(move |_| {
        table.grid.with(|grid| {
            let role = grid.role(id)?;
            let tenant = grid.tenant_of(role).map(|tenant| tenant.name.clone());
            Some((role.name.clone(), role.people, role.level, tenant))
        })
    });
    let is_fixed = table.grid.with_untracked(|grid| grid.role(id).is_some_and(|role| role.fixed().is_some()));
    let name = move || column.with(|role| role.as_ref().map(|(name, ..)| name.clone()));
    let notes = move || {
        column.get().map(|(_, people, level, tenant)| {
            let level = (level != Level::Organization).then(|| {
                view! {
                    <br/>
                    {level_name(level).1}
                }
            });
            let tenant = tenant.map(|tenant| {
                view! {
                    <br/>
                    {tenant}
                }
            });
            view! {
                <small>{words::count(people, "person", "people")} {level} {tenant}</small>
            }
        })
    };
    view! {
        <th scope="col" data-role="" aria-colindex=move || table.column_number(id)>
            <a
                href=format!("/roles/{id}")
                data-at=spot.mark()
                tabindex=tab_stop(table, spot)
                aria-describedby=described(table, spot)
            >
                {name}
            </a>
            {is_fixed
                .then(|| view! { " " <Icon name="lock"/> <span class="vh">", locked"</span> })}
            {notes}
        </th>
    }
}

/// A permission.
pub fn permission(table: Table, row: usize) -> impl IntoView {
    let spot = Spot { line: Some(Line::Row(row)), role: None };
    let name = Memo::new(move |_| table.grid.with(|grid| grid.rows.get(row).map(|row| row.name.clone())));
    view! {
        <th
            scope="row"
            aria-colindex="1"
            data-at=spot.mark()
            tabindex=tab_stop(table, spot)
            aria-describedby=described(table, spot)
        >
            {move || name.get()}
        </th>
    }
}

/// The heading of an area, which folds it.
pub fn area(table: Table, number: usize) -> impl IntoView {
    let spot = Spot { line: Some(Line::Area(number)), role: None };
    let area = Memo::new(move |_| table.grid.with(|grid| grid.areas.get(number).cloned()));
    let name = move || area.with(|area| area.as_ref().map(|area| area.name.clone()).unwrap_or_default());
    let location = use_location();
    let folded = move || super::page::folded(&location.query.read());
    let is_open = {
        Memo::new(move |_| area.with(|area| area.as_ref().is_some_and(|area| !folded().contains(&area.key))))
    };
    let navigate = use_navigate();
    let location = use_location();
    let fold = move |_| {
        let Some(key) = area.with_untracked(|area| area.as_ref().map(|area| area.key.clone())) else {
            return;
        };
        let mut keys = untrack(|| super::page::folded(&location.query.read()));
        match keys.iter().position(|one| *one == key) {
            Some(at) => drop(keys.remove(at)),
            None => keys.push(key),
        }
        let keys = keys.join(",");
        let query = location.query.get_untracked();
        let to = address::link(&location.pathname.get_untracked(), &query, &[("fold", Some(&keys))]);
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    };
    view! {
        <tr class="area" aria-rowindex=move || table.line_number(Line::Area(number)) data-line="area">
            <th scope="row" aria-colindex="1">
                <button
                    type="button"
                    class="twist"
                    data-at=spot.mark()
                    tabindex=tab_stop(table, spot)
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    aria-label=move || format!("{} {}", if is_open.get() { "Fold" } else { "Unfold" }, name())
                    on:click=fold
                ></button>
                {name}
                <small>{move || area.with(|area| area.as_ref().map(|area| area.rows))}</small>
            </th>
            <td colspan=move || table.span()></td>
        </tr>
    }
}
