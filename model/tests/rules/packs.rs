//! The packs that come with Rolecall: well formed, in words, and with roles that fit.

use model::catalog::{
    self, ADMINISTRATION, AnyOf, BadPack, Catalog, InForce, InForceHere, Pack, PermissionEntry, RoleEntry,
};
use model::id::RoleId;
use model::limit::{Comparison, Limits, Property, Side, Sort};
use model::object::Level;
use std::collections::BTreeSet;

fn entries() -> impl Iterator<Item = &'static PermissionEntry> {
    catalog::shipped().iter().flat_map(|pack| &pack.permissions)
}

fn roles() -> impl Iterator<Item = &'static RoleEntry> {
    catalog::shipped().iter().flat_map(|pack| &pack.roles)
}

fn delegates(catalog: &Catalog, role: &RoleEntry) -> bool {
    let by_permission =
        |key: &String| !catalog.entry(catalog.number(key).unwrap()).unwrap().delegates.is_empty();
    !role.delegates.is_empty() || role.permissions.iter().any(by_permission)
}

#[test]
fn every_shipped_pack_is_read_and_well_formed() {
    let keys: Vec<&str> = catalog::shipped().iter().map(|pack| pack.key.as_str()).collect();
    assert_eq!(keys, [ADMINISTRATION, "packaging", "automation", "applications"]);
    for pack in catalog::shipped() {
        assert_eq!(catalog::check_shipped(pack), Ok(()), "{}", pack.key);
    }
    let mut broken = Pack::clone(&catalog::shipped()[1]);
    broken.roles[1].permissions.push("packages.burn".into());
    let reason =
        BadPack::Unknown { at: "role package-reader, permissions".into(), what: "packages.burn".into() };
    assert_eq!(catalog::check_shipped(&broken), Err(reason));
}

#[test]
fn every_permission_says_what_it_opens_in_words_of_its_own() {
    let (mut names, mut words) = (BTreeSet::new(), BTreeSet::new());
    for entry in entries() {
        assert!(entry.opens.ends_with('.') && entry.opens.len() > 10, "{}", entry.key);
        assert!(names.insert(&entry.name), "the name of {}", entry.key);
        assert!(words.insert(&entry.opens), "the words of {}", entry.key);
        for never in ["subject", "object", " grant", "principal", "entity", " pack "] {
            assert!(!entry.opens.contains(never), "{}: {never}", entry.key);
        }
    }
}

#[test]
fn what_the_screens_of_folders_and_applications_ask_for_is_in_force_in_this_console() {
    // Who may see jobs is asked for where they are listed; no kind of thing says so.
    let jobs = "jobs.view".to_owned();
    for (key, beside) in [("automation", Some(&jobs)), ("applications", None)] {
        let pack = catalog::shipped().iter().find(|pack| pack.key == key).unwrap();
        let asked: BTreeSet<&String> = pack
            .kinds
            .iter()
            .flat_map(|kind| [&kind.view, &kind.create, &kind.edit, &kind.note, &kind.delete])
            .flat_map(AnyOf::keys)
            .chain(beside)
            .collect();
        let obeyed = pack.permissions.iter().filter(|entry| entry.in_force == InForce::Console);
        assert_eq!(obeyed.map(|entry| &entry.key).collect::<BTreeSet<_>>(), asked, "{key}");
    }
}

#[test]
fn a_place_is_in_force_as_far_as_the_permissions_that_have_a_meaning_there() {
    let mut catalog = Catalog::new();
    assert_eq!(catalog.in_force_on("stage"), InForceHere::default(), "the area is off");
    catalog.turn("applications", true);
    assert_eq!(catalog.in_force_on("stage"), InForceHere { all: 7, console: 5 });
    assert_eq!(catalog.in_force_on("application"), InForceHere { all: 8, console: 6 });
    assert_eq!(catalog.kinds_in("application"), ["application", "stage"]);
    catalog.turn("automation", true);
    assert_eq!(
        catalog.in_force_on("machine"),
        InForceHere { all: 1, console: 1 },
        "who may see robots sees it"
    );
    catalog.turn("automation", false);
    catalog.turn("packaging", true);
    let tenant = catalog.in_force_on("tenant");
    assert!(tenant.console >= 4 && tenant.console < tenant.all, "{tenant:?}");
    catalog.turn("automation", true);
    assert!(catalog.in_force_on("tenant").all > tenant.all, "folders and what they hold count as well");
    assert_eq!(catalog.in_force_on("nothing"), InForceHere::default());
}

