//! Jobs: what is kept of the reports, who is shown it, with what name, and for how long.

use super::use_cases::{AUDIT, PENSION, ROBOT_2, started};
use super::*;
use crate::clock::{DAY, MINUTE};
use crate::folders::jobs::{KEPT, prune};
use crate::folders::{Report, Work, report};
use crate::history;
use model::view::jobs::{Jobs, Progress, Readers, With};
use model::view::people::Named;
use model::view::use_cases::only;

fn work(place: &str, process: Option<&str>, from: Option<i64>, until: i64) -> Report {
    let work = Work { process: process.map(str::to_owned), from, until };
    Report { place: place.to_owned(), work: Some(work) }
}

/// Begins with a process now, for half an hour.
async fn begins(backend: &Backend, place: &str, process: &str) {
    let until = backend.clock().now() + 30 * MINUTE;
    report(backend, &work(place, Some(process), None, until)).await.unwrap();
}

async fn shown(backend: &Backend, user: UserId, place: ObjectId) -> Jobs {
    related(backend, &caller(backend, user), place).await.unwrap().jobs.unwrap()
}

fn ends(jobs: &Jobs) -> Vec<(&With, i64, i64, Progress)> {
    jobs.rows.iter().map(|job| (&job.with, job.from, job.until, job.progress)).collect()
}

fn seen(id: ObjectId, name: &str) -> With {
    With::Seen(Named { id, name: name.to_owned() })
}

async fn stored(backend: &Backend, table: &str) -> i64 {
    let sql = match table {
        "jobs" => "SELECT count(*) FROM jobs",
        _ => "SELECT count(*) FROM occupancy",
    };
    sqlx::query_scalar(sql).fetch_one(backend.database().pool()).await.unwrap()
}

#[tokio::test]
async fn every_report_is_kept_as_a_job_and_ended_by_the_next() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let (letters, pension) = (seen(LETTERS, "Letters"), seen(PENSION, "Pension"));
        let before = backend.state().revision();
        let empty = shown(&backend, BOB, ROBOT).await;
        assert_eq!((empty.rows.len(), empty.more, empty.refused), (0, 0, None));
        let start = backend.clock().now();
        begins(&backend, "hr-robot", "Letters").await;
        let first = shown(&backend, BOB, ROBOT).await;
        assert_eq!(ends(&first), [(&letters, start, start + 30 * MINUTE, Progress::Running)]);

        // Told again from the same moment it is the same job, until later.
        backend.clock().advance(10 * MINUTE);
        let again = work("hr-robot", Some("Letters"), Some(start), start + 40 * MINUTE);
        report(&backend, &again).await.unwrap();
        let told = shown(&backend, BOB, ROBOT).await;
        assert_eq!(ends(&told), [(&letters, start, start + 40 * MINUTE, Progress::Running)]);

        begins(&backend, "hr-robot", "Pension").await;
        let (second, until) = (start + 10 * MINUTE, start + 40 * MINUTE);
        let jobs = shown(&backend, BOB, ROBOT).await;
        let wanted =
            [(&pension, second, until, Progress::Running), (&letters, start, second, Progress::Done)];
        assert_eq!(ends(&jobs), wanted, "the newest first");

        // Another robot's jobs are its own; a process's page has those of all robots.
        begins(&backend, "hr-robot-2", "Letters").await;
        let robots = (seen(ROBOT, "hr-robot"), seen(ROBOT_2, "hr-robot-2"));
        let of_letters = shown(&backend, BOB, LETTERS).await;
        let wanted =
            [(&robots.1, second, until, Progress::Running), (&robots.0, start, second, Progress::Done)];
        assert_eq!(ends(&of_letters), wanted);

        // What ran out ended when it was to; being free ends what runs; what was yet to begin never was.
        backend.clock().advance(5 * MINUTE);
        report(&backend, &Report { place: "hr-robot-2".to_owned(), work: None }).await.unwrap();
        let freed = shown(&backend, BOB, ROBOT_2).await;
        assert_eq!(ends(&freed), [(&letters, second, second + 5 * MINUTE, Progress::Done)]);
        backend.clock().advance(60 * MINUTE);
        let over = shown(&backend, BOB, ROBOT).await;
        assert_eq!(ends(&over)[0], (&pension, second, until, Progress::Done));
        let now = backend.clock().now();
        report(&backend, &work("hr-robot", None, Some(now + MINUTE), now + 9 * MINUTE)).await.unwrap();
        let jobs = shown(&backend, BOB, ROBOT).await;
        assert_eq!(ends(&jobs)[0], (&With::Untold, now + MINUTE, now + 9 * MINUTE, Progress::Planned));
        assert_eq!(ends(&jobs)[1], (&pension, second, until, Progress::Done));
        report(&backend, &Report { place: "hr-robot".to_owned(), work: None }).await.unwrap();
        assert_eq!(shown(&backend, BOB, ROBOT).await.rows.len(), 2);

        // Neither machines nor environments have a list; a machine's job stands with its process.
        report(&backend, &work("HRVM-7", Some("Letters"), None, now + MINUTE)).await.unwrap();
        assert_eq!(shown(&backend, BOB, LETTERS).await.rows[0].with, seen(MACHINE, "HRVM-7"));
        for place in [MACHINE, ENVIRONMENT] {
            assert_eq!(related(&backend, &caller(&backend, BOB), place).await.unwrap().jobs, None);
        }
        assert_eq!(backend.state().revision(), before, "it is no change of access");
    })
    .await;
}

