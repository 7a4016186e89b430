//! The first revision of the small organizations that stories are told in, and who asks in them.

use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::{Caller, SignedIn};
use crate::clock::Clock;
use crate::database::Database;
use crate::profile;
use crate::random::Random;
use model::change::Change;
use model::guard::Actor;
use model::id::UserId;
use model::person::Profile;
use sqlx::query;

/// An organization called *Example*, made by these changes at the moment 1,000. The people among them get profiles;
/// `keeper` alone has a password, and so is in charge.
pub(crate) async fn founded(
    database: &Database,
    changes: Vec<Change>,
    people: &'static [(UserId, &'static str)],
    keeper: UserId,
) -> Backend {
    let backend = Backend::open(database.clone(), Clock::fixed(1_000), Random::seeded(1)).await.unwrap();
    let mut all = vec![Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() }];
    all.extend(changes);
    let proposal = Proposal::new(Actor::SetUp, all).beside(move |to| {
        Box::pin(async move {
            for (user, name) in people {
                let email = format!("{}@example.com", name.to_lowercase());
                profile::insert(&mut *to, *user, &Profile::new(name, &email), 1_000).await.unwrap();
            }
            query("INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, 'x', 1)")
                .bind(keeper.to_string())
                .execute(to)
                .await?;
            Ok(())
        })
    });
    backend.commit(proposal).await.unwrap();
    backend
}

/// Somebody who asks.
pub(crate) fn caller(backend: &Backend, user: UserId) -> Caller {
    backend.caller(SignedIn { user, session: "s".to_owned() }).unwrap()
}
