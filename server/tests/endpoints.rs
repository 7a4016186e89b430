//! Role × endpoint: who gets through where, as a grid in `endpoints.golden`.
//!
//! The rows come from the registered functions, the application's pages and the table of routes, so that a new
//! one cannot be forgotten: without a sample it fails here.
//!
//! To add one: give a function a body in [`CALLS`], or a page with `{…}` in its path an example in [`PATHS`]:
//! one line. The body should be one that *Admin* succeeds with in the organization of `world.rs`, whose ids are
//! spelled with `{tester}` (a role), `{crew}` (a group), `{ben}` (a Member), `{ivy}` (invited), `{portal}` (an
//! application, with the stages `{production}` and `{acceptance}`, whose versions are not known), `{north}` (a
//! tenant that all see, with `{app}` and the folder `{hr}` of the `{robot}`), `{south}` (one that nobody sees by its
//! settings),
//! `{uploads}` (the setting *Upload apps*), `{grant}` (that Ben is a Member), `{organization}` and `{member}` (the
//! role). Its revision is 3, which
//! can be undone. Then run the test with `UPDATE_GOLDEN=1`, and read what the
//! golden file gained: it is the statement of who may do what.
//!
//! The cells: `yes` (answered), `no` (a right is missing), `out` (to sign-in first), else the HTTP status.
//! Each call meets the organization as it was prepared, whatever the calls before it did.

