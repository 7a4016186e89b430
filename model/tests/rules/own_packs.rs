//! Packs of an organization's own: refused by name and place when they are wrong, and replaced by new versions.

use model::catalog::{BadPack, Catalog, Dropped, Pack, Right};
use model::limit::{BadLimits, Property, Side, Sort};
use model::object::Level;
use serde_json::{Value, json};
use std::sync::Arc;

/// A library: shelves that nest, books on them, readers' cards.
fn library() -> Value {
    json!({
        "key": "library", "name": "Library", "about": "Books.",
        "kinds": [
            { "key": "shelf", "name": "Shelf", "level": "folder", "within": ["folder", "shelf"], "deepest": 3,
              "create": "shelves.build" },
            { "key": "book", "name": "Book", "plural": "Books", "level": "folder", "within": ["shelf"], "shared": true,
              "create": ["books.add", "shelves.build"], "edit": "books.edit" },
        ],
        "permissions": [
            { "key": "shelves.build", "name": "Build shelves", "kind": "folder", "opens": "Builds shelves." },
            { "key": "books.add", "name": "Add books", "kind": "shelf", "opens": "Adds books.", "resource": "books",
              "column": "create" },
            { "key": "books.edit", "name": "Edit books", "kind": "book", "opens": "Edits books.", "resource": "books",
              "column": "edit", "needs": ["books.add"], "also": ["shelf"],
              "limits": [{ "of": "object", "key": "shelfmark", "test": { "in": [{ "text": "A" }, { "text": "B" }] } }] },
            { "key": "books.lend", "name": "Lend books", "kind": "book", "opens": "Lends books." },
        ],
        "relations": [
            { "key": "book-shelves", "name": "describes", "reverse": "is described in", "from": "book", "to": "robot" },
        ],
        "properties": [
            { "key": "shelfmark", "of": "object", "kinds": ["book"], "name": "Shelfmark", "sort": "text" },
            { "key": "desk", "of": "context", "name": "Desk", "sort": "place", "place": "shelf" },
        ],
        "actions": [
            { "key": "books.lend", "name": "Lend a book", "opens": "Lends a book.", "kind": "book",
              "needs": [{ "permission": "books.lend", "on": "object" }, { "permission": "books.edit", "on": "object" }] },
        ],
        "resources": [{ "key": "books", "name": "Books" }],
    })
}

fn read(text: Value) -> Arc<Pack> {
    Arc::new(serde_json::from_value(text).unwrap())
}

/// The library with one thing altered or added.
fn with(pointer: &str, value: Value) -> Arc<Pack> {
    let mut text = library();
    let (part, field) = pointer.rsplit_once('/').unwrap();
    match text.pointer_mut(part).unwrap_or_else(|| panic!("{pointer}")) {
        Value::Array(list) => list[field.parse::<usize>().unwrap()] = value,
        fields => fields[field] = value,
    }
    read(text)
}

fn installed() -> Catalog {
    let mut catalog = Catalog::new();
    catalog.install(read(library())).unwrap();
    catalog
}

#[test]
fn a_pack_can_say_all_that_shipped_ones_say_but_roles() {
    let catalog = installed();
    assert_eq!(catalog.relation("book-shelves").unwrap().reverse, "is described in");
    assert_eq!(catalog.property(&Property::new(Side::Object, "shelfmark")).unwrap().sort, Sort::Text);
    assert_eq!(catalog.sort_of(&Property::new(Side::Context, "shelfmark")), None);
    assert_eq!(catalog.action("books.lend").unwrap().needs.len(), 2);
    assert_eq!(catalog.resource("books").unwrap().name, "Books");
    assert!(catalog.all_on().contains(catalog.number("books.lend").unwrap()));
    assert_eq!(catalog.area_of_kind("book").unwrap().pack.key, "library");
}

#[test]
fn what_a_pack_leaves_out_is_left_out_when_it_is_written() {
    for text in [library(), json!({ "key": "a", "name": "A", "about": "", "kinds": [], "permissions": [] })] {
        let pack: Pack = serde_json::from_value(text).unwrap();
        let written = serde_json::to_string(&pack).unwrap();
        assert!(
            !written.contains("null") && !written.contains("\"roles\"") && !written.contains("false"),
            "{written}"
        );
        assert_eq!(serde_json::from_str::<Pack>(&written).unwrap(), pack);
    }
}

