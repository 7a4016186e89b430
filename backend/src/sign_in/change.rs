//! Changing one's own password, by who knows the present one.

use super::{ChangeError, SignIn, within_limit};
use crate::one_time_link::{self, Purpose};
use crate::password::{self, About};
use crate::profile;
use crate::session::{self, Session};
use crate::sign_in_events::{self, EventKind, From};

impl SignIn {
    /// Sets a new password and ends the person's other sessions; links to a new password stop working.
    pub async fn change_password(
        &self,
        session: &Session,
        old: &str,
        new: &str,
        from: &From,
        organization: &str,
    ) -> Result<(), ChangeError> {
        let user = session.user;
        // A stolen session must not serve for guessing either. Counted apart from signing in.
        let attempt = self.limits.guess(&format!("change {user}"), from)?;
        if !attempt.is_within_account() {
            return Err(attempt.too_many().into());
        }
        let about = self.about(user, organization).await?;
        password::check(new, &about)?;
        let present = self.password_of(Some(user)).await?;
        if !self.parts.hasher.verify(within_limit(old), present).await?.right {
            self.note(Some(user), EventKind::Refused, from).await?;
            return Err(ChangeError::WrongOld);
        }
        attempt.was_right();
        let hash = self.parts.hasher.prepare(new, &about).await?;

        let now = self.parts.clock.now();
        let mut transaction = self.parts.database.begin().await?;
        password::store::set(&mut transaction, user, &hash, now).await?;
        one_time_link::revoke(&mut transaction, user, Purpose::PasswordReset, now).await?;
        session::end_all_but_in(&mut transaction, user, &session.id).await?;
        let kind = EventKind::PasswordChanged;
        sign_in_events::insert(&mut transaction, &self.parts.random, now, Some(user), kind, from).await?;
        transaction.commit().await?;
        self.parts.sessions.forget(user);
        Ok(())
    }

    /// What a stranger may know about a person.
    pub(super) async fn about(
        &self,
        user: model::id::UserId,
        organization: &str,
    ) -> Result<About, sqlx::Error> {
        let mut connection = self.parts.database.pool().acquire().await?;
        let profile = profile::get(&mut connection, user).await?.unwrap_or_default();
        Ok(About { name: profile.name, email: profile.email, organization: organization.to_owned() })
    }
}
