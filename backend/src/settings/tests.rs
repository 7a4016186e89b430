//! Stories of the settings, on SQLite and on PostgreSQL.

use super::{Outside, preview, save, settings};
use crate::error::Error;
use crate::history::tests::{ALICE, BOB, caller, grant, role, save as commit, world};
use crate::test_database::for_each_database;
use model::change::Change;
use model::id::RoleId;
use model::view::settings::{Renamed, SettingsEdit};

fn outside() -> Outside {
    Outside { address: "https://rolecall.example.com".to_owned(), has_mail: false }
}

fn renamed(was: &str, now: &str) -> SettingsEdit {
    let organization = Some(Renamed { was: was.to_owned(), now: now.to_owned() });
    SettingsEdit { seen: 1, organization, areas: vec![] }
}

#[tokio::test]
async fn an_administrator_renames_the_organization_and_turns_areas_off() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let before = settings(&backend, &caller(&backend, ALICE), outside()).unwrap();
        assert_eq!(before.organization, "Example");
        assert!(before.areas.iter().all(|area| area.stays.is_none()));
        assert!(before.areas.iter().any(|area| area.key == "applications" && area.is_on));

        let edit = SettingsEdit { areas: vec![("applications".into(), false)], ..renamed("Example", " Ny ") };
        let effect = preview(&backend, &caller(&backend, ALICE), &edit).await.unwrap();
        assert_eq!(
            (effect.gains.len(), effect.loses[0].names.as_slice()),
            (0, &["Alice Moreau".to_owned()][..])
        );
        save(&backend, &caller(&backend, ALICE), &edit).await.unwrap();
        let after = settings(&backend, &caller(&backend, ALICE), outside()).unwrap();
        assert_eq!(after.organization, "Ny");
        assert!(after.areas.iter().all(|area| !area.is_on));
    })
    .await;
}

#[tokio::test]
async fn bad_settings_are_refused_whole_with_their_field() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let unknown = SettingsEdit { areas: vec![("nothing".into(), true)], ..renamed("Example", "Ny") };
        let nothing = SettingsEdit::default();
        let cases = [
            (renamed("Example", ""), Some("name")),
            (renamed("Example", "\u{200b}"), Some("name")),
            (renamed("Example", &"x".repeat(81)), Some("name")),
            (renamed("Example", "a\nb"), Some("name")),
            (renamed("Another", "Ny"), None),
            (unknown, Some("area")),
            (nothing, None),
        ];
        for (edit, field) in cases {
            let alice = caller(&backend, ALICE);
            let error = save(&backend, &alice, &edit).await.unwrap_err();
            assert_eq!(error.field(), field, "{edit:?}: {error}");
        }
        assert_eq!(backend.state().revision(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_who_rename_at_once_hear_of_each_other() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        save(&backend, &caller(&backend, ALICE), &renamed("Example", "One")).await.unwrap();
        let error = save(&backend, &caller(&backend, ALICE), &renamed("Example", "Two")).await.unwrap_err();
        assert!(matches!(&error, Error::Overtaken { by, .. } if by.name == "Alice Moreau"), "{error}");
        let shown =
            preview(&backend, &caller(&backend, ALICE), &renamed("Example", "Two")).await.unwrap_err();
        assert_eq!(shown.to_string(), error.to_string(), "it is said before saving, in the same words");
    })
    .await;
}

#[tokio::test]
async fn who_may_manage_settings_only_does_not_turn_areas() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let clerk = role(7, "Clerk", &["settings.manage"]);
        assert!(settings(&backend, &caller(&backend, BOB), outside()).is_err());
        assert!(save(&backend, &caller(&backend, BOB), &renamed("Example", "Mine")).await.is_err());
        commit(&backend, vec![Change::RoleCreated { role: clerk }]).await;
        commit(&backend, vec![Change::GrantAdded { grant: grant(3, BOB, RoleId::from_bits(7)) }]).await;
        let seen = settings(&backend, &caller(&backend, BOB), outside()).unwrap();
        assert!(seen.areas.iter().all(|area| area.stays.is_some()), "{seen:?}");
        let edit = SettingsEdit { areas: vec![("applications".into(), false)], ..Default::default() };
        for error in [
            preview(&backend, &caller(&backend, BOB), &edit).await.unwrap_err(),
            save(&backend, &caller(&backend, BOB), &edit).await.unwrap_err(),
        ] {
            assert!(matches!(error, Error::Refused(_)), "{error}");
        }
        save(&backend, &caller(&backend, BOB), &renamed("Example", "Ny")).await.unwrap();
    })
    .await;
}
