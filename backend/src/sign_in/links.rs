//! Passwords set by a link: forgotten, invited, or recovered from the machine itself.

use model::id::UserId;
use sqlx::{Any, AnyConnection, Transaction};

use super::{LinkError, SignIn};
use crate::clock::{DAY, HOUR};
use crate::mail::texts;
use crate::one_time_link::{self, Link, LinkRefused, LinkState, NewLink, Purpose};
use crate::password::{self, About, PasswordError, PasswordHash};
use crate::random::Token;
use crate::rate_limit::TooMany;
use crate::session::{self, NewSession};
use crate::sign_in_events::{self, EventKind, From};

/// How long an invitation works.
pub const INVITATION_LIFETIME: i64 = 7 * DAY;
/// How long a link to a new password works that was sent by mail.
pub const RESET_BY_MAIL_LIFETIME: i64 = HOUR;
/// How long one works that an administrator hands over.
pub const RESET_LIFETIME: i64 = DAY;
/// How long a link to sign in works that was made on the machine.
pub const RECOVERY_LIFETIME: i64 = HOUR;

/// Ends what a person has in hand: sessions and links. For the transaction that deactivates or removes the
/// person; call [`session::Sessions::forget`] once it is committed.
pub async fn end_access_in(
    connection: &mut AnyConnection,
    user: UserId,
    now: i64,
) -> Result<(), sqlx::Error> {
    session::end_all_in(connection, user).await?;
    one_time_link::revoke_all(connection, user, now).await
}

impl SignIn {
    /// Answers the same, after the same work, whether or not somebody has the address: looking, and sending the
    /// mail, happen afterwards. Without a mail server nothing is made.
    pub async fn reset_request(
        &self,
        email: &str,
        from: &From,
        is_active: impl Fn(UserId) -> bool + Send + 'static,
    ) -> Result<(), TooMany> {
        self.limits.ask(from)?;
        let (this, email) = (self.clone(), email.to_owned());
        tokio::spawn(async move {
            if let Err(error) = this.mail_reset_link(&email, is_active).await {
                tracing::error!(%error, "a link to a new password could not be made");
            }
        });
        Ok(())
    }

    async fn mail_reset_link(
        &self,
        email: &str,
        is_active: impl Fn(UserId) -> bool,
    ) -> Result<(), sqlx::Error> {
        let Some((user, profile)) = self.find(email).await? else { return Ok(()) };
        if !self.parts.mailer.is_configured() || !is_active(user) || self.limits.mail(user).is_err() {
            return Ok(());
        }
        let token = self.replace_link(user, None, Purpose::PasswordReset, RESET_BY_MAIL_LIFETIME).await?;
        let link = texts::link(&self.parts.public_url, Purpose::PasswordReset, &token);
        self.parts.mailer.send(texts::password_reset(&profile.email, &link));
        Ok(())
    }

    /// A link to a new password, for an administrator to hand over. That the administrator holds all that the
    /// person does is the caller's to require.
    pub async fn reset_link(&self, user: UserId, created_by: UserId) -> Result<Token, sqlx::Error> {
        self.replace_link(user, Some(created_by), Purpose::PasswordReset, RESET_LIFETIME).await
    }

    /// A link that signs a person in without a password, made on the machine itself.
    pub async fn recover_link(&self, user: UserId) -> Result<Token, sqlx::Error> {
        self.replace_link(user, None, Purpose::Recovery, RECOVERY_LIFETIME).await
    }

    /// An invitation, within the transaction that invites; earlier ones stop working.
    pub async fn invitation_link(
        &self,
        connection: &mut AnyConnection,
        user: UserId,
        created_by: Option<UserId>,
    ) -> Result<Token, sqlx::Error> {
        self.replace_link_in(connection, user, created_by, Purpose::Invitation, INVITATION_LIFETIME).await
    }

    /// The address of the page where a link is used.
    pub fn link(&self, purpose: Purpose, token: &Token) -> String {
        texts::link(&self.parts.public_url, purpose, token)
    }

    /// Sends an invitation by mail, in the background, where mail is configured.
    pub fn mail_invitation(&self, to: &str, organization: &str, token: &Token) {
        let link = self.link(Purpose::Invitation, token);
        self.parts.mailer.send(texts::invitation(to, organization, &link));
    }

    /// What a link is worth, for the page that it opens.
    pub async fn peek(&self, token: &Token, purpose: Purpose, from: &From) -> Result<LinkState, LinkError> {
        self.limits.ask(from)?;
        let mut connection = self.parts.database.pool().acquire().await?;
        Ok(one_time_link::peek(&mut connection, token, purpose, self.parts.clock.now()).await?)
    }

    /// Sets a new password by a link and ends all sessions of the person, who then signs in with it.
    pub async fn reset(
        &self,
        token: &Token,
        new: &str,
        from: &From,
        organization: &str,
    ) -> Result<UserId, LinkError> {
        let (user, hash) =
            self.prepare_by_link(token, Purpose::PasswordReset, new, from, organization).await?;
        let mut transaction = self.parts.database.begin().await?;
        self.use_link(&mut transaction, token, Purpose::PasswordReset, user).await?;
        self.replace_credentials(&mut transaction, user, Some(&hash), EventKind::PasswordReset, from).await?;
        self.commit(transaction, user).await?;
        Ok(user)
    }