#[test]
fn the_seven_permissions_have_the_names_that_people_know() {
    for name in [
        "Create applications",
        "Create sandboxes (and branches)",
        "Invite users to organization",
        "Merge changes to production application",
        "Merge changes within sandbox manager",
        "Rollback changes (to version prior to the last merge)",
        "Change application status (promote application to production)",
        "Roll back further",
        "Approve merges",
    ] {
        assert!(entries().any(|entry| entry.name == name), "{name}");
    }
}

#[test]
fn the_four_settings_of_a_tenant_are_roles_of_one_permission_each() {
    let catalog = Catalog::new();
    for (permission, name, role) in [
        ("tenants.view", "See / Read information", "tenant-see"),
        ("tenants.upload", "Upload apps", "tenant-upload"),
        ("tenants.configure", "Set configuration", "tenant-configure"),
        ("tenants.permissions", "Set permissions", "tenant-permissions"),
    ] {
        let role = catalog.role(role).unwrap();
        assert_eq!((role.permissions.as_slice(), role.level), (&[permission.to_owned()][..], Level::Tenant));
        assert_eq!((role.name.as_str(), role.setting), (name, true));
    }
    assert_eq!(roles().filter(|role| role.setting).count(), 4);
}

#[test]
fn set_permissions_hands_out_the_other_three_and_holds_the_fourth() {
    let catalog = Catalog::new();
    let set_permissions = catalog.number("tenants.permissions").unwrap();
    let handed_out: Vec<RoleId> = catalog.delegated_by(set_permissions).collect();
    let wanted = ["tenant-see", "tenant-upload", "tenant-configure"].map(|key| catalog.role_id(key).unwrap());
    assert_eq!(handed_out, wanted);
    let invite = catalog.number("people.invite").unwrap();
    assert_eq!(catalog.delegated_by(invite).collect::<Vec<_>>(), [RoleId::MEMBER]);
}

#[test]
fn the_seven_packaging_roles_have_the_names_that_people_know() {
    let names: BTreeSet<&str> = catalog::shipped()[1]
        .roles
        .iter()
        .filter(|role| role.level == Level::Organization)
        .map(|role| role.name.as_str())
        .collect();
    let wanted = [
        "Organisation Administrator",
        "Package Reader",
        "Package Writer",
        "Robopatch Reader",
        "Robopatch Writer",
        "Security Reader",
        "Security Writer",
    ];
    assert_eq!(names, wanted.into_iter().collect());
}

#[test]
fn an_organisation_administrator_holds_all_of_administration_and_packaging() {
    let catalog = Catalog::new();
    let held: BTreeSet<&str> =
        catalog.role("organisation-administrator").unwrap().permissions.iter().map(String::as_str).collect();
    let all = [ADMINISTRATION, "packaging"].into_iter().flat_map(|key| catalog.permissions_of(key));
    let wanted: BTreeSet<&str> = all.map(|one| catalog.entry(one).unwrap().key.as_str()).collect();
    assert_eq!(held, wanted);
}

#[test]
fn a_security_writer_hands_out_the_packaging_roles_except_administration_and_security_writing() {
    let catalog = Catalog::new();
    let writer = catalog.role("security-writer").unwrap();
    let handed_out: BTreeSet<&str> = writer.delegates.iter().map(String::as_str).collect();
    let others = catalog::shipped()[1].roles.iter().filter(|role| role.level == Level::Organization);
    let keys = others.map(|role| role.key.as_str());
    let wanted =
        keys.filter(|key| !["organisation-administrator", "security-writer"].contains(key)).collect();
    assert_eq!(handed_out, wanted);
    for one in writer.permissions.iter() {
        assert!(!catalog.permissions_of("packaging").any(|p| catalog.entry(p).unwrap().key == *one), "{one}");
    }
}

#[test]
fn a_robopatch_writer_edits_own_flows_only() {
    let catalog = Catalog::new();
    let own = catalog.entry(catalog.number("flows.edit-own").unwrap()).unwrap();
    assert_eq!(own.limits, Limits::new(vec![Comparison::own_items()]));
    let writer = &catalog.role("robopatch-writer").unwrap().permissions;
    assert!(writer.contains(&own.key) && !writer.contains(&"flows.edit".to_owned()));
    let owner = catalog.property(&Property::new(Side::Object, "owner")).unwrap();
    assert_eq!((owner.sort, owner.may_be_sent()), (Sort::Person, false));
    assert!(catalog.property(&Property::new(Side::Context, "robot")).unwrap().may_be_sent());
}