#[test]
fn a_field_that_nobody_knows_is_refused() {
    for pointer in ["/permissions/0", "/kinds/0", "/relations/0", "/properties/0", "/actions/0", ""] {
        let mut text = library();
        let part = text.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        part.insert("limit".into(), json!([]));
        let refused = serde_json::from_value::<Pack>(text).unwrap_err().to_string();
        assert!(refused.contains("unknown field `limit`"), "{refused}");
    }
}

#[test]
fn rights_on_a_thing_are_asked_on_itself_where_its_kind_says_so_and_else_on_what_holds_it() {
    let catalog = installed();
    let book = catalog.kind("book").unwrap();
    let asked = |right| {
        let asked = book.asks(right);
        (asked.any_of.join(" "), asked.on_holder)
    };
    assert_eq!(asked(Right::Create), ("books.add shelves.build".into(), true));
    assert_eq!(asked(Right::Edit), ("books.edit".into(), false));
    assert_eq!(asked(Right::Delete), ("books.add shelves.build".into(), true));
    assert_eq!(asked(Right::View), (String::new(), false));
    assert_eq!((book.several(), catalog.kind("shelf").unwrap().several()), ("Books", "Shelf"));
}

#[test]
fn a_malformed_pack_is_refused_by_name_and_place_and_alters_nothing() {
    let text = |text: &str| text.to_owned();
    let unknown = |at: &str, what: &str| BadPack::Unknown { at: text(at), what: text(what) };
    let twice = |at: &str| BadPack::DefinedTwice { at: text(at) };
    let meaningless = |at: &str, what: &str| BadPack::Meaningless { at: text(at), what: text(what) };
    let level = |at: &str, what: &str| BadPack::WrongLevel { at: text(at), what: text(what) };
    let limits = |why| BadPack::Limits { at: text("permission books.edit"), why };
    let words = |at: &str| BadPack::BadText { at: text(at), most: 500 };
    let owner = |test: Value| json!([{ "of": "object", "key": "owner", "test": test }]);
    let person = json!({ "equals": { "person": "0000000000034" } });
    let contains = |from: &str, to: &str| json!([{ "key": "r", "name": "has", "reverse": "of", "from": from, "to": to, "contains": true }]);
    let role =
        json!([{ "id": 900, "key": "librarian", "name": "Librarian", "about": "Reads.", "level": "folder" }]);
    let mut with_role = library();
    with_role["roles"] = role;
    let mut with_bundle = library();
    with_bundle["bundles"] = json!([{ "key": "all", "name": "All", "about": "All.", "roles": ["member"] }]);
    let table: Vec<(Arc<Pack>, BadPack)> = vec![
        (with("/key", json!("automation")), BadPack::KeyTaken(text("automation"))),
        (with("/key", json!("Library")), BadPack::BadKey { at: text("area"), key: text("Library") }),
        (with("/name", json!(" ")), BadPack::BadName { at: text("area library") }),
        (with("/about", json!("x".repeat(501))), words("area library")),
        // Kinds.
        (with("/kinds/0/key", json!("robot")), twice("kind robot")),
        (with("/kinds/1/key", json!("shelf")), twice("kind shelf")),
        (with("/kinds/0/within", json!(["castle"])), unknown("kind shelf, within", "castle")),
        (with("/kinds/0/within", json!([])), unknown("kind shelf, within", "")),
        (with("/kinds/0/create", json!("castles.build")), unknown("kind shelf, create", "castles.build")),
        (with("/kinds/1/edit", json!(["books.edit", "b"])), unknown("kind book, edit", "b")),
        (with("/kinds/1/plural", json!("\u{200b}")), BadPack::BadName { at: text("kind book, plural") }),
        (with("/kinds/0/level", json!("organization")), level("kind shelf, within", "folder")),
        (
            with("/kinds/1/within", json!(["robot"])),
            BadPack::WithinShared { at: text("kind book"), what: text("robot") },
        ),
        (with("/kinds/0/deepest", json!(0)), meaningless("kind shelf", "deepest")),
        (with("/kinds/0/within", json!(["folder"])), meaningless("kind shelf", "deepest")),
        // Permissions.
        (with("/permissions/0/key", json!("people.view")), twice("permission people.view")),
        (with("/permissions/3/key", json!("books.add")), twice("permission books.add")),
        (with("/permissions/0/opens", json!("")), words("permission shelves.build")),
        (with("/permissions/0/name", json!("")), BadPack::BadName { at: text("permission shelves.build") }),
        (with("/permissions/0/kind", json!("castle")), unknown("permission shelves.build, kind", "castle")),
        (with("/permissions/2/needs", json!(["b"])), unknown("permission books.edit, needs", "b")),
        (with("/permissions/2/also", json!(["tenant"])), level("permission books.edit, also", "book")),
        (with("/permissions/2/resource", json!("b")), unknown("permission books.edit, resource", "b")),
        (with("/permissions/2/resource", json!(null)), meaningless("permission books.edit", "column")),
        (
            with("/permissions/2/column", json!("create")),
            BadPack::CellTaken { at: text("permission books.edit"), what: text("books.add") },
        ),
        // Limits.
        (
            with("/permissions/2/limits/0/key", json!("colour")),
            limits(BadLimits::UnknownProperty(text("colour"))),
        ),
        (
            with("/permissions/2/limits/0/test", json!("is-subject")),
            limits(BadLimits::WrongSort(text("shelfmark"))),
        ),
        (
            with("/permissions/2/limits/0/test", json!({ "in": [] })),
            limits(BadLimits::Empty(text("shelfmark"))),
        ),
        (with("/permissions/2/limits", owner(person)), limits(BadLimits::UnknownPerson(text("owner")))),
        (
            with("/properties/0/kinds", json!(["shelf"])),
            limits(BadLimits::UnknownProperty(text("shelfmark"))),
        ),
        // Relations, properties, actions, rows.
        (with("/relations/0/to", json!("castle")), unknown("relation book-shelves, to", "castle")),
        (
            with("/relations/0/reverse", json!("")),
            BadPack::BadName { at: text("relation book-shelves, reverse") },
        ),
        (with("/relations", contains("book", "shelf")), BadPack::Circle { at: text("kind shelf") }),
        (with("/relations", contains("asset", "asset")), BadPack::Circle { at: text("kind asset") }),
        (with("/relations", contains("asset", "robot")), BadPack::Circle { at: text("kind asset") }),
        (with("/properties/0/key", json!("owner")), twice("property owner")),
        (with("/properties/0/kinds", json!(["castle"])), unknown("property shelfmark", "castle")),
        (with("/properties/1/kinds", json!(["book"])), meaningless("property desk", "kinds")),
        (with("/properties/1/sort", json!("text")), meaningless("property desk", "place")),
        (with("/actions/0/kind", json!("castle")), unknown("action books.lend, kind", "castle")),
        (with("/actions/0/needs/1/permission", json!("b")), unknown("action books.lend, needs", "b")),
        (with("/actions/0/needs", json!([])), unknown("action books.lend, needs", "")),
        (
            with("/actions/0/needs/0/on", json!("runner")),
            BadPack::NotItself { at: text("action books.lend") },
        ),
        (with("/actions/0/key", json!("jobs.stop")), BadPack::NotItself { at: text("action jobs.stop") }),
        (with("/actions/0/key", json!("processes.start")), twice("action processes.start")),
        (with("/resources/0/key", json!("queues")), twice("row queues")),
        // What only shipped packs bring.
        (read(with_role), BadPack::ShippedOnly { at: text("role librarian") }),
        (read(with_bundle), BadPack::ShippedOnly { at: text("set of roles all") }),
    ];
    let before = Catalog::new();
    for (pack, reason) in table {
        let mut catalog = before.clone();
        assert_eq!(catalog.install(pack), Err(reason));
        assert_eq!(catalog.packs().len(), before.packs().len());
        assert_eq!((catalog.all_on(), catalog.kind("shelf")), (before.all_on(), None));
    }
}