use crate::support::{Answer, Place};
use crate::world::{
    self, ACCEPTANCE, APP, BEN, BENS_GRANT, CREW, HR, IVY, NORTH, PORTAL, PRODUCTION, ROBOT, SOUTH, TESTER,
};
use axum::http::StatusCode;
use model::id::{ObjectId, RoleId};
use server::routes;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A body for each function that screens call.
const CALLS: &[(&str, &str)] = &[
    ("/api/account/change-password", r#"{"old": "not the old one", "new": "quiet harbour pebble 47"}"#),
    ("/api/account/end-other-sessions", "{}"),
    ("/api/account/end-session", r#"{"session": "0000000000000"}"#),
    ("/api/account/mine", "{}"),
    ("/api/account/rename", r#"{"name": "Somebody Else"}"#),
    (
        "/api/applications/add-stage",
        r#"{"new": {"application": "{portal}", "above": "{acceptance}", "name": "Testing", "branch": false}}"#,
    ),
    (
        "/api/applications/assign",
        r#"{"wish": {"act": {"give": {"subject": {"user": "{ben}"}, "role": "{tester}", "object": "{portal}", "window": {}}}, "seen": 3}}"#,
    ),
    (
        "/api/applications/assign-plan",
        r#"{"wish": {"act": {"give": {"subject": {"user": "{ben}"}, "role": "{tester}", "object": "{portal}", "window": {}}}, "seen": 3}}"#,
    ),
    ("/api/applications/assigned", r#"{"query": {"of": "{portal}", "page": 1}}"#),
    (
        "/api/applications/begin-merge",
        r#"{"wish": {"from": "{acceptance}", "from_version": "", "to_version": "", "description": "Carts"}}"#,
    ),
    (
        "/api/applications/begin-rollback",
        r#"{"wish": {"stage": "{production}", "version": "", "merge": "0000000000001", "description": "Slow"}}"#,
    ),
    ("/api/applications/create", r#"{"new": {"name": "Store", "chain": true}}"#),
    (
        "/api/applications/edit",
        r#"{"edit": {"application": "{portal}", "name": ["Portal", "Gate"], "details": null, "seen": 3}}"#,
    ),
    ("/api/applications/end", r#"{"ending": {"id": "0000000000001", "is_done": true}}"#),
    (
        "/api/applications/history",
        r#"{"query": {"application": "{portal}", "kind": null, "stage": null, "by": "", "days": 0, "page": 1}}"#,
    ),
    ("/api/applications/list", r#"{"query": {"search": "", "status": null, "page": 1}}"#),
    ("/api/applications/matrix", r#"{"query": {"search": "", "accounts_only": false, "page": 1}}"#),
    ("/api/applications/merge-plan", r#"{"from": "{acceptance}"}"#),
    ("/api/applications/one", r#"{"application": "{portal}"}"#),
    ("/api/applications/paths", r#"{"query": {"who": {"user": "{ben}"}, "application": "{portal}"}}"#),
    ("/api/applications/remove", r#"{"application": "{portal}"}"#),
    ("/api/applications/remove-stage", r#"{"stage": "{acceptance}"}"#),
    ("/api/applications/rename-stage", r#"{"stage": "{acceptance}", "name": "Trial"}"#),
    ("/api/applications/rights", r#"{"application": "{portal}"}"#),
    ("/api/applications/roles", r#"{"asked": {"subject": {"user": "{ben}"}, "object": "{portal}"}}"#),
    ("/api/applications/rollback-plan", r#"{"stage": "{production}"}"#),
    (
        "/api/applications/set-status",
        r#"{"wish": {"application": "{portal}", "was": "development", "now": "live", "planned_on": ""}}"#,
    ),
    ("/api/applications/whom", r#"{"search": {"of": "{portal}", "search": ""}}"#),
    (
        "/api/check/answer",
        r#"{"query": {"who": {"value": "person.{ben}"}, "action": "merge.production", "place": {"value": "{portal}"}}}"#,
    ),
    ("/api/check/find-places", r#"{"search": "por", "kind": null}"#),
    ("/api/check/find-who", r#"{"search": "b"}"#),
    (
        "/api/check/preview",
        r#"{"wish": {"edits": [{"give": {"who": {"user": "{ben}"}, "role": "{tester}", "object": "{organization}"}}], "seen": 3}}"#,
    ),
    (
        "/api/check/save",
        r#"{"wish": {"edits": [{"give": {"who": {"user": "{ben}"}, "role": "{tester}", "object": "{organization}"}}], "seen": 3}}"#,
    ),
    (
        "/api/roles/act",
        r#"{"wish": {"role": "{tester}", "act": {"give": {"whom": [{"user": "{ben}"}], "object": "{organization}", "window": {}}}, "seen": 3}}"#,
    ),
    ("/api/roles/grid", r#"{"since": null}"#),
    ("/api/roles/leaving", r#"{"role": "{tester}"}"#),
    ("/api/roles/one", r#"{"id": "{tester}"}"#),
    ("/api/roles/owners", r#"{"search": ""}"#),
    ("/api/roles/places", r#"{"search": {"role": "{tester}", "search": ""}}"#),
    (
        "/api/roles/plan",
        r#"{"wish": {"role": "{tester}", "act": {"give": {"whom": [{"user": "{ben}"}], "object": "{organization}", "window": {}}}, "seen": 3}}"#,
    ),
    (
        "/api/roles/preview",
        r#"{"edits": {"changes": [{"change": "permission-added", "role": "{tester}", "permission": "people.view"}], "seen": 3}}"#,
    ),
    (
        "/api/roles/save",
        r#"{"edits": {"changes": [{"change": "permission-added", "role": "{tester}", "permission": "people.view"}], "seen": 3}}"#,
    ),
    ("/api/roles/users", r#"{"query": {"role": "{tester}", "search": "", "page": 1}}"#),
    ("/api/roles/whom", r#"{"search": {"role": "{tester}", "search": "b"}}"#),
    ("/api/settings/preview", r#"{"edit": {"seen": 3, "areas": [["automation", false]]}}"#),
    ("/api/settings/read", "{}"),
    ("/api/settings/save", r#"{"edit": {"seen": 3, "areas": [["automation", false]]}}"#),
    ("/api/find", r#"{"words": "ben"}"#),
    ("/api/folders/access", r#"{"query": {"of": "{hr}", "page": 1}}"#),
    ("/api/folders/create", r#"{"new": {"kind": "folder", "name": "New staff", "within": "{hr}"}}"#),
    ("/api/folders/find", r#"{"search": {"search": "hr", "to": "open"}}"#),
    ("/api/folders/holds", r#"{"query": {"of": "{hr}", "search": "", "page": 1}}"#),
    ("/api/folders/one", r#"{"place": "{hr}"}"#),
    (
        "/api/folders/preview",
        r#"{"wish": {"act": {"rename": {"object": "{hr}", "was": "HR", "now": "People"}}, "seen": 3}}"#,
    ),
    ("/api/folders/related", r#"{"place": "{robot}"}"#),
    ("/api/folders/roles", r#"{"asked": {"subject": {"user": "{ben}"}, "object": "{hr}"}}"#),
    (
        "/api/folders/save",
        r#"{"wish": {"act": {"rename": {"object": "{hr}", "was": "HR", "now": "People"}}, "seen": 3}}"#,
    ),
    ("/api/folders/top", "{}"),
    ("/api/folders/tree", r#"{"query": {"at": "{hr}", "open": [], "shut": []}}"#),
    ("/api/folders/whom", r#"{"search": {"of": "{hr}", "search": ""}}"#),
    ("/api/groups/candidates", r#"{"query": {"group": "{crew}", "search": "", "page": 1}}"#),
    ("/api/groups/create", r#"{"new": {"name": "Night shift", "description": ""}}"#),
    ("/api/groups/list", r#"{"query": {"search": "", "page": 1}}"#),
    ("/api/groups/one", r#"{"query": {"group": "{crew}", "search": "", "page": 1}}"#),
    (
        "/api/groups/preview",
        r#"{"wish": {"group": "{crew}", "act": {"add": {"people": ["{ben}"]}}, "seen": 3}}"#,
    ),
    (
        "/api/groups/save",
        r#"{"wish": {"group": "{crew}", "act": {"add": {"people": ["{ben}"]}}, "seen": 3}}"#,
    ),
    ("/api/history/lines", r#"{"revision": 3}"#),
    ("/api/history/list", r#"{"asked": {}}"#),
    ("/api/history/undo", r#"{"revision": 3}"#),
    ("/api/history/undo-preview", r#"{"revision": 3}"#),
    ("/api/overview", "{}"),
    ("/api/people/choices", r#"{"asked": {"subject": {"user": "{ben}"}, "object": "{organization}"}}"#),
    ("/api/people/end-sessions", r#"{"user": "{ben}", "session": null}"#),
    (
        "/api/people/found",
        r#"{"query": {"search": "", "role": null, "group": null, "standing": "all", "page": 1}}"#,
    ),
    ("/api/people/invitations", "{}"),
    (
        "/api/people/invite",
        r#"{"wanted": {"people": [{"line": 1, "name": "", "email": "new@nordhavn.example"}], "roles": ["{member}"], "group": null, "days": 7}}"#,
    ),
    ("/api/people/invite-form", "{}"),
    (
        "/api/people/list",
        r#"{"query": {"search": "", "role": null, "group": null, "standing": "all", "page": 1}}"#,
    ),
    ("/api/people/one", r#"{"user": "{ben}"}"#),
    (
        "/api/people/preview",
        r#"{"wish": {"people": ["{ben}"], "act": {"give": {"role": "{tester}", "object": "{organization}", "window": {}}}, "seen": 3}}"#,
    ),
    (
        "/api/people/profile",
        r#"{"edit": {"user": "{ben}", "name": "Ben Lund", "email": "ben.lund@nordhavn.example"}}"#,
    ),
    ("/api/people/removal", r#"{"user": "{ben}"}"#),
    ("/api/people/remove", r#"{"user": "{ben}", "called": "Former user"}"#),
    ("/api/people/resend", r#"{"user": "{ivy}"}"#),
    ("/api/people/reset-link", r#"{"user": "{ben}"}"#),
    ("/api/people/revoke", r#"{"user": "{ivy}"}"#),
    (
        "/api/people/save",
        r#"{"wish": {"people": ["{ben}"], "act": {"give": {"role": "{tester}", "object": "{organization}", "window": {}}}, "seen": 3}}"#,
    ),
    ("/api/people/take-back", r#"{"revision": 3}"#),
    ("/api/shell", "{}"),
    ("/api/tenants/access", r#"{"tenant": "{north}"}"#),
    ("/api/tenants/alike", r#"{"wish": {"like": "{north}", "tenants": ["{south}"], "seen": 3}}"#),
    ("/api/tenants/alike-preview", r#"{"wish": {"like": "{north}", "tenants": ["{south}"], "seen": 3}}"#),
    ("/api/tenants/apps", r#"{"query": {"tenant": "{north}", "search": "", "page": 1}}"#),
    ("/api/tenants/create", r#"{"new": {"name": "West"}}"#),
    (
        "/api/tenants/edit",
        r#"{"edit": {"tenant": "{north}", "name": ["North", "Nordic"], "details": null, "seen": 3}}"#,
    ),
    ("/api/tenants/found", r#"{"query": {"tenant": "{north}", "role": "{uploads}", "search": ""}}"#),
    ("/api/tenants/guide", "{}"),
    ("/api/tenants/list", r#"{"query": {"search": "", "page": 1}}"#),
    ("/api/tenants/matrix", r#"{"search": ""}"#),
    ("/api/tenants/one", r#"{"tenant": "{north}"}"#),
    (
        "/api/tenants/preview",
        r#"{"wish": {"edits": [{"tenant": "{north}", "role": "{uploads}", "add": [{"user": "{ben}"}], "cut": []}], "seen": 3}}"#,
    ),
    ("/api/tenants/read-file", r#"{"tenant": "{north}", "text": "Viewer,2.1"}"#),
    ("/api/tenants/removal", r#"{"tenant": "{north}"}"#),
    ("/api/tenants/remove", r#"{"tenant": "{north}"}"#),
    ("/api/tenants/remove-app", r#"{"app": "{app}"}"#),
    (
        "/api/tenants/save",
        r#"{"wish": {"edits": [{"tenant": "{north}", "role": "{uploads}", "add": [{"user": "{ben}"}], "cut": []}], "seen": 3}}"#,
    ),
    (
        "/api/tenants/upload",
        r#"{"wanted": {"tenant": "{north}", "apps": [{"name": "Editor", "version": "1"}]}}"#,
    ),
];

/// An example of each path that has a part to fill in.
const PATHS: &[(&str, &str)] = &[
    ("/applications/{id}", "/applications/{portal}"),
    ("/applications/{id}/history", "/applications/{portal}/history"),
    ("/applications/{id}/rights", "/applications/{portal}/rights"),
    ("/assets/{*path}", "/assets/nothing.js"),
    ("/folders/{id}", "/folders/{hr}"),
    ("/groups/{id}", "/groups/{crew}"),
    ("/invitation/{token}", "/invitation/made-up"),
    ("/people/{id}", "/people/{ben}"),
    ("/recover/{token}", "/recover/made-up"),
    ("/reset/{token}", "/reset/made-up"),
    ("/roles/{id}", "/roles/{tester}"),
    ("/set-up/{token}", "/set-up/made-up"),
    ("/tenants/{id}", "/tenants/{north}"),
    ("/tenants/{id}/access", "/tenants/{north}/access"),
    ("/tenants/{id}/apps", "/tenants/{north}/apps"),
];

fn filled(sample: &str) -> String {
    [
        ("{organization}", ObjectId::ORGANIZATION.to_string()),
        ("{member}", RoleId::MEMBER.to_string()),
        ("{tester}", TESTER.to_string()),
        ("{crew}", CREW.to_string()),
        ("{ben}", BEN.to_string()),
        ("{ivy}", IVY.to_string()),
        ("{portal}", PORTAL.to_string()),
        ("{production}", PRODUCTION.to_string()),
        ("{acceptance}", ACCEPTANCE.to_string()),
        ("{north}", NORTH.to_string()),
        ("{south}", SOUTH.to_string()),
        ("{app}", APP.to_string()),
        ("{hr}", HR.to_string()),
        ("{robot}", ROBOT.to_string()),
        ("{uploads}", RoleId::shipped(41).to_string()),
        ("{grant}", BENS_GRANT.to_string()),
    ]
    .iter()
    .fold(sample.to_owned(), |text, (word, id)| text.replace(word, id))
}

/// One line of the grid: what is asked.
enum Asked {
    Get(String),
    Post(String),
    Call(String, serde_json::Value),
}

/// Everything that answers, with a name for its line; and what lacks a sample.
fn everything() -> (Vec<(String, Asked)>, Vec<String>) {
    let (mut all, mut missing) = (Vec::new(), Vec::new());
    let mut example = |path: &str| match PATHS.iter().find(|(known, _)| *known == path) {
        Some((_, example)) => Some(filled(example)),
        None if !path.contains('{') => Some(path.to_owned()),
        None => {
            missing.push(format!("The page {path} needs an example in PATHS of server/tests/endpoints.rs."));
            None
        }
    };
    for row in routes::table() {
        let Some(path) = example(row.path) else { continue };
        for method in row.methods {
            let asked = if *method == "GET" { Asked::Get(path.clone()) } else { Asked::Post(path.clone()) };
            all.push((format!("{method} {}", row.path), asked));
        }
    }
    for path in routes::screen_paths() {
        let Some(example) = example(&path) else { continue };
        all.push((format!("GET {path}"), Asked::Get(example)));
    }
    for path in routes::call_paths() {
        match CALLS.iter().find(|(known, _)| *known == path) {
            Some((_, body)) => {
                let body = serde_json::from_str(&filled(body)).expect("the sample is JSON");
                all.push((format!("POST {path}"), Asked::Call(path.to_owned(), body)));
            }
            None => missing.push(format!(
                "The function {path} needs a sample body in CALLS of server/tests/endpoints.rs."
            )),
        }
    }
    (all, missing)
}

async fn ask(who: Option<&str>, asked: &Asked) -> Answer {
    let place = Place::new().await;
    let mut browser = who.map_or_else(|| place.browser(), |who| place.browser_of(who));
    match asked {
        // A stream is not read to its end: it has none.
        Asked::Get(path) if path == "/events" => browser.head(path).await,
        Asked::Get(path) => browser.get(path).await,
        Asked::Post(path) => browser.post(path, &[]).await,
        Asked::Call(path, body) => browser.call(path, body).await,
    }
}

fn cell(answer: &Answer) -> String {
    match answer.status {
        StatusCode::OK => "yes".to_owned(),
        StatusCode::FORBIDDEN => "no".to_owned(),
        StatusCode::UNAUTHORIZED => "out".to_owned(),
        StatusCode::SEE_OTHER if answer.location().starts_with("/sign-in") => "out".to_owned(),
        StatusCode::SEE_OTHER => "yes".to_owned(),
        other => other.as_u16().to_string(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_through_where_is_as_written_down() {
    let (all, missing) = everything();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let known: BTreeSet<&str> = routes::call_paths();
    for (path, _) in CALLS {
        assert!(known.contains(path), "{path} is no longer a function: take it out of CALLS");
    }

    let people = world::people();
    let mut grid = String::from("# who | may call what; see endpoints.rs\n");
    for (name, asked) in &all {
        let _ = write!(grid, "{name}\n    signed out: {}", cell(&ask(None, asked).await));
        for who in &people {
            let _ = write!(grid, " · {who}: {}", cell(&ask(Some(who), asked).await));
        }
        grid.push('\n');
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/endpoints.golden");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, &grid).unwrap();
    }
    let golden = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(
        grid, golden,
        "Who gets through where has changed. If that is meant, run this test with UPDATE_GOLDEN=1 and read the \
         difference."
    );
}
