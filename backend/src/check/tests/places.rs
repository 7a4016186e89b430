//! Places in answers: those that are not to be seen, where they lead to, and how far access to them is in force.

use super::*;
use crate::check::Sight;
use model::catalog::{InForce, InForceHere};

#[tokio::test]
async fn places_that_the_reader_may_not_see_are_neither_found_nor_named() {
    for_each_database(async |database| {
        let story = started(&database).await;
        // Anna audits and reads Finance; Cara uses the second robot by its other folder.
        give(&story, 301, ANNA, SEERS, ObjectId::ORGANIZATION).await;
        give(&story, 302, CARA, USERS, VAULT).await;
        let hidden = |screen: &CheckScreen| !serde_json::to_string(screen).unwrap().contains("Vault");

        let robot = question(Some(CARA), "robots.use", Some(SECOND));
        let unseen = ask(&story, ANNA, robot.clone()).await;
        assert!(unseen.form.place.problem.is_some() && unseen.answer == Answer::Nothing);
        assert!(!serde_json::to_string(&unseen).unwrap().contains("fin-02"));
        let anna = story.caller(ANNA);
        for words in ["", "Vault", "fin-02", "Meridian", "Finance"] {
            let found = find_places(&story.backend, &anna, words, None).await.unwrap();
            assert!(found.options.iter().all(|one| one.name == "Example" || one.name.starts_with("Portal")));
        }
        let all = ask(&story, ANNA, question(Some(CARA), "", None)).await;
        let Answer::WhatCan(may) = &all.answer else { panic!("a list") };
        assert_eq!(may.hidden, 1);
        assert!(hidden(&all));

        give(&story, 303, ANNA, FOLDER_SEERS, FINANCE).await;
        let found = find_places(&story.backend, &story.caller(ANNA), "fin-02", None).await.unwrap();
        let one = &found.options[0];
        assert_eq!(one.name, "Meridian / … / fin-02");
        assert_eq!(one.about, "Robot, in 1 place that you may not see");
        assert_eq!(
            find_places(&story.backend, &story.caller(ANNA), "Vault fin", None).await.unwrap().total,
            0
        );
        let seen = ask(&story, ANNA, robot).await;
        assert!(hidden(&seen), "{seen:?}");
        let Answer::Verdict(verdict) = seen.answer else { panic!("a verdict") };
        assert_eq!(verdict.outcome, Outcome::Allowed);
        let path = &verdict.needs[0].paths[0];
        let stop = path.stops.iter().find(|stop| stop.kind == StopKind::Hidden).unwrap();
        assert_eq!(stop.name, "1 place that you may not see");
        assert_eq!(
            path.ends.refused.as_deref(),
            Some("You may not: it also concerns places that you may not see.")
        );
        // A limit does not name them either.
        let only = Comparison::new(
            Property::new(Side::Context, "robot"),
            Test::In(vec![Value::Place(FIRST), Value::Place(VAULT)]),
        );
        let caller = story.caller(ANNA);
        let said = Sight::of(&caller).limits(&Limits::new(vec![only]));
        assert_eq!(said, ["only on fin-01 or 1 place that you may not see"]);
    })
    .await;
}

#[tokio::test]
async fn how_far_access_to_the_place_is_in_force_is_said_and_each_place_leads_to_its_page() {
    for_each_database(async |database| {
        let story = started(&database).await;
        let screen = ask(&story, ADA, question(Some(ANNA), "merge.production", Some(PRODUCTION))).await;
        assert_eq!(
            screen.in_force,
            Some(InForceHere { all: 7, console: 5 }),
            "neither approving nor overriding"
        );
        let Answer::Verdict(found) = screen.answer else { panic!("a verdict") };
        assert_eq!(found.needs[0].in_force, InForce::Console);
        let start = ask(&story, ADA, question(Some(ANNA), "processes.start", Some(PROCESS))).await;
        let there = start.in_force.unwrap();
        assert!(there.console > 0 && there.console < there.all, "{there:?}");
        let Answer::Verdict(found) = start.answer else { panic!("a verdict") };
        assert_eq!(found.needs[0].in_force, InForce::Nowhere);
        assert_eq!(ask(&story, ADA, question(Some(ANNA), "", None)).await.in_force, None);

        let caller = story.caller(ADA);
        let page = |object: ObjectId| Sight::of(&caller).page(object);
        assert_eq!(page(TENANT), Some(format!("/folders/{TENANT}")), "tenants have no screen of their own");
        assert_eq!(page(FIRST), Some(format!("/folders/{FIRST}")));
        assert_eq!(page(ObjectId::ORGANIZATION), None);
        commit(&story, vec![Change::AreaTurnedOn { area: "packaging".to_owned() }]).await;
        let caller = story.caller(ADA);
        assert_eq!(Sight::of(&caller).page(TENANT), Some(format!("/tenants/{TENANT}")));
        let caller = story.caller(ANNA);
        assert_eq!(Sight::of(&caller).page(TENANT), None, "it is not hers to see");
    })
    .await;
}
