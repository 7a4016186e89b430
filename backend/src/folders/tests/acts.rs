//! What is done with places and to who has access there.

use super::*;
use model::role::Role;
use model::view::people as people_view;
use model::view::role_users::{RoleAct, RoleWish};

#[tokio::test]
async fn a_move_says_who_and_which_machines_come_and_go_and_is_undone() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let plan = would(&backend, ALICE, moves(STAFF, HR, FINANCE)).await.unwrap();
        let who = |lines: &[model::view::effect::EffectLine]| {
            lines.iter().flat_map(|line| line.names.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            (who(&plan.effect.gains), who(&plan.effect.loses)),
            (vec!["Cara".to_owned()], vec!["Bob".to_owned()])
        );
        assert_eq!(plan.notes, ["New staff no longer gets by passing down: HRVM-7."]);
        // Bob may not put it where he has nothing.
        assert!(is_not_there(does(&backend, BOB, moves(STAFF, HR, FINANCE)).await));
        let saved = does(&backend, ALICE, moves(STAFF, HR, FINANCE)).await.unwrap();
        assert_eq!(
            names(&grows(&backend, CARA, &[NORTH, FINANCE]).await),
            ["North", "-Finance", "--New staff"]
        );
        people::take_back(&backend, &caller(&backend, ALICE), saved.revision).await.unwrap();
        assert!(one(&backend, &caller(&backend, BOB), STAFF).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_in_a_sentence_and_nothing_is_half_done() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let mut above = STAFF;
        let mut deep = Vec::new();
        for n in 0..5 {
            let id = ObjectId::from_bits(200 + n);
            deep.push(object(id, "folder", &format!("Level {}", n + 3), above));
            above = id;
        }
        deep.push(object(ObjectId::from_bits(300), "robot", "hr-robot", FINANCE));
        add(&backend, deep).await;
        let before = backend.state().revision();
        let share = |object, folder| FolderAct::Share { object, folder, on: true };
        for (act, says) in [
            (moves(FINANCE, NORTH, above), "Finance would lie 8 levels deep or deeper. Put it higher up."),
            (moves(HR, NORTH, STAFF), "HR cannot be put into itself or into something that it holds."),
            (moves(HR, NORTH, FAR), "Far belongs to another tenant. Tenants share nothing."),
            (moves(ROBOT, HR, FINANCE), "“hr-robot”"),
            (share(ROBOT, FINANCE), "“hr-robot”"),
            (share(ROBOT, FAR), "Far belongs to another tenant. Tenants share nothing."),
            (share(LETTERS, FINANCE), "Letters can be in one place only."),
            (FolderAct::PassDown { object: ROBOT, folder: HR, on: true }, "cannot be tied like that"),
        ] {
            let told = would(&backend, ALICE, act.clone()).await.unwrap_err();
            assert!(told.to_string().contains(says), "{act:?}: {told}");
            assert_eq!(does(&backend, ALICE, act).await.unwrap_err().to_string(), told.to_string());
        }
        let deeper = New { kind: "folder".to_owned(), name: "Level 8".to_owned(), within: above };
        assert!(matches!(create(&backend, &caller(&backend, ALICE), &deeper).await, Err(Error::Misfit(_))));
        assert_eq!(backend.state().revision(), before);
        // Of two moves at once the second is told that it was overtaken.
        let seen = before;
        does(&backend, ALICE, moves(STAFF, HR, NORTH)).await.unwrap();
        let late = FolderWish { act: moves(STAFF, HR, FINANCE), seen };
        let late = save(&backend, &caller(&backend, ALICE), &late).await;
        assert!(matches!(late, Err(Error::Overtaken { .. })), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn a_shared_robot_stays_where_it_is_shared_and_what_goes_is_named() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let plan =
            would(&backend, ALICE, FolderAct::Share { object: ROBOT, folder: FINANCE, on: true }).await;
        let gains: Vec<String> = plan.unwrap().effect.gains.into_iter().flat_map(|line| line.names).collect();
        assert_eq!(gains, ["Cara"]);
        does(&backend, ALICE, FolderAct::Share { object: ROBOT, folder: FINANCE, on: true }).await.unwrap();
        assert_eq!(
            names(&grows(&backend, CARA, &[NORTH, FINANCE]).await),
            ["North", "-Finance", "--hr-robot"]
        );
        let plan = would(&backend, ALICE, FolderAct::Remove { object: HR }).await.unwrap();
        let wanted = [
            "1 environment goes with it: Unattended.",
            "1 folder goes with it: New staff.",
            "1 machine goes with it: HRVM-7.",
            "1 process goes with it: Letters.",
            "1 role assignment ends.",
            "hr-robot is shared and stays in North / Finance.",
        ];
        assert_eq!(plan.notes[..wanted.len()], wanted);
        let saved = does(&backend, ALICE, FolderAct::Remove { object: HR }).await.unwrap();
        let gone = grows(&backend, ALICE, &[NORTH, FINANCE]).await;
        assert_eq!(names(&gone), ["North", "-Finance", "--hr-robot", "South"]);
        assert!(grows(&backend, BOB, &[]).await.rows.is_empty());
        people::take_back(&backend, &caller(&backend, ALICE), saved.revision).await.unwrap();
        assert_eq!(names(&grows(&backend, BOB, &[NORTH]).await), ["North", "-HR"]);
        let back = one(&backend, &caller(&backend, ALICE), ROBOT).await.unwrap();
        assert_eq!((back.chain.containing.len(), back.chain.shared.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_machine_is_passed_down_and_no_longer() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let stop = FolderAct::PassDown { object: MACHINE, folder: HR, on: false };
        let plan = would(&backend, ALICE, stop.clone()).await.unwrap();
        assert_eq!(plan.notes, ["It is no longer passed down to 1 folder beneath HR."]);
        does(&backend, ALICE, stop).await.unwrap();
        let query = HoldsQuery { of: STAFF, search: String::new(), page: 1 };
        assert_eq!(holds(&backend, &caller(&backend, ALICE), &query).await.unwrap().all, 0);
        let again = FolderAct::PassDown { object: MACHINE, folder: HR, on: true };
        does(&backend, ALICE, again).await.unwrap();
        assert_eq!(holds(&backend, &caller(&backend, ALICE), &query).await.unwrap().all, 1);
    })
    .await;
}

#[tokio::test]
async fn who_has_what_says_whether_it_was_given_here_and_otherwise_from_where() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        add(&backend, vec![grant(4, DAN, "robot-user", ROBOT), linked(ROBOT, FINANCE, How::Shared)]).await;
        let ask = AccessQuery { of: ROBOT, page: 1 };
        let told = async |user| {
            let shown = access(&backend, &caller(&backend, user), &ask).await.unwrap();
            let line = |row: &model::view::access::AccessRow| {
                let from = row.from.as_ref().map_or("here", |(_, name, _)| name.as_str());
                format!("{} {} {from}", row.name, row.role_name)
            };
            (shown.rows.rows.iter().map(line).collect::<Vec<_>>(), shown.here, shown.hidden)
        };
        let all = [
            "Dan Robot User here",
            "Bob Folder Administrator North / HR",
            "Cara Automation User North / Finance",
            "Alice Admin Example",
        ];
        let (lines, here, hidden) = told(ALICE).await;
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        let mut wanted = all.map(str::to_owned).to_vec();
        wanted.sort_unstable();
        assert_eq!((lines[0].as_str(), sorted, here, hidden), (all[0], wanted, 1, 0));
        // Bob gives roles in HR: of Finance he is told how many.
        let (lines, here, hidden) = told(BOB).await;
        assert!(lines.contains(&all[1].to_owned()) && !lines.contains(&all[2].to_owned()), "{lines:?}");
        assert_eq!((here, hidden), (1, 1));
        assert!(is_refused(access(&backend, &caller(&backend, CARA), &ask).await));
        let dans = access(&backend, &caller(&backend, DAN), &ask).await;
        assert!(is_refused(dans), "who may use a robot does not see who else may");
    })
    .await;
}