#[test]
fn more_than_a_catalog_holds_is_refused() {
    let entry =
        |n: usize| json!({ "key": format!("p.{n}"), "name": "P", "kind": "tenant", "opens": "Opens." });
    let all: Vec<Value> = (0..4096).map(entry).collect();
    let pack = read(json!({ "key": "many", "name": "Many", "permissions": all }));
    let reason = BadPack::TooMany { what: "permissions".into(), most: 4096 };
    assert_eq!(Catalog::new().install(pack), Err(reason));
}

#[test]
fn a_new_version_keeps_numbers_names_what_it_drops_and_gives_no_number_twice() {
    let mut catalog = installed();
    let number = |catalog: &Catalog, key: &str| catalog.number(key);
    let (build, lend) = (number(&catalog, "shelves.build").unwrap(), number(&catalog, "books.lend").unwrap());
    let mut next = library();
    next["permissions"].as_array_mut().unwrap().remove(3);
    next["permissions"].as_array_mut().unwrap().insert(
        0,
        json!({ "key": "books.burn", "name": "Burn books", "kind": "book", "opens": "Burns books." }),
    );
    for gone in ["actions", "relations"] {
        next[gone] = json!([]);
    }
    next["properties"].as_array_mut().unwrap().remove(1);
    let dropped = catalog.replace(read(next)).unwrap();
    let wanted = Dropped {
        permissions: vec!["books.lend".into()],
        relations: vec!["book-shelves".into()],
        properties: vec![Property::new(Side::Context, "desk")],
        ..Dropped::default()
    };
    assert_eq!(dropped, wanted);
    assert_eq!(number(&catalog, "shelves.build"), Some(build));
    assert_eq!((number(&catalog, "books.lend"), catalog.entry(lend)), (None, None));
    assert!(!catalog.all_on().contains(lend) && !catalog.fits(Level::Organization, lend));
    assert!(catalog.all_on().contains(number(&catalog, "books.burn").unwrap()));
    assert_ne!(number(&catalog, "books.burn"), Some(lend));
    let order: Vec<_> = catalog.permissions_of("library").collect();
    assert_eq!(order.first().copied(), number(&catalog, "books.burn"), "in the order of the pack");
    // Back again, under its old number.
    assert!(!catalog.replace(read(library())).unwrap().is_empty());
    assert_eq!(number(&catalog, "books.lend"), Some(lend));
    assert!(catalog.replace(read(library())).unwrap().is_empty());
}