#[tokio::test]
async fn jobs_are_shown_to_who_may_view_them_and_never_with_another_folders_process() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        add(
            &backend,
            vec![
                linked(ROBOT, FINANCE, How::Shared),
                grant(20, DAN, "robot-user", HR),
                grant(21, CARA, "process-starter", HR),
            ],
        )
        .await;
        begins(&backend, "hr-robot", "Audit").await;
        backend.clock().advance(MINUTE);
        begins(&backend, "hr-robot", "Letters").await;
        let of_robot = shown(&backend, BOB, ROBOT).await;
        let with: Vec<&With> = of_robot.rows.iter().map(|job| &job.with).collect();
        assert_eq!(with, [&seen(LETTERS, "Letters"), &With::Hidden]);
        // INVARIANT: of Finance's process neither the name nor which it is.
        let text = serde_json::to_string(&of_robot).unwrap();
        assert!(!text.contains("Audit") && !text.contains(&AUDIT.to_string()), "{text}");
        let caras = shown(&backend, CARA, ROBOT).await;
        assert_eq!(caras.rows[1].with, seen(AUDIT, "Audit"), "she may see both");
        // Dan uses robots and sees this one, and may not see what they worked on.
        let dans = shown(&backend, DAN, ROBOT).await;
        assert_eq!((dans.rows.len(), dans.more, dans.log_readers), (0, 0, None));
        assert_eq!(
            dans.refused.as_deref(),
            Some("You may not see its jobs: that needs “View Jobs” on hr-robot. Ask an administrator.")
        );
        // How many may read logs is told to who may ask that of Check access.
        assert_eq!(of_robot.log_readers, None);
        let readers = shown(&backend, ALICE, AUDIT).await.log_readers;
        assert_eq!(readers, Some(Readers { people: 2, accounts: 0, depends: 0 }), "Alice and Cara");
    })
    .await;
}

#[tokio::test]
async fn who_may_start_a_process_on_one_robot_only_sees_its_jobs_there() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let limited = |id: u64, user: UserId, limits: Limits| {
            let (id, subject, role) = (GrantId::from_bits(id), Subject::User(user), role("process-starter"));
            Change::GrantAdded {
                grant: Grant { id, subject, role, object: LETTERS, window: Window::ALWAYS, limits },
            }
        };
        add(
            &backend,
            vec![limited(20, DAN, only("robot", ROBOT)), limited(21, CARA, only("environment", ENVIRONMENT))],
        )
        .await;
        for place in ["hr-robot", "hr-robot-2"] {
            begins(&backend, place, "Letters").await;
            backend.clock().advance(MINUTE);
        }
        assert_eq!(shown(&backend, BOB, LETTERS).await.rows.len(), 2);
        // Cara may in the environment, in which the first robot is and the other is not. Neither may see the robot.
        for user in [DAN, CARA] {
            let jobs = shown(&backend, user, LETTERS).await;
            assert_eq!((jobs.rows.len(), jobs.more, jobs.refused), (1, 0, None), "{user}");
            assert_eq!(jobs.rows[0].with, With::Hidden);
            assert_eq!(jobs.rows[0].progress, Progress::Running);
        }
        // That is the process's to give: to use a robot says nothing of what it worked on.
        add(&backend, vec![grant(22, DAN, "robot-user", ROBOT_2)]).await;
        assert!(shown(&backend, DAN, ROBOT_2).await.refused.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_newest_fifty_are_listed_and_the_rest_is_counted() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        for _ in 0..53 {
            begins(&backend, "hr-robot", "Letters").await;
            backend.clock().advance(MINUTE);
        }
        for (user, place) in [(BOB, ROBOT), (ALICE, LETTERS)] {
            let jobs = shown(&backend, user, place).await;
            assert_eq!((jobs.rows.len(), jobs.more), (50, 3));
            assert!(jobs.rows.is_sorted_by(|one, next| one.from > next.from));
            assert_eq!(jobs.rows[0].progress, Progress::Running);
        }
    })
    .await;
}

#[tokio::test]
async fn a_removed_robots_jobs_come_back_with_it_and_old_ones_are_forgotten() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        begins(&backend, "hr-robot", "Letters").await;
        let removed = does(&backend, ALICE, FolderAct::Remove { object: ROBOT }).await.unwrap();
        assert_eq!(shown(&backend, BOB, LETTERS).await.rows[0].with, With::Removed);
        history::undo(&backend, &caller(&backend, ALICE), removed.revision).await.unwrap();
        assert_eq!(shown(&backend, BOB, ROBOT).await.rows.len(), 1);

        let forgets = async || {
            let before = backend.clock().now() - KEPT;
            prune(&mut backend.database().pool().acquire().await.unwrap(), before).await.unwrap()
        };
        backend.clock().advance(KEPT);
        begins(&backend, "hr-robot-2", "Letters").await;
        assert_eq!(forgets().await, 0, "it ended half an hour less than that ago");
        backend.clock().advance(DAY);
        assert_eq!(forgets().await, 2, "the job, and that the robot was busy");
        assert_eq!((stored(&backend, "jobs").await, stored(&backend, "occupancy").await), (1, 1));
        let left = shown(&backend, BOB, LETTERS).await;
        assert_eq!(left.rows[0].with, seen(ROBOT_2, "hr-robot-2"));
    })
    .await;
}
