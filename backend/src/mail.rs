//! Mail, where an SMTP server is configured. It is sent in the background: a slow or broken mail server never
//! holds up or fails a request, it is written to the log. Addresses, texts and links are not.

pub mod texts;

use std::sync::Arc;
use std::time::Duration;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use thiserror::Error;
use tokio::sync::Semaphore;

/// How many mails may be on their way at once; more are dropped with a line in the log.
const MOST_AT_ONCE: usize = 200;
const TIMEOUT: Duration = Duration::from_secs(20);

/// A plain-text message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The address it goes to.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// What is wrong with the configuration of mail.
#[derive(Debug, Error)]
pub enum MailError {
    /// The server's address.
    #[error(
        "the address of the mail server is not one: write smtp://HOST:PORT, smtp://USER:PASSWORD@HOST:PORT?tls=required \
         or smtps://USER:PASSWORD@HOST"
    )]
    Server,
    /// The sender.
    #[error(
        "the sender of mail is not an address: write rolecall@example.com or Rolecall <rolecall@example.com>"
    )]
    Sender,
}

/// Sends mail, or knows that it cannot. Cheap to clone.
#[derive(Clone)]
pub struct Mailer(Option<Arc<Smtp>>);

struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    on_their_way: Arc<Semaphore>,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(if self.0.is_some() { "Mailer(smtp)" } else { "Mailer(none)" })
    }
}

impl Mailer {
    /// No mail is configured: links are handed over by people.
    pub fn none() -> Self {
        Self(None)
    }

    /// Mail through a server. Must be called inside a tokio runtime.
    pub fn smtp(url: &str, sender: &str) -> Result<Self, MailError> {
        let sender = sender.parse().map_err(|_| MailError::Sender)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| MailError::Server)?
            .timeout(Some(TIMEOUT))
            .build();
        let on_their_way = Arc::new(Semaphore::new(MOST_AT_ONCE));
        Ok(Self(Some(Arc::new(Smtp { transport, sender, on_their_way }))))
    }

    /// Whether mail can be sent, so that a page can say what to do instead.
    pub fn is_configured(&self) -> bool {
        self.0.is_some()
    }

    /// Sends a message in the background; without a mail server it does nothing.
    pub fn send(&self, message: Message) {
        let Some(smtp) = self.0.clone() else { return };
        let Ok(place) = Arc::clone(&smtp.on_their_way).try_acquire_owned() else {
            tracing::warn!("a mail was dropped: {MOST_AT_ONCE} are waiting for the mail server");
            return;
        };
        tokio::spawn(async move {
            if let Err(reason) = smtp.deliver(message).await {
                tracing::warn!(reason, "a mail could not be sent");
            }
            drop(place);
        });
    }
}

impl Smtp {
    async fn deliver(&self, message: Message) -> Result<(), String> {
        // The error of a bad address would repeat it.
        let to = message.to.parse().map_err(|_| "the address is not valid".to_owned())?;
        let mail = lettre::Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(message.body)
            .map_err(|error| error.to_string())?;
        self.transport.send(mail).await.map_err(|error| describe(&error))?;
        Ok(())
    }
}

/// A server's answer may repeat the address it refused, so that only its code is kept.
fn describe(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None => "the mail server could not be reached or spoken to".to_owned(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
