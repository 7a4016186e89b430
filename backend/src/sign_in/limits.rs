//! How often passwords, links and mails may be tried.

use std::net::IpAddr;
use std::sync::Arc;

use model::id::UserId;

use crate::clock::{Clock, MINUTE, SECOND};
use crate::rate_limit::{RateLimit, TooMany, network};
use crate::sign_in_events::From;

/// The limits of one process.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    /// An address, whatever it tries. A whole office may stand behind one.
    address: Arc<RateLimit>,
    /// An account from one address: somebody who has forgotten, or who guesses.
    account_at_address: Arc<RateLimit>,
    /// An account from everywhere: loose, since strangers could use it up.
    account: Arc<RateLimit>,
    /// Mails to one person, so that nobody's mailbox is filled.
    mails: Arc<RateLimit>,
}

/// A guess that was counted.
pub(super) struct Attempt<'a> {
    limits: &'a Limits,
    account: String,
    network: IpAddr,
    over_account: Option<TooMany>,
}

impl Limits {
    pub(super) fn new(clock: &Clock) -> Self {
        let limit = |burst, interval| Arc::new(RateLimit::new(clock.clone(), burst, interval));
        Self {
            address: limit(60, 5 * SECOND),
            account_at_address: limit(6, 30 * SECOND),
            account: limit(60, 20 * SECOND),
            mails: limit(3, 20 * MINUTE),
        }
    }

    /// Counts a guess at an account's password.
    pub(super) fn guess(&self, account: &str, from: &From) -> Result<Attempt<'_>, TooMany> {
        let network = network(from.address);
        self.address.take(network)?;
        self.account_at_address.take((account, network))?;
        let over_account = self.account.take(account).err();
        Ok(Attempt { limits: self, account: account.to_owned(), network, over_account })
    }

    /// Counts what an address asks for without naming an account that could be guessed at.
    pub(super) fn ask(&self, from: &From) -> Result<(), TooMany> {
        self.address.take(network(from.address))
    }

    /// Counts a mail to a person.
    pub(super) fn mail(&self, to: UserId) -> Result<(), TooMany> {
        self.mails.take(to)
    }
}

impl Attempt<'_> {
    /// Whether the loose limit of the account allows it.
    pub(super) fn is_within_account(&self) -> bool {
        self.over_account.is_none()
    }

    /// How long to wait when it does not.
    pub(super) fn too_many(&self) -> TooMany {
        self.over_account.unwrap_or(TooMany { seconds: 1 })
    }

    /// It was no guess: the person knows the password.
    pub(super) fn was_right(self) {
        self.limits.address.give_back(self.network);
        self.limits.account_at_address.give_back((self.account.as_str(), self.network));
        if self.over_account.is_none() {
            self.limits.account.give_back(self.account.as_str());
        }
    }
}