    /// Signs in by a link made on the machine, with or without choosing a new password. Other sessions end.
    pub async fn recover(
        &self,
        token: &Token,
        new: Option<&str>,
        from: &From,
        organization: &str,
    ) -> Result<NewSession, LinkError> {
        let (user, hash) = match new {
            Some(new) => {
                let (user, hash) =
                    self.prepare_by_link(token, Purpose::Recovery, new, from, organization).await?;
                (user, Some(hash))
            }
            None => (self.valid(token, Purpose::Recovery, from).await?, None),
        };
        let mut transaction = self.parts.database.begin().await?;
        self.use_link(&mut transaction, token, Purpose::Recovery, user).await?;
        self.replace_credentials(&mut transaction, user, hash.as_ref(), EventKind::Recovered, from).await?;
        self.commit(transaction, user).await?;
        Ok(self.parts.sessions.start(user, from).await?)
    }

    /// Checks a new password and hashes it, for [`SignIn::accept_invitation`] or a first administrator. Slow:
    /// before the transaction, not inside.
    pub async fn prepare_password(&self, new: &str, about: &About) -> Result<PasswordHash, PasswordError> {
        self.parts.hasher.prepare(new, about).await
    }

    /// Whose invitation this is, and the new password hashed; for [`SignIn::accept_invitation`].
    pub async fn prepare_invitation(
        &self,
        token: &Token,
        new: &str,
        from: &From,
        organization: &str,
    ) -> Result<(UserId, PasswordHash), LinkError> {
        self.prepare_by_link(token, Purpose::Invitation, new, from, organization).await
    }

    /// Uses an invitation up and sets the person's first password, within the transaction that makes the person
    /// active: both happen or neither.
    pub async fn accept_invitation(
        &self,
        connection: &mut AnyConnection,
        token: &Token,
        user: UserId,
        hash: &PasswordHash,
        from: &From,
    ) -> Result<(), LinkError> {
        self.use_link(connection, token, Purpose::Invitation, user).await?;
        self.replace_credentials(connection, user, Some(hash), EventKind::InvitationAccepted, from).await?;
        Ok(())
    }

    /// The same in a transaction of its own, where nothing else is to be written.
    pub async fn set_password_by_invitation(
        &self,
        token: &Token,
        new: &str,
        from: &From,
        organization: &str,
    ) -> Result<UserId, LinkError> {
        let (user, hash) = self.prepare_invitation(token, new, from, organization).await?;
        let mut transaction = self.parts.database.begin().await?;
        self.accept_invitation(&mut transaction, token, user, &hash, from).await?;
        self.commit(transaction, user).await?;
        Ok(user)
    }

    /// Looks at the link before the slow work; whether it still works is decided when it is used.
    async fn prepare_by_link(
        &self,
        token: &Token,
        purpose: Purpose,
        new: &str,
        from: &From,
        organization: &str,
    ) -> Result<(UserId, PasswordHash), LinkError> {
        let user = self.valid(token, purpose, from).await?;
        let about = self.about(user, organization).await?;
        Ok((user, self.parts.hasher.prepare(new, &about).await?))
    }

    async fn valid(&self, token: &Token, purpose: Purpose, from: &From) -> Result<UserId, LinkError> {
        match self.peek(token, purpose, from).await? {
            LinkState::Valid(Link { user: Some(user), .. }) => Ok(user),
            LinkState::Valid(Link { user: None, .. }) => Err(LinkRefused::Unknown.into()),
            LinkState::Refused(refused) => Err(refused.into()),
        }
    }

    async fn use_link(
        &self,
        connection: &mut AnyConnection,
        token: &Token,
        purpose: Purpose,
        user: UserId,
    ) -> Result<(), LinkError> {
        let link = one_time_link::consume(connection, token, purpose, self.parts.clock.now()).await??;
        if link.user == Some(user) { Ok(()) } else { Err(LinkRefused::Unknown.into()) }
    }

    /// A new password, if there is one; no session and no other link to a new password survives it.
    async fn replace_credentials(
        &self,
        connection: &mut AnyConnection,
        user: UserId,
        hash: Option<&PasswordHash>,
        kind: EventKind,
        from: &From,
    ) -> Result<(), sqlx::Error> {
        let now = self.parts.clock.now();
        if let Some(hash) = hash {
            password::store::set(connection, user, hash, now).await?;
        }
        one_time_link::revoke(connection, user, Purpose::PasswordReset, now).await?;
        session::end_all_in(connection, user).await?;
        sign_in_events::insert(connection, &self.parts.random, now, Some(user), kind, from).await
    }

    async fn commit(&self, transaction: Transaction<'static, Any>, user: UserId) -> Result<(), sqlx::Error> {
        transaction.commit().await?;
        self.parts.sessions.forget(user);
        Ok(())
    }

    async fn replace_link(
        &self,
        user: UserId,
        created_by: Option<UserId>,
        purpose: Purpose,
        lifetime: i64,
    ) -> Result<Token, sqlx::Error> {
        let mut transaction = self.parts.database.begin().await?;
        let token = self.replace_link_in(&mut transaction, user, created_by, purpose, lifetime).await?;
        transaction.commit().await?;
        Ok(token)
    }

    /// Only the newest link of a purpose works.
    async fn replace_link_in(
        &self,
        connection: &mut AnyConnection,
        user: UserId,
        created_by: Option<UserId>,
        purpose: Purpose,
        lifetime: i64,
    ) -> Result<Token, sqlx::Error> {
        let now = self.parts.clock.now();
        one_time_link::revoke(connection, user, purpose, now).await?;
        let new = NewLink { purpose, user: Some(user), created_by, lifetime };
        let (token, _) = one_time_link::create(connection, &self.parts.random, now, new).await?;
        Ok(token)
    }
}