#[tokio::test]
async fn a_role_is_given_with_its_effect_told_first_and_taken_away() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let bob = caller(&backend, BOB);
        let picked = whom(&backend, &bob, &WhomSearch { of: HR, search: "da".to_owned() }).await.unwrap();
        assert_eq!((picked.total, picked.options[0].name.as_str()), (1, "Dan"));
        let all = whom(&backend, &bob, &WhomSearch { of: HR, search: String::new() }).await.unwrap();
        assert_eq!(all.options[0].value, EVERYONE);
        let asked = ChoicesFor { subject: Subject::User(DAN), object: HR };
        let offered = roles(&backend, &bob, asked).await.unwrap();
        let refused =
            |key| offered.options.iter().find(|one| one.role == role(key)).map(|one| one.refused.is_some());
        assert_eq!(refused("automation-user"), Some(false));
        assert_eq!(refused("admin"), Some(true), "it gives more than Bob has");
        let window = Window { from: None, until: Some(5_000) };
        let give = |user, key, object| FolderAct::Give {
            subject: Subject::User(user),
            role: role(key),
            object,
            window,
            limits: Limits::NONE,
            with_half: false,
        };
        let plan = would(&backend, BOB, give(DAN, "automation-user", HR)).await.unwrap();
        assert_eq!(plan.effect.gains[0].names, ["Dan"]);
        let saved = does(&backend, BOB, give(DAN, "automation-user", HR)).await.unwrap();
        assert!(saved.undoable);
        assert!(is_refused(does(&backend, BOB, give(DAN, "admin", HR)).await));
        assert!(is_not_there(does(&backend, BOB, give(DAN, "automation-user", FINANCE)).await));
        assert!(is_refused(does(&backend, CARA, give(DAN, "automation-user", FINANCE)).await));
        let again = does(&backend, BOB, give(DAN, "automation-user", HR)).await;
        assert!(matches!(again, Err(Error::NothingToDo)));
        let shown = access(&backend, &caller(&backend, BOB), &AccessQuery { of: HR, page: 1 }).await.unwrap();
        let dans = shown.rows.rows.iter().find(|row| row.name == "Dan").unwrap();
        assert_eq!((dans.window.until, dans.is_now, dans.no_removing.clone()), (Some(5_000), true, None));
        let take = FolderAct::Take { grant: dans.grant };
        assert!(is_not_there(does(&backend, DAN, take.clone()).await), "who may not read it");
        let plan = would(&backend, BOB, take.clone()).await.unwrap();
        assert_eq!(plan.effect.loses[0].names, ["Dan"]);
        does(&backend, BOB, take).await.unwrap();
        assert!(grows(&backend, DAN, &[]).await.rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_belongs_together_is_listed_tied_and_untied() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let lists = async |place| {
            let all = related(&backend, &caller(&backend, ALICE), place).await.unwrap().lists;
            let line = |list: &model::view::folders::Relatives| {
                let names: Vec<&str> = list.all.iter().map(|one| one.name.as_str()).collect();
                format!("{}: {}", list.title, names.join(", "))
            };
            all.iter().map(line).collect::<Vec<_>>()
        };
        let wanted = [
            "Is in environments: Unattended",
            "Runs on machine: HRVM-7",
            "Has assets: ",
            "Has triggers: ",
            "Processes in the same folders: Letters",
        ];
        assert_eq!(lists(ROBOT).await, wanted);
        let tie = |on| FolderAct::Tie {
            relation: "environment-robots".to_owned(),
            object: ROBOT,
            holder: ENVIRONMENT,
            on,
        };
        does(&backend, ALICE, tie(false)).await.unwrap();
        assert_eq!(lists(ENVIRONMENT).await, ["Contains robots: "]);
        let to = SearchFor::Tie { object: ROBOT, relation: "environment-robots".to_owned(), holds: false };
        let search = PlaceSearch { search: String::new(), to };
        let options = found(&backend, &caller(&backend, ALICE), &search).await.unwrap().options;
        assert_eq!(options.len(), 1);
        does(&backend, ALICE, tie(true)).await.unwrap();
        assert_eq!(lists(ENVIRONMENT).await, ["Contains robots: hr-robot"]);
        let hold = PlaceSearch { search: String::new(), to: SearchFor::Hold(ROBOT) };
        let folders = found(&backend, &caller(&backend, ALICE), &hold).await.unwrap().options;
        let folders: Vec<&str> = folders.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(folders, ["North / Finance", "North / HR / New staff"]);
    })
    .await;
}

