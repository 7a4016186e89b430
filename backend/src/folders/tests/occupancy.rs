//! What keeps a robot busy: who is told what, when it ends, and what is not understood.

use super::use_cases::{AUDIT, ROBOT_2, started};
use super::*;
use crate::clock::MINUTE;
use crate::folders::{Report, Work, report};
use model::view::people::Named;
use model::view::use_cases::Occupancy;

fn busy(place: &str, process: Option<&str>, until: i64) -> Report {
    let work = Work { process: process.map(str::to_owned), from: None, until };
    Report { place: place.to_owned(), work: Some(work) }
}

async fn shown(backend: &Backend, user: UserId, place: ObjectId) -> Option<Occupancy> {
    one(backend, &caller(backend, user), place).await.unwrap().occupancy
}

#[tokio::test]
async fn a_clerk_on_a_shared_robot_never_learns_the_other_folders_or_processs_name() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        // One robot that HR has lent, and one that it has borrowed, with a queue.
        let (pool, queue) = (ObjectId::from_bits(83), ObjectId::from_bits(84));
        add(
            &backend,
            vec![
                linked(ROBOT, FINANCE, How::Shared),
                object(pool, "robot", "pool", FINANCE),
                object(queue, "queue", "To send", FINANCE),
                linked(pool, HR, How::Shared),
                linked(queue, HR, How::Shared),
                grant(20, DAN, "robot-user", HR),
                grant(21, DAN, "process-starter", HR),
            ],
        )
        .await;
        assert_eq!(shown(&backend, DAN, ROBOT).await, None, "nothing was reported");
        let before = backend.state().revision();
        let until = 80 * MINUTE;
        let said = report(&backend, &busy("hr-robot", Some("finance / AUDIT"), until)).await.unwrap();
        assert_eq!(said.place, "North / HR / hr-robot");
        assert_eq!(said.process.as_deref(), Some("North / Finance / Audit"));
        assert_eq!(backend.state().revision(), before, "it is no change of access");

        let with = Some(Named { id: AUDIT, name: "Audit".to_owned() });
        assert_eq!(shown(&backend, CARA, ROBOT).await, Some(Occupancy::Busy { until, with: with.clone() }));
        assert_eq!(shown(&backend, ALICE, ROBOT).await, Some(Occupancy::Busy { until, with }));
        // INVARIANT: neither the folder's name nor the process's, by whatever question about the robot.
        for clerk in [DAN, BOB] {
            assert_eq!(shown(&backend, clerk, ROBOT).await, Some(Occupancy::Busy { until, with: None }));
            let by = caller(&backend, clerk);
            let mut told = vec![serde_json::to_string(&grows(&backend, clerk, &[NORTH, HR]).await).unwrap()];
            let seen = if clerk == BOB { vec![ROBOT, pool, queue] } else { vec![ROBOT, pool] };
            for place in seen {
                told.push(serde_json::to_string(&one(&backend, &by, place).await.unwrap()).unwrap());
                told.push(serde_json::to_string(&related(&backend, &by, place).await.unwrap()).unwrap());
            }
            for kind in ["process", "robot"] {
                let to = SearchFor::Beside { object: ROBOT, kind: kind.to_owned() };
                let search = PlaceSearch { search: String::new(), to };
                told.push(serde_json::to_string(&found(&backend, &by, &search).await.unwrap()).unwrap());
            }
            if clerk == BOB {
                let query = AccessQuery { of: ROBOT, page: 1 };
                told.push(serde_json::to_string(&access(&backend, &by, &query).await.unwrap()).unwrap());
            }
            for text in told {
                assert!(!text.contains("Finance") && !text.contains("Audit"), "{text}");
                assert!(!text.contains(&AUDIT.to_string()) && !text.contains(&FINANCE.to_string()), "{text}");
            }
        }
        // When its time is over it is free, whatever was reported.
        backend.clock().advance(until);
        for user in [DAN, CARA] {
            assert_eq!(shown(&backend, user, ROBOT).await, Some(Occupancy::Free));
        }
    })
    .await;
}

#[tokio::test]
async fn the_latest_report_counts_and_what_makes_no_sense_is_refused() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        report(&backend, &busy("hr-robot", None, 10 * MINUTE)).await.unwrap();
        report(&backend, &busy("hr-robot", Some("Letters"), 20 * MINUTE)).await.unwrap();
        let with = Some(Named { id: LETTERS, name: "Letters".to_owned() });
        let latest = Occupancy::Busy { until: 20 * MINUTE, with };
        assert_eq!(shown(&backend, BOB, ROBOT).await, Some(latest.clone()));
        for (wrong, says) in [
            (busy("nobody", None, 30 * MINUTE), "There is no such robot or machine."),
            (busy("Letters", None, 30 * MINUTE), "There is no such robot or machine."),
            (busy("hr-robot", Some("Nothing"), 30 * MINUTE), "There is no such process."),
            (busy("hr-robot", None, 1), "Write a later one."),
            (
                Report {
                    place: "hr-robot".to_owned(),
                    work: Some(Work { process: None, from: Some(40 * MINUTE), until: 30 * MINUTE }),
                },
                "Write a later one.",
            ),
        ] {
            let refused = report(&backend, &wrong).await.unwrap_err().to_string();
            assert!(refused.contains(says), "{wrong:?}: {refused}");
        }
        let (twin, foreign) = (ObjectId::from_bits(80), ObjectId::from_bits(81));
        add(
            &backend,
            vec![object(twin, "robot", "HR-Robot", FAR), object(foreign, "process", "Foreign", FAR)],
        )
        .await;
        let several = report(&backend, &busy("hr-robot", None, 30 * MINUTE)).await.unwrap_err().to_string();
        assert!(several.contains("North / HR / hr-robot; South / Far / HR-Robot"), "{several}");
        let foreign = report(&backend, &busy("HR/hr-robot", Some("Foreign"), 30 * MINUTE)).await.unwrap_err();
        assert!(foreign.to_string().contains("Tenants share nothing."), "{foreign}");
        assert_eq!(shown(&backend, BOB, ROBOT).await, Some(latest), "none of it was written");

        // Later work, a machine, and being free again.
        let later = Work { process: None, from: Some(5 * MINUTE), until: 9 * MINUTE };
        let later = Report { place: "hr-robot-2".to_owned(), work: Some(later) };
        report(&backend, &later).await.unwrap();
        assert_eq!(shown(&backend, BOB, ROBOT_2).await, Some(Occupancy::Free));
        report(&backend, &busy("HRVM-7", None, 9 * MINUTE)).await.unwrap();
        let machine = shown(&backend, BOB, MACHINE).await;
        assert_eq!(machine, Some(Occupancy::Busy { until: 9 * MINUTE, with: None }));
        report(&backend, &Report { place: "HR / hr-robot".to_owned(), work: None }).await.unwrap();
        assert_eq!(shown(&backend, BOB, ROBOT).await, None);
        assert_eq!(shown(&backend, BOB, LETTERS).await, None);
    })
    .await;
}
