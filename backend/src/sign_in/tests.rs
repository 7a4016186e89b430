use super::*;
use crate::clock::{HOUR, MINUTE, SECOND};
use crate::mail::Mailer;
use crate::one_time_link::{LinkRefused, Purpose};
use crate::password::PasswordRefused;
use crate::random::Token;
use crate::session::{Session, SessionLimits};
use crate::test_database::for_each_database;

const NOW: i64 = 1_700_000_000_000;
const ANNA: UserId = UserId::from_bits(1);
const BEN: UserId = UserId::from_bits(2);
const OLD: &str = "plum-orbit-walnut-kettle";
const NEW: &str = "seven quiet lanterns drift";
const ORGANIZATION: &str = "Northwind";

fn at(address: &str) -> From {
    From::new(address.parse().unwrap(), "Browser")
}

fn home() -> From {
    at("192.0.2.1")
}

/// Anna with a password; Ben invited, without one.
struct Story {
    sign_in: SignIn,
    clock: Clock,
    database: Database,
}

impl Story {
    async fn begin(database: Database, mailer: Mailer) -> Self {
        let (clock, random) = (Clock::fixed(NOW), Random::system());
        let sessions =
            Sessions::new(database.clone(), clock.clone(), random.clone(), SessionLimits::default());
        let hasher = Hasher::start(random.clone()).unwrap();
        let parts = Parts {
            database: database.clone(),
            clock: clock.clone(),
            random,
            hasher: hasher.clone(),
            sessions,
            mailer,
            public_url: "https://rolecall.example".into(),
        };
        let mut connection = database.pool().acquire().await.unwrap();
        for (user, name) in [(ANNA, "Anna"), (BEN, "Ben")] {
            let profile = Profile::new(name, &format!("{name}@example.com"));
            profile::insert(&mut connection, user, &profile, NOW).await.unwrap();
        }
        let hash = hasher.hash(OLD).await.unwrap();
        password::store::set(&mut connection, ANNA, &hash, NOW).await.unwrap();
        Self { sign_in: SignIn::new(parts), clock, database }
    }

    async fn try_with(&self, email: &str, password: &str, from: &From) -> Result<NewSession, SignInError> {
        self.sign_in.sign_in(email, password, from, |_| true).await
    }

    async fn signed_in(&self) -> NewSession {
        self.try_with("anna@example.com", OLD, &home()).await.unwrap()
    }

    async fn session(&self, token: &Token) -> Option<Session> {
        self.sign_in.sessions().validate(token).await.unwrap()
    }

    async fn events(&self, user: UserId) -> Vec<EventKind> {
        let mut connection = self.database.pool().acquire().await.unwrap();
        let events = sign_in_events::list(&mut connection, user, 100).await.unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }
}

async fn on_both(story: impl AsyncFn(Story)) {
    for_each_database(async |database| story(Story::begin(database, Mailer::none()).await).await).await;
}

