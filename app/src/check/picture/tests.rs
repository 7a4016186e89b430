//! Where boxes and lines of the picture stand.

use super::scale::{FEWEST, LETTERS, ROOM, ROOM_BESIDE_FIXES};
use super::*;
use model::catalog::InForce;
use model::grant::Window;
use model::view::check::Prepared;

fn stop(kind: StopKind, name: &str, how: &str) -> Stop {
    let href = (kind == StopKind::Role).then(|| format!("/roles/{name}"));
    Stop { kind, how: how.to_owned(), name: name.to_owned(), about: String::new(), href }
}

/// Sofia, through a group or by herself, by a role on a place.
fn path(group: Option<&str>, role: &str, places: &[&str]) -> Path {
    let mut stops = vec![stop(StopKind::Who, "Sofia", "")];
    stops.extend(group.map(|group| stop(StopKind::Group, group, "")));
    stops.push(stop(StopKind::Role, role, ""));
    for (at, place) in places.iter().enumerate() {
        stops.push(stop(StopKind::Place, place, if at == 0 { "on" } else { "holds" }));
    }
    let window = Window::ALWAYS;
    let ends = Prepared { edits: Vec::new(), words: String::new(), done: String::new(), refused: None };
    Path { stops, how: String::new(), window, limits: Vec::new(), depends: Vec::new(), ends }
}

fn need(permission: &str, place: &str, outcome: Outcome, paths: Vec<Path>) -> Need {
    Need {
        permission: permission.to_owned(),
        opens: String::new(),
        in_force: InForce::Nowhere,
        place: Some(place.to_owned()),
        outcome,
        paths,
        reasons: Vec::new(),
        fixes: Vec::new(),
    }
}

#[test]
fn what_paths_share_is_one_box_and_no_two_boxes_touch() {
    let paths = vec![
        path(Some("Clerks"), "Team", &["Finance", "Invoices"]),
        path(None, "Lead", &["Invoices"]),
        path(Some("Clerks"), "Team", &["Invoices"]),
        path(Some("Leads"), "Team", &["Finance", "Books", "Invoices"]),
    ];
    let needs = [
        need("Start", "Invoices", Outcome::Allowed, paths),
        need("Use", "robot-01", Outcome::Denied, Vec::new()),
    ];
    let drawn = drawing(&needs);
    let names: Vec<&str> = drawn.squares.iter().map(|one| one.name.as_str()).collect();
    let count = |name: &str| names.iter().filter(|one| **one == name).count();
    assert_eq!((count("Sofia"), count("Clerks"), count("Team"), count("Invoices")), (1, 1, 2, 1));
    let robot = drawn.squares.iter().find(|one| one.name == "robot-01").unwrap();
    assert_eq!((robot.class, robot.about.as_str()), ("stop", "Use"));
    assert_eq!(drawn.squares.iter().filter(|one| one.href.is_some()).count(), 3, "each role once");
    for (at, one) in drawn.squares.iter().enumerate() {
        for other in drawn.squares.iter().skip(at + 1) {
            let beside = one.x + one.width < other.x || other.x + other.width < one.x;
            assert!(beside || one.y.abs_diff(other.y) > HEIGHT, "{one:?} and {other:?}");
        }
        assert!(one.x + one.width < drawn.width && one.y + HEIGHT < drawn.height, "{one:?}");
    }
    let cut: Vec<&Way> = drawn.ways.iter().filter(|way| way.class == "l cut").collect();
    assert_eq!(cut.len(), 1);
    assert_eq!(cut[0].words.as_ref().unwrap().2, "missing");
    assert_eq!(sentence(&needs), "4 paths from Sofia to Invoices; missing: Use on robot-01.");
}

#[test]
fn one_path_is_a_straight_line() {
    let only = path(None, "Lead", &["Invoices"]);
    let drawn = drawing(&[need("Start", "Invoices", Outcome::Allowed, vec![only])]);
    assert_eq!(drawn.squares.len(), 3);
    assert!(drawn.ways.iter().all(|way| !way.d.contains('C')), "{:?}", drawn.ways);
    assert_eq!(drawn.height, HEIGHT + 2 * TOP);
    assert_eq!(drawn.letters, LETTERS);
    let many = (0..20).map(|n| path(None, &format!("Role {n:02}"), &["Invoices"])).collect();
    let many = drawing(&[need("Start", "Invoices", Outcome::Allowed, many)]);
    assert_eq!(many.squares.len(), 2 + MOST);
}

#[test]
fn a_picture_of_long_names_fits_into_its_panel_with_as_many_letters_as_there_is_room_for() {
    let long = "A name that is longer than what a box would ever show";
    let drawn = |group, places: &[&str], outcome| {
        let only = path(group, long, places);
        let drawn = drawing(&[need(long, long, outcome, vec![only])]);
        let last = drawn.squares.iter().map(|one| one.x + one.width).max().unwrap();
        assert!(last < drawn.width);
        (drawn.letters, drawn.width)
    };
    let (allowed, depends) = (Outcome::Allowed, Outcome::Depends);
    // Who, role, place: in the whole panel and with the fixes beside it.
    assert_eq!(drawn(None, &[long], allowed).0, LETTERS);
    let table: [(Option<&str>, &[&str], Outcome, u32); 5] = [
        (None, &[long, long], allowed, ROOM),
        (Some(long), &[long, long], allowed, ROOM),
        (Some(long), &[long, long, long], allowed, ROOM),
        (None, &[long], depends, ROOM_BESIDE_FIXES),
        (None, &[long, long], depends, ROOM_BESIDE_FIXES),
    ];
    for (group, places, outcome, room) in table {
        let (letters, width) = drawn(group, places, outcome);
        assert!(width <= room && letters >= FEWEST, "{letters} letters, {width} px of {room}");
    }
    let (letters, width) = drawn(Some(long), &[long, long, long], depends);
    assert_eq!(letters, FEWEST);
    assert!(width > ROOM_BESIDE_FIXES, "too much for any box to be read: it scrolls");
}
