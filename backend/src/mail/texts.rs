//! What mails say, in one place so that it can be translated; and the addresses of the pages that they lead to.

use super::Message;
use crate::one_time_link::Purpose;
use crate::random::Token;

/// The page where a link is used.
pub fn link(public_url: &str, purpose: Purpose, token: &Token) -> String {
    let page = match purpose {
        Purpose::SetUp => "set-up",
        Purpose::Invitation => "invitation",
        Purpose::PasswordReset => "reset",
        Purpose::Recovery => "recover",
    };
    format!("{}/{page}/{}", public_url.trim_end_matches('/'), token.as_str())
}

/// An invitation to join.
pub fn invitation(to: &str, organization: &str, link: &str) -> Message {
    Message {
        to: to.to_owned(),
        subject: format!("You are invited to {organization}"),
        body: format!(
            "Hello,\n\nyou are invited to join {organization} in Rolecall. Open this page to choose a password:\n\n\
             {link}\n\nThe link works once and for 7 days. If you did not expect it, ignore this mail.\n"
        ),
    }
}

/// A link to a new password.
pub fn password_reset(to: &str, link: &str) -> Message {
    Message {
        to: to.to_owned(),
        subject: "Choose a new password".to_owned(),
        body: format!(
            "Hello,\n\nsomebody, probably you, asked for a new password for your Rolecall account. Open this page to \
             choose one:\n\n{link}\n\nThe link works once and for one hour. If you did not ask for it, ignore this \
             mail: your password stays as it is.\n"
        ),
    }
}