#[tokio::test]
async fn who_knows_the_password_is_signed_in_however_the_address_is_written() {
    on_both(async |story| {
        for email in ["anna@example.com", " ANNA@Example.COM "] {
            let new = story.try_with(email, OLD, &home()).await.unwrap();
            assert_eq!(story.session(&new.token).await.unwrap().user, ANNA);
        }
        assert_eq!(story.events(ANNA).await, [EventKind::SignedIn, EventKind::SignedIn]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_address_a_wrong_password_and_a_deactivated_person_get_the_same_answer() {
    on_both(async |story| {
        let long = format!("{OLD}{}", "x".repeat(10_000));
        let answers = [
            story.try_with("anna@example.com", NEW, &home()).await,
            story.try_with("anna@example.com", "", &home()).await,
            story.try_with("anna@example.com", &long, &home()).await,
            story.try_with("nobody@example.com", OLD, &home()).await,
            story.try_with("", OLD, &home()).await,
            story.try_with("ben@example.com", OLD, &home()).await,
            story.sign_in.sign_in("anna@example.com", OLD, &home(), |user| user != ANNA).await,
        ];
        let texts: Vec<String> = answers.into_iter().map(|answer| answer.unwrap_err().to_string()).collect();
        assert!(texts.iter().all(|text| *text == SignInError::Wrong.to_string()), "{texts:?}");
        // Each left one line, also where there is nobody: the same work.
        let lines: i64 = sqlx::query_scalar("SELECT count(*) FROM sign_in_events WHERE kind = 'refused'")
            .fetch_one(story.database.pool())
            .await
            .unwrap();
        assert_eq!(lines, 7);
        assert_eq!(story.events(ANNA).await, [EventKind::Refused; 4]);
        assert_eq!(story.sign_in.sessions().list(ANNA).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn guessing_at_one_account_from_one_address_is_slowed_whether_or_not_it_exists() {
    on_both(async |story| {
        for email in ["anna@example.com", "nobody@example.com"] {
            for _ in 0..6 {
                let wrong = story.try_with(email, NEW, &home()).await.unwrap_err();
                assert!(matches!(wrong, SignInError::Wrong), "{wrong}");
            }
            let many = story.try_with(email, OLD, &home()).await.unwrap_err();
            assert!(matches!(&many, SignInError::TooMany(many) if many.seconds == 30), "{many}");
        }
        // Somewhere else Anna is not locked out, and here no longer than it takes.
        story.try_with("anna@example.com", OLD, &at("198.51.100.7")).await.unwrap();
        story.clock.advance(30 * SECOND);
        story.signed_in().await;
    })
    .await;
}

#[tokio::test]
async fn strangers_everywhere_do_not_lock_a_person_out_of_a_place_that_is_theirs() {
    on_both(async |story| {
        story.signed_in().await;
        for stranger in 0..60 {
            let from = at(&format!("198.51.100.{stranger}"));
            assert!(matches!(story.try_with("anna@example.com", NEW, &from).await, Err(SignInError::Wrong)));
        }
        let elsewhere = story.try_with("anna@example.com", OLD, &at("203.0.113.1")).await.unwrap_err();
        assert!(matches!(elsewhere, SignInError::TooMany(_)), "{elsewhere}");
        story.signed_in().await;
        story.clock.advance(20 * SECOND);
        story.try_with("anna@example.com", OLD, &at("203.0.113.1")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_signs_in_often_is_never_slowed() {
    on_both(async |story| {
        for _ in 0..20 {
            story.signed_in().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_links_and_keeps_this_one() {
    on_both(async |story| {
        let (here, there) = (story.signed_in().await, story.signed_in().await);
        let link = story.sign_in.reset_link(ANNA, BEN).await.unwrap();
        let change = async |old: &str, new: &str| {
            story.sign_in.change_password(&here.session, old, new, &home(), ORGANIZATION).await
        };
        assert!(matches!(change(NEW, NEW).await, Err(ChangeError::WrongOld)));
        assert!(matches!(change(OLD, "short").await, Err(ChangeError::Refused(PasswordRefused::TooShort))));
        let named = change(OLD, "Anna@Example.com 1").await;
        assert!(matches!(named, Err(ChangeError::Refused(PasswordRefused::Guessable { .. }))), "{named:?}");
        assert!(story.session(&there.token).await.is_some());

        change(OLD, NEW).await.unwrap();
        assert!(story.session(&here.token).await.is_some());
        assert!(story.session(&there.token).await.is_none());
        assert!(matches!(story.try_with("anna@example.com", OLD, &home()).await, Err(SignInError::Wrong)));
        story.try_with("anna@example.com", NEW, &home()).await.unwrap();
        let used = story.sign_in.reset(&link, OLD, &home(), ORGANIZATION).await;
        assert!(matches!(used, Err(LinkError::Link(LinkRefused::Expired))), "{used:?}");
        assert!(story.events(ANNA).await.contains(&EventKind::PasswordChanged));
    })
    .await;
}

#[tokio::test]
async fn a_stolen_session_does_not_serve_for_guessing_the_password() {
    on_both(async |story| {
        let new = story.signed_in().await;
        let guess =
            async || story.sign_in.change_password(&new.session, "x", NEW, &home(), ORGANIZATION).await;
        for _ in 0..6 {
            assert!(matches!(guess().await, Err(ChangeError::WrongOld)));
        }
        assert!(matches!(guess().await, Err(ChangeError::TooMany(_))));
    })
    .await;
}

#[tokio::test]
async fn a_reset_ends_all_sessions_and_a_weak_password_does_not_use_its_link_up() {
    on_both(async |story| {
        let session = story.signed_in().await;
        let older = story.sign_in.reset_link(ANNA, BEN).await.unwrap();
        let link = story.sign_in.reset_link(ANNA, BEN).await.unwrap();
        let reset =
            async |link: &Token, new: &str| story.sign_in.reset(link, new, &home(), ORGANIZATION).await;
        assert!(matches!(reset(&older, NEW).await, Err(LinkError::Link(LinkRefused::Expired))));
        assert!(matches!(reset(&link, "password1234").await, Err(LinkError::Refused(_))));
        assert!(story.session(&session.token).await.is_some());
        assert_eq!(reset(&link, NEW).await.unwrap(), ANNA);
        assert!(story.session(&session.token).await.is_none());
        assert!(matches!(reset(&link, OLD).await, Err(LinkError::Link(LinkRefused::Used))));
        story.try_with("anna@example.com", NEW, &home()).await.unwrap();

        let late = story.sign_in.reset_link(ANNA, BEN).await.unwrap();
        story.clock.advance(RESET_LIFETIME);
        assert!(matches!(reset(&late, OLD).await, Err(LinkError::Link(LinkRefused::Expired))));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_reset_at_once_one_sets_the_password() {
    on_both(async |story| {
        let link = story.sign_in.reset_link(ANNA, BEN).await.unwrap();
        let from = home();
        let (one, two) = tokio::join!(
            story.sign_in.reset(&link, NEW, &from, ORGANIZATION),
            story.sign_in.reset(&link, "eight loud trumpets wander", &from, ORGANIZATION),
        );
        assert_ne!(one.is_ok(), two.is_ok(), "{one:?} {two:?}");
        let password = if one.is_ok() { NEW } else { "eight loud trumpets wander" };
        story.try_with("anna@example.com", password, &from).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_new_password_answers_alike_and_mails_who_is_there_a_few_times() {
    for_each_database(async |database| {
        let (url, mut taken) = crate::mail::tests::sink(false).await;
        let mailer = Mailer::smtp(&url, "rolecall@example.com").unwrap();
        let story = Story::begin(database, mailer).await;
        let ask = async |email: &str| story.sign_in.reset_request(email, &home(), |user| user == ANNA).await;
        for email in ["nobody@example.com", "ben@example.com", "ANNA@example.com"] {
            assert_eq!(ask(email).await, Ok(()));
        }
        let mail = next_mail(&mut taken).await;
        let at = mail.find("https://rolecall.example/reset/").expect("a link")
            + "https://rolecall.example/reset/".len();
        let token = Token::sent(&mail[at..at + 43]);
        assert_eq!(story.sign_in.reset(&token, NEW, &home(), ORGANIZATION).await.unwrap(), ANNA);

        for _ in 0..5 {
            assert_eq!(ask("anna@example.com").await, Ok(()));
        }
        for _ in 0..2 {
            next_mail(&mut taken).await;
        }
        let more = tokio::time::timeout(std::time::Duration::from_millis(300), taken.recv()).await;
        assert!(more.is_err(), "three mails to one person, no more");
        story.clock.advance(HOUR);
        assert_eq!(ask("anna@example.com").await, Ok(()));
        next_mail(&mut taken).await;
    })
    .await;

    async fn next_mail(taken: &mut tokio::sync::mpsc::UnboundedReceiver<String>) -> String {
        let mail = tokio::time::timeout(std::time::Duration::from_secs(20), taken.recv()).await;
        let mail = mail.expect("a mail").expect("the mail server runs");
        assert!(mail.to_lowercase().contains("to: anna@example.com"), "{mail}");
        mail
    }
}

#[tokio::test]
async fn an_invited_person_chooses_a_password_once_in_the_transaction_that_lets_them_in() {
    on_both(async |story| {
        let mut transaction = story.database.begin().await.unwrap();
        let older = story.sign_in.invitation_link(&mut transaction, BEN, Some(ANNA)).await.unwrap();
        let link = story.sign_in.invitation_link(&mut transaction, BEN, Some(ANNA)).await.unwrap();
        transaction.commit().await.unwrap();
        let from = home();
        let refused = story.sign_in.set_password_by_invitation(&older, NEW, &from, ORGANIZATION).await;
        assert!(matches!(refused, Err(LinkError::Link(LinkRefused::Expired))), "{refused:?}");

        let (user, hash) = story.sign_in.prepare_invitation(&link, NEW, &from, ORGANIZATION).await.unwrap();
        assert_eq!(user, BEN);
        let mut transaction = story.database.begin().await.unwrap();
        story.sign_in.accept_invitation(&mut transaction, &link, user, &hash, &from).await.unwrap();
        transaction.rollback().await.unwrap();
        assert!(matches!(story.try_with("ben@example.com", NEW, &from).await, Err(SignInError::Wrong)));

        let set = story.sign_in.set_password_by_invitation(&link, NEW, &from, ORGANIZATION).await.unwrap();
        assert_eq!(set, BEN);
        let again = story.sign_in.set_password_by_invitation(&link, OLD, &from, ORGANIZATION).await;
        assert!(matches!(again, Err(LinkError::Link(LinkRefused::Used))), "{again:?}");
        story.try_with("ben@example.com", NEW, &from).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_recovery_link_signs_in_once_with_or_without_a_new_password() {
    on_both(async |story| {
        let before = story.signed_in().await;
        let link = story.sign_in.recover_link(ANNA).await.unwrap();
        let new = story.sign_in.recover(&link, None, &home(), ORGANIZATION).await.unwrap();
        assert_eq!(story.session(&new.token).await.unwrap().user, ANNA);
        assert!(story.session(&before.token).await.is_none());
        let again = story.sign_in.recover(&link, None, &home(), ORGANIZATION).await;
        assert!(matches!(again, Err(LinkError::Link(LinkRefused::Used))), "{again:?}");
        story.signed_in().await;

        let link = story.sign_in.recover_link(ANNA).await.unwrap();
        story.sign_in.recover(&link, Some(NEW), &home(), ORGANIZATION).await.unwrap();
        story.try_with("anna@example.com", NEW, &home()).await.unwrap();
        let wrong_door = story.sign_in.recover_link(ANNA).await.unwrap();
        let refused = story.sign_in.reset(&wrong_door, OLD, &home(), ORGANIZATION).await;
        assert!(matches!(refused, Err(LinkError::Link(LinkRefused::Unknown))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_deactivated_person_is_left_with_neither_sessions_nor_links() {
    on_both(async |story| {
        let session = story.signed_in().await;
        let link = story.sign_in.reset_link(ANNA, BEN).await.unwrap();
        let mut transaction = story.database.write().await.unwrap();
        end_access_in(&mut transaction, ANNA, NOW).await.unwrap();
        transaction.commit().await.unwrap();
        story.sign_in.sessions().forget(ANNA);
        assert!(story.session(&session.token).await.is_none());
        let used = story.sign_in.reset(&link, NEW, &home(), ORGANIZATION).await;
        assert!(matches!(used, Err(LinkError::Link(LinkRefused::Expired))), "{used:?}");
    })
    .await;
}

#[tokio::test]
async fn trying_links_is_limited_per_address() {
    on_both(async |story| {
        let unknown = Token::sent("x");
        for _ in 0..60 {
            story.sign_in.peek(&unknown, Purpose::Invitation, &home()).await.unwrap();
        }
        let many = story.sign_in.peek(&unknown, Purpose::Invitation, &home()).await.unwrap_err();
        assert!(matches!(many, LinkError::TooMany(_)), "{many}");
        story.clock.advance(MINUTE);
        story.sign_in.peek(&unknown, Purpose::Invitation, &home()).await.unwrap();
    })
    .await;
}
