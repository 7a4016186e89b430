//! Who is signed in with a request, as its cookie says.

use super::ClientAddress;
use crate::console::Console;
use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use backend::caller::SignedIn;
use backend::random::Token;
use backend::session::Session;
use backend::sign_in_events::From;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

/// Whoever asks, perhaps signed in.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The token of the cookie, whatever it is worth.
    pub token: Option<Token>,
    /// The session, when it holds and its person is active.
    pub session: Option<Session>,
    /// From where.
    pub from: From,
}

/// The longest name of a browser that is kept, in characters.
const LONGEST_AGENT: usize = 300;

impl Visitor {
    /// Who is signed in, for the backend.
    #[must_use]
    pub fn signed_in(&self) -> Option<SignedIn> {
        let session = self.session.as_ref()?;
        Some(SignedIn { user: session.user, session: session.id.clone() })
    }
}

impl FromRequestParts<Console> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Infallible> {
        let token = console.cookie().read(&parts.headers);
        let session = match &token {
            Some(token) => console.session(token).await,
            None => None,
        };
        Ok(Self { token, session, from: from(parts) })
    }
}

fn from(parts: &Parts) -> From {
    let address = parts.extensions.get::<ClientAddress>();
    let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    From {
        address: address.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.0),
        agent: agent.chars().take(LONGEST_AGENT).collect(),
    }
}