#[test]
fn a_new_version_stays_off_when_the_area_is_off() {
    let mut catalog = installed();
    assert!(catalog.uninstall("library"));
    catalog.replace(with("/about", json!("Other books."))).unwrap();
    assert!(!catalog.all_on().contains(catalog.number("books.lend").unwrap()));
    assert_eq!(catalog.pack("library").unwrap().pack.about, "Other books.");
}

#[test]
fn what_would_come_to_mean_something_else_is_refused() {
    let before = installed();
    for (pack, at) in [
        (with("/permissions/3/kind", json!("shelf")), "permission books.lend"),
        (with("/permissions/2/also", json!([])), "permission books.edit"),
        (with("/kinds/0/deepest", json!(2)), "kind shelf"),
        (with("/kinds/1/shared", json!(false)), "kind book"),
        (with("/kinds/0/within", json!(["shelf", "tenant"])), "kind shelf"),
        (with("/relations/0/one", json!(true)), "relation book-shelves"),
        (with("/relations/0/to", json!("asset")), "relation book-shelves"),
        (
            with("/properties/1", json!({ "key": "desk", "of": "context", "name": "Desk", "sort": "text" })),
            "property desk",
        ),
    ] {
        let mut catalog = before.clone();
        let refused = catalog.replace(pack.clone());
        assert_eq!(refused, Err(BadPack::Redefined { at: at.into() }));
        assert_eq!(catalog.pack("library").unwrap().pack, read(library()));
    }
}

#[test]
fn a_new_version_drops_nothing_that_another_area_refers_to() {
    let mut catalog = installed();
    let reading = json!({ "key": "reading", "name": "Reading", "permissions": [
        { "key": "reading.aloud", "name": "Read aloud", "kind": "book", "opens": "Reads aloud.", "needs": ["books.lend"] } ] });
    catalog.install(read(reading)).unwrap();
    let mut next = library();
    next["permissions"].as_array_mut().unwrap().remove(3);
    next["actions"] = json!([]);
    let reason = BadPack::Unknown { at: "permission reading.aloud, needs".into(), what: "books.lend".into() };
    assert_eq!(catalog.replace(read(next)), Err(reason));
    assert!(catalog.number("books.lend").is_some());
}

#[test]
fn shipped_packs_are_never_replaced() {
    let mut catalog = Catalog::new();
    let shipped = Arc::clone(&catalog.pack("automation").unwrap().pack);
    assert_eq!(catalog.replace(shipped), Err(BadPack::NotThere("automation".into())));
}

#[test]
fn the_pack_of_the_golden_file_is_well_formed() {
    let golden = include_str!("../changes.golden.jsonl").lines().rfind(|line| line.contains("reading-room"));
    let change: Value = serde_json::from_str(golden.unwrap()).unwrap();
    assert_eq!(Catalog::new().install(read(change["pack"].clone())), Ok(()));
}
