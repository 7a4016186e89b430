use super::*;
use crate::clock::SECOND;
use crate::test_database::for_each_database;

const NOW: i64 = 1_700_000_000_000;
const ANNA: UserId = UserId::from_bits(1);
const BEN: UserId = UserId::from_bits(2);

fn home() -> From {
    From::new("192.0.2.1".parse().unwrap(), "Browser")
}

fn sessions(database: &Database, clock: &Clock) -> Sessions {
    Sessions::new(database.clone(), clock.clone(), Random::system(), SessionLimits::default())
}

#[tokio::test]
async fn a_session_is_found_by_its_token_only_and_the_token_is_not_stored() {
    for_each_database(async |database| {
        let sessions = sessions(&database, &Clock::fixed(NOW));
        let NewSession { token, session } = sessions.start(ANNA, &home()).await.unwrap();
        assert_eq!(sessions.validate(&token).await.unwrap(), Some(session.clone()));
        assert_eq!((session.address.as_str(), session.agent.as_str()), ("192.0.2.1", "Browser"));
        for wrong in ["", "x", &session.id, &token.hash()] {
            assert_eq!(sessions.validate(&Token::sent(wrong)).await.unwrap(), None, "{wrong}");
        }
        let stored: String =
            sqlx::query_scalar("SELECT token_hash FROM sessions").fetch_one(database.pool()).await.unwrap();
        assert_eq!(stored, token.hash());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_and_at_its_age() {
    for_each_database(async |database| {
        let clock = Clock::fixed(NOW);
        let sessions = sessions(&database, &clock);
        let idle = sessions.start(ANNA, &home()).await.unwrap().token;
        clock.advance(12 * HOUR - 1);
        assert_eq!(sessions.list(ANNA).await.unwrap().len(), 1);
        clock.advance(1);
        assert_eq!(sessions.validate(&idle).await.unwrap(), None);
        assert_eq!(sessions.list(ANNA).await.unwrap(), []);

        let busy = sessions.start(ANNA, &home()).await.unwrap().token;
        for _ in 0..(14 * 24 / 7 - 1) {
            clock.advance(7 * HOUR);
            assert!(sessions.validate(&busy).await.unwrap().is_some());
        }
        clock.advance(7 * HOUR - 1);
        assert!(sessions.validate(&busy).await.unwrap().is_some());
        clock.advance(1);
        assert_eq!(
            sessions.validate(&busy).await.unwrap(),
            None,
            "believed for a second, but not past its end"
        );
        assert_eq!(sessions.prune().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn use_is_noted_once_a_minute_and_the_database_asked_once_a_second() {
    for_each_database(async |database| {
        let clock = Clock::fixed(NOW);
        let sessions = sessions(&database, &clock);
        let new = sessions.start(ANNA, &home()).await.unwrap();
        clock.advance(MINUTE - 1);
        assert_eq!(sessions.validate(&new.token).await.unwrap().unwrap().last_seen_at, NOW);
        clock.advance(SECOND);
        let seen = sessions.validate(&new.token).await.unwrap().unwrap().last_seen_at;
        assert_eq!(seen, NOW + MINUTE + SECOND - 1);
        assert_eq!(sessions.list(ANNA).await.unwrap()[0].last_seen_at, seen);

        // As if ended by another process: believed for the rest of the second.
        sqlx::query("DELETE FROM sessions").execute(database.pool()).await.unwrap();
        clock.advance(SECOND - 1);
        assert!(sessions.validate(&new.token).await.unwrap().is_some());
        clock.advance(1);
        assert_eq!(sessions.validate(&new.token).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn ending_holds_at_once_for_what_was_ended_and_for_nothing_else() {
    for_each_database(async |database| {
        let sessions = sessions(&database, &Clock::fixed(NOW));
        let mut new = Vec::new();
        for user in [ANNA, ANNA, ANNA, ANNA, BEN] {
            let one = sessions.start(user, &home()).await.unwrap();
            sessions.validate(&one.token).await.unwrap().unwrap();
            new.push(one);
        }
        let alive = async || {
            let mut alive = Vec::new();
            for one in &new {
                alive.push(sessions.validate(&one.token).await.unwrap().is_some());
            }
            alive
        };
        assert!(!sessions.end(BEN, &new[0].session.id).await.unwrap(), "not Ben's");
        assert_eq!(alive().await, [true; 5]);
        assert!(sessions.end(ANNA, &new[0].session.id).await.unwrap());
        assert_eq!(alive().await, [false, true, true, true, true]);
        sessions.end_token(&new[1].token).await.unwrap();
        assert_eq!(alive().await, [false, false, true, true, true]);
        sessions.end_all_but(ANNA, &new[2].session.id).await.unwrap();
        assert_eq!(alive().await, [false, false, true, false, true]);
        sessions.end_all(ANNA).await.unwrap();
        assert_eq!(alive().await, [false, false, false, false, true]);
    })
    .await;
}

#[tokio::test]
async fn sessions_end_with_the_transaction_that_ends_them() {
    for_each_database(async |database| {
        let sessions = sessions(&database, &Clock::fixed(NOW));
        let token = sessions.start(ANNA, &home()).await.unwrap().token;
        let mut transaction = database.begin().await.unwrap();
        end_all_in(&mut transaction, ANNA).await.unwrap();
        transaction.rollback().await.unwrap();
        assert!(sessions.validate(&token).await.unwrap().is_some());

        let mut transaction = database.begin().await.unwrap();
        end_all_in(&mut transaction, ANNA).await.unwrap();
        transaction.commit().await.unwrap();
        sessions.forget(ANNA);
        assert_eq!(sessions.validate(&token).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_renewed_session_leaves_its_old_token_worthless() {
    for_each_database(async |database| {
        let sessions = sessions(&database, &Clock::fixed(NOW));
        let old = sessions.start(ANNA, &home()).await.unwrap();
        let new = sessions.renew(&old.token).await.unwrap().unwrap();
        assert_eq!(new.session.id, old.session.id);
        assert_eq!(sessions.validate(&old.token).await.unwrap(), None);
        assert!(sessions.validate(&new.token).await.unwrap().is_some());
        assert!(sessions.renew(&old.token).await.unwrap().is_none());
    })
    .await;
}
