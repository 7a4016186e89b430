use super::*;
use crate::database::Database;
use crate::test_database::for_each_database;

const NOW: i64 = 1_700_000_000_000;
const ANNA: UserId = UserId::from_bits(1);
const BEN: UserId = UserId::from_bits(2);

async fn make(database: &Database, purpose: Purpose, user: Option<UserId>) -> (Token, Link) {
    let new = NewLink { purpose, user, created_by: Some(BEN), lifetime: DAY };
    create(&mut database.pool().acquire().await.unwrap(), &Random::system(), NOW, new).await.unwrap()
}

async fn look(database: &Database, token: &Token, purpose: Purpose, now: i64) -> LinkState {
    peek(&mut database.pool().acquire().await.unwrap(), token, purpose, now).await.unwrap()
}

#[tokio::test]
async fn looking_does_not_use_a_link_up_and_using_it_does() {
    for_each_database(async |database| {
        for purpose in [Purpose::SetUp, Purpose::Invitation, Purpose::PasswordReset, Purpose::Recovery] {
            let user = (purpose != Purpose::SetUp).then_some(ANNA);
            let (token, link) = make(&database, purpose, user).await;
            assert_eq!(link.user, user);
            for _ in 0..2 {
                assert_eq!(look(&database, &token, purpose, NOW).await, LinkState::Valid(link.clone()));
            }
            let mut connection = database.pool().acquire().await.unwrap();
            assert_eq!(consume(&mut connection, &token, purpose, NOW).await.unwrap(), Ok(link));
            assert_eq!(consume(&mut connection, &token, purpose, NOW).await.unwrap(), Err(LinkRefused::Used));
            drop(connection);
            assert_eq!(look(&database, &token, purpose, NOW).await, LinkState::Refused(LinkRefused::Used));
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_expires_and_serves_its_own_purpose_only() {
    for_each_database(async |database| {
        let (token, link) = make(&database, Purpose::Invitation, Some(ANNA)).await;
        let last = NOW + DAY - 1;
        assert_eq!(look(&database, &token, Purpose::Invitation, last).await, LinkState::Valid(link));
        let unknown = LinkState::Refused(LinkRefused::Unknown);
        assert_eq!(look(&database, &token, Purpose::Recovery, NOW).await, unknown);
        assert_eq!(look(&database, &Token::sent("x"), Purpose::Invitation, NOW).await, unknown);
        let mut connection = database.pool().acquire().await.unwrap();
        let late = consume(&mut connection, &token, Purpose::Invitation, NOW + DAY).await.unwrap();
        assert_eq!(late, Err(LinkRefused::Expired));
        let other = consume(&mut connection, &token, Purpose::Recovery, NOW).await.unwrap();
        assert_eq!(other, Err(LinkRefused::Unknown));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_succeeds() {
    for_each_database(async |database| {
        for _ in 0..10 {
            let (token, _) = make(&database, Purpose::PasswordReset, Some(ANNA)).await;
            let both = futures::future::join_all((0..2).map(|_| async {
                let mut transaction = database.begin().await.unwrap();
                let used = consume(&mut transaction, &token, Purpose::PasswordReset, NOW).await.unwrap();
                tokio::task::yield_now().await;
                transaction.commit().await.unwrap();
                used.map(|link| link.user)
            }))
            .await;
            let refused = both.iter().filter(|one| **one == Err(LinkRefused::Used)).count();
            let used = both.iter().filter(|one| **one == Ok(Some(ANNA))).count();
            assert_eq!((used, refused), (1, 1));
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_whose_transaction_fails_can_be_used_again() {
    for_each_database(async |database| {
        let (token, link) = make(&database, Purpose::Invitation, Some(ANNA)).await;
        let mut transaction = database.begin().await.unwrap();
        consume(&mut transaction, &token, Purpose::Invitation, NOW).await.unwrap().unwrap();
        transaction.rollback().await.unwrap();
        assert_eq!(look(&database, &token, Purpose::Invitation, NOW).await, LinkState::Valid(link));
    })
    .await;
}

#[tokio::test]
async fn links_are_taken_back_listed_and_forgotten() {
    for_each_database(async |database| {
        let expired = LinkState::Refused(LinkRefused::Expired);
        let (set_up, _) = make(&database, Purpose::SetUp, None).await;
        let (anna, _) = make(&database, Purpose::Invitation, Some(ANNA)).await;
        let (reset, reset_link) = make(&database, Purpose::PasswordReset, Some(ANNA)).await;
        let (ben, ben_link) = make(&database, Purpose::Invitation, Some(BEN)).await;
        let mut connection = database.pool().acquire().await.unwrap();
        assert_eq!(pending(&mut connection, Purpose::Invitation).await.unwrap().len(), 2);

        revoke(&mut connection, ANNA, Purpose::Invitation, NOW).await.unwrap();
        assert_eq!(peek(&mut connection, &anna, Purpose::Invitation, NOW).await.unwrap(), expired);
        let valid = peek(&mut connection, &reset, Purpose::PasswordReset, NOW).await.unwrap();
        assert_eq!(valid, LinkState::Valid(reset_link));
        revoke_all(&mut connection, ANNA, NOW).await.unwrap();
        assert_eq!(peek(&mut connection, &reset, Purpose::PasswordReset, NOW).await.unwrap(), expired);
        revoke_set_up(&mut connection, NOW).await.unwrap();
        assert_eq!(peek(&mut connection, &set_up, Purpose::SetUp, NOW).await.unwrap(), expired);
        let valid = peek(&mut connection, &ben, Purpose::Invitation, NOW).await.unwrap();
        assert_eq!(valid, LinkState::Valid(ben_link));

        assert_eq!(prune(&mut connection, NOW + REMEMBERED).await.unwrap(), 0);
        assert_eq!(prune(&mut connection, NOW + REMEMBERED + 1).await.unwrap(), 3);
        assert_eq!(prune(&mut connection, NOW + REMEMBERED + DAY + 1).await.unwrap(), 1);
    })
    .await;
}