#[test]
fn every_role_fits_its_level_and_has_a_number_and_a_name_of_its_own() {
    let catalog = Catalog::new();
    let (mut numbers, mut names) = (BTreeSet::new(), BTreeSet::from(["Admin", "Member"]));
    for role in roles() {
        assert!(numbers.insert(role.id) && RoleEntry::NUMBERS.contains(&role.id), "{}", role.key);
        assert!(names.insert(&role.name), "{}", role.name);
        assert!(!role.permissions.is_empty(), "{}", role.key);
        for key in &role.permissions {
            assert!(catalog.fits(role.level, catalog.number(key).unwrap()), "{} in {}", key, role.key);
        }
        assert_eq!(catalog.built_in(role.role()), Some(role));
        assert_eq!(catalog.role_id(&role.key), Some(role.role()));
        let once: BTreeSet<&String> = role.permissions.iter().collect();
        assert_eq!(once.len(), role.permissions.len(), "{}", role.key);
    }
}

/// Roles are found by their numbers in every organization that has them: no line of this ever changes.
#[test]
fn the_numbers_of_built_in_roles_stay() {
    let numbers: Vec<(u16, &str)> = roles().map(|role| (role.id, role.key.as_str())).collect();
    let wanted = [
        (32, "organisation-administrator"),
        (33, "package-reader"),
        (34, "package-writer"),
        (35, "robopatch-reader"),
        (36, "robopatch-writer"),
        (37, "security-reader"),
        (38, "security-writer"),
        (40, "tenant-see"),
        (41, "tenant-upload"),
        (42, "tenant-configure"),
        (43, "tenant-permissions"),
        (64, "tenant-administrator"),
        (65, "allow-folder-administrator"),
        (66, "folder-administrator"),
        (67, "allow-automation-user"),
        (68, "automation-user"),
        (69, "allow-automation-publisher"),
        (70, "automation-publisher"),
        (71, "allow-automation-developer"),
        (72, "automation-developer"),
        (80, "process-starter"),
        (81, "robot-user"),
        (82, "robot-owner"),
        (83, "environment-deployer"),
        (84, "process-editor"),
    ];
    assert_eq!(numbers, wanted);
}

#[test]
fn halves_of_a_pair_point_at_each_other_one_for_the_tenant_and_one_for_the_folder() {
    let catalog = Catalog::new();
    let mut pairs = 0;
    for role in roles() {
        let Some(other) = role.pair.as_deref().map(|key| catalog.role(key).unwrap()) else { continue };
        assert_eq!(other.pair.as_deref(), Some(role.key.as_str()));
        let levels = BTreeSet::from([role.level, other.level]);
        assert_eq!(levels, BTreeSet::from([Level::Tenant, Level::Folder]), "{}", role.key);
        if role.level == Level::Tenant {
            assert_eq!(role.name, format!("Allow to be {}", other.name));
            pairs += 1;
        }
    }
    assert_eq!(pairs, 4);
}

#[test]
fn nothing_that_delegates_is_delegated() {
    let catalog = Catalog::new();
    let by_role = roles().flat_map(|role| &role.delegates);
    let mut looked_at = 0;
    for key in by_role.chain(entries().flat_map(|entry| &entry.delegates)).filter(|key| *key != "member") {
        assert!(!delegates(&catalog, catalog.role(key).unwrap()), "{key}");
        looked_at += 1;
    }
    assert_eq!(looked_at, 8);
}

#[test]
fn whoever_may_hold_a_permission_may_hold_what_it_needs() {
    let catalog = Catalog::new();
    for entry in entries() {
        for need in &entry.needs {
            for level in [Level::Organization, Level::Tenant, Level::Folder, Level::Application] {
                let fits = |key: &str| catalog.fits(level, catalog.number(key).unwrap());
                assert!(!fits(&entry.key) || fits(need), "{} needs {need}", entry.key);
            }
            assert_ne!(*need, entry.key);
        }
    }
}

#[test]
fn a_tenants_own_administrators_may_hold_what_changes_its_roles() {
    let catalog = Catalog::new();
    for key in ["roles.view", "roles.manage", "access.manage"] {
        assert!(catalog.fits(Level::Tenant, catalog.number(key).unwrap()), "{key}");
    }
    assert!(!catalog.fits(Level::Folder, catalog.number("roles.manage").unwrap()));
    assert!(!catalog.fits(Level::Application, catalog.number("roles.manage").unwrap()));
    assert_eq!(catalog.level(catalog.number("roles.manage").unwrap()), Some(Level::Tenant));
    assert_eq!(catalog.level(catalog.number("access.manage").unwrap()), None);
}

#[test]
fn teams_are_advised_to_have_the_sets_that_the_guide_names() {
    let bundles = &catalog::shipped()[1].bundles;
    let sets: Vec<Vec<&str>> =
        bundles.iter().map(|bundle| bundle.roles.iter().map(String::as_str).collect()).collect();
    let wanted: [&[&str]; 4] = [
        &["organisation-administrator"],
        &["package-writer", "robopatch-writer"],
        &["package-reader", "robopatch-reader"],
        &["security-reader"],
    ];
    assert_eq!(sets, wanted);
}