#[tokio::test]
async fn a_folder_role_offers_the_half_that_is_missing_in_the_tenant_wherever_it_is_given() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let give = |subject, role, object, with_half| {
            let window = Window::ALWAYS;
            FolderAct::Give { subject, role, object, window, limits: Limits::NONE, with_half }
        };
        let dan = Subject::User(DAN);
        let halves = |subject| {
            let state = backend.state();
            let all = state.grants_of(subject).filter(|held| held.object == NORTH);
            all.map(|held| held.role).collect::<Vec<RoleId>>()
        };
        let user = role("automation-user");
        let offered = would(&backend, ALICE, give(dan, user, HR, false)).await.unwrap().half.unwrap();
        assert_eq!(
            (offered.role.as_str(), offered.tenant.as_str(), offered.lacking, offered.refused),
            ("Allow to be Automation User", "North", 1, None)
        );
        let full = would(&backend, ALICE, give(dan, user, HR, true)).await.unwrap();
        assert!(full.half.is_some(), "it stays on offer while it is ticked");
        assert!(full.effect.gains.iter().any(|line| line.place.as_deref() == Some("North")), "{full:?}");
        // Bob gives roles in HR and not in the tenant: he is told why, and the folder role is given alone.
        let barred = would(&backend, BOB, give(dan, user, HR, true)).await.unwrap();
        assert!(barred.half.unwrap().refused.is_some());
        does(&backend, BOB, give(dan, user, HR, true)).await.unwrap();
        assert!(halves(dan).is_empty());
        // What is had in the folder already is no reason to be left without the half.
        let before = backend.state().revision();
        does(&backend, ALICE, give(dan, user, HR, true)).await.unwrap();
        assert_eq!(
            (halves(dan), backend.state().revision()),
            (vec![role("allow-automation-user")], before + 1)
        );
        assert_eq!(would(&backend, ALICE, give(dan, user, FINANCE, true)).await.unwrap().half, None);
        assert!(
            would(&backend, ALICE, give(dan, user, FAR, true)).await.unwrap().half.is_some(),
            "elsewhere"
        );

        // Not ticked, not given; on a person's page, on a group's and on a role's it is the same.
        does(&backend, ALICE, give(Subject::Everyone, user, FAR, false)).await.unwrap();
        assert!(backend.state().grants_on(SOUTH).next().is_none());
        let alice = caller(&backend, ALICE);
        let leader = role("folder-administrator");
        let window = Window { from: None, until: Some(9_000) };
        let act = people_view::Act::Give { role: leader, object: HR, window, with_half: true };
        let wish = people_view::Wish { people: vec![CARA], act, seen: alice.state.revision() };
        assert_eq!(people::preview(&backend, &alice, &wish).await.unwrap().half.unwrap().lacking, 1);
        people::save(&backend, &alice, &wish).await.unwrap();
        assert_eq!(halves(Subject::User(CARA)), [role("allow-folder-administrator")]);
        let window_of_half =
            backend.state().grants_on(NORTH).find(|held| held.subject == Subject::User(CARA));
        assert_eq!(window_of_half.unwrap().window, window);

        // A clone needs what its origin needs; who holds more in the tenant lacks nothing.
        let clone = RoleId::from_bits(900);
        let record = {
            let state = backend.state();
            let record = state.record(state.role(user).unwrap());
            Role { id: clone, name: "Starter".to_owned(), origin: Some(user), ..record }
        };
        add(&backend, vec![Change::RoleCreated { role: record }]).await;
        add(&backend, vec![grant(50, BOB, "tenant-administrator", SOUTH)]).await;
        let bob = Subject::User(BOB);
        let alice = caller(&backend, ALICE);
        let wanted = |whom: Vec<Subject>| {
            let act = RoleAct::Give { whom, object: FAR, window: Window::ALWAYS, with_half: true };
            RoleWish { role: clone, act, seen: alice.state.revision() }
        };
        let told = crate::roles::plan(&backend, &alice, &wanted(vec![dan, bob])).await.unwrap();
        assert_eq!(told.half.unwrap().lacking, 1, "Dan alone");
        crate::roles::act(&backend, &alice, &wanted(vec![dan, bob])).await.unwrap();
        let on_south = backend.state().grants_on(SOUTH).map(|held| held.role).collect::<Vec<_>>();
        assert_eq!(on_south.len(), 2);
        assert!(on_south.contains(&role("allow-automation-user")));
    })
    .await;
}
