//! Who may, what may somebody, and where.

use super::*;

#[tokio::test]
async fn who_may_do_it_here_is_counted_and_those_under_conditions_stand_apart() {
    for_each_database(async |database| {
        let story = started(&database).await;
        give(&story, 301, ANNA, MERGERS, PORTAL).await;
        let screen = ask(&story, ADA, question(None, "merge.production", Some(PRODUCTION))).await;
        let Answer::WhoCan(found) = screen.answer else { panic!("a list") };
        assert_eq!(
            found.sentence,
            "2 people may merge changes to production application in Portal / Production."
        );
        let names: Vec<&str> = found.people.rows.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((names, found.people.total), (vec!["Ada Holm", "Anna Lind"], 2));

        // Of several permissions all are needed: Cara may start, and name one robot; Ben may start and no more.
        give(&story, 302, CARA, STARTERS, PROCESS).await;
        give(&story, 303, CARA, USERS, FIRST).await;
        give(&story, 304, BEN, STARTERS, PROCESS).await;
        let screen = ask(&story, ADA, question(None, "processes.start", Some(PROCESS))).await;
        let Answer::WhoCan(found) = screen.answer else { panic!("a list") };
        assert_eq!(found.people.total, 1, "Ada alone may without a robot");
        assert_eq!((found.depends_total, found.depends[0].who.name.as_str()), (1, "Cara Voss"));
        assert_eq!(found.depends[0].on, ["the robot"]);
        assert!(found.sentence.ends_with("1 more may under conditions."), "{}", found.sentence);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_may_do_and_where_are_lists_of_their_own() {
    for_each_database(async |database| {
        let story = started(&database).await;
        give(&story, 301, ANNA, MERGERS, PORTAL).await;
        let Answer::WhatCan(may) = ask(&story, ADA, question(Some(ANNA), "", None)).await.answer else {
            panic!("a list")
        };
        assert_eq!(may.sentence, "What Anna Lind may do in the organization and beneath.");
        let there = &may.places[0];
        assert_eq!((may.places.len(), there.place.name.as_str()), (1, "Portal"));
        assert_eq!(there.areas[0].1[0].key, "merge.production");
        let Answer::WhereCan(places) =
            ask(&story, ADA, question(Some(ANNA), "merge.production", None)).await.answer
        else {
            panic!("a list")
        };
        assert_eq!(places.sentence, "Anna Lind may merge changes to production application in 1 stage.");
        assert_eq!(places.places.rows[0].name, "Portal / Production");
        let nothing = ask(&story, ADA, CheckQuery::default()).await;
        assert_eq!(nothing.answer, Answer::Nothing);
    })
    .await;
}
