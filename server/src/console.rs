//! The running console: what every route works with. Cheap to clone.

use crate::edge::address::TrustedProxies;
use crate::edge::cookie::SessionCookie;
use crate::events::Streams;
use crate::settings::PublicUrl;
use crate::site;
use app::document::Assets;
use backend::Backend;
use backend::mail::Mailer;
use backend::random::Token;
use backend::session::{Session, Sessions};
use backend::sign_in::SignIn;
use std::sync::Arc;
use tokio::sync::watch;

/// The handle to everything that serves.
#[derive(Clone)]
pub struct Console(Arc<Served>);

/// What a console is made of.
pub struct Parts {
    /// The state, the log and the one way in.
    pub backend: Backend,
    /// Passwords and one-time links.
    pub sign_in: SignIn,
    /// Who is signed in.
    pub sessions: Sessions,
    /// Outgoing mail.
    pub mailer: Mailer,
    /// Where people find the console.
    pub url: PublicUrl,
    /// Whose word on addresses is taken.
    pub proxies: TrustedProxies,
}

struct Served {
    parts: Parts,
    assets: Assets,
    streams: Streams,
    closing: watch::Sender<bool>,
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Console").field("url", &self.0.parts.url).finish_non_exhaustive()
    }
}

impl Console {
    /// A console that serves the site of this binary.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let streams = Streams::default();
        Self(Arc::new(Served { parts, assets: assets(), streams, closing: watch::channel(false).0 }))
    }

    /// The state, the log and the one way in.
    #[must_use]
    pub fn backend(&self) -> &Backend {
        &self.0.parts.backend
    }

    /// Passwords and one-time links.
    #[must_use]
    pub fn sign_in(&self) -> &SignIn {
        &self.0.parts.sign_in
    }

    /// Who is signed in.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.0.parts.sessions
    }

    /// Outgoing mail.
    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.parts.mailer
    }

    /// Where people find the console.
    #[must_use]
    pub fn url(&self) -> &PublicUrl {
        &self.0.parts.url
    }

    /// Whose word on addresses is taken.
    #[must_use]
    pub fn proxies(&self) -> &TrustedProxies {
        &self.0.parts.proxies
    }

    /// The session's cookie.
    #[must_use]
    pub fn cookie(&self) -> SessionCookie {
        SessionCookie::new(self.url().is_secure())
    }

    /// Where the files of the site are.
    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// The event streams that are open.
    #[must_use]
    pub fn streams(&self) -> &Streams {
        &self.0.streams
    }

    /// The session of that token, when it holds and its person is active.
    pub async fn session(&self, token: &Token) -> Option<Session> {
        match self.sessions().validate(token).await {
            Ok(session) => {
                let state = self.backend().state();
                session.filter(|session| model::decide::is_active(&state, session.user))
            }
            Err(cause) => {
                tracing::error!(%cause, "a session could not be looked up");
                None
            }
        }
    }

    /// Whether a session still holds and its person is active. Unlike [`Console::session`] this is no use of it:
    /// a page that is merely open does not keep its session from ending.
    pub async fn is_live(&self, session: &Session) -> bool {
        if !model::decide::is_active(&self.backend().state(), session.user) {
            return false;
        }
        match self.sessions().list(session.user).await {
            Ok(all) => all.iter().any(|one| one.id == session.id),
            Err(cause) => {
                tracing::error!(%cause, "a session could not be looked up");
                false
            }
        }
    }

    /// Becomes true when the console stops serving.
    #[must_use]
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    /// Ends the event streams, so that the server can stop.
    pub fn begin_closing(&self) {
        self.0.closing.send_replace(true);
    }
}

/// Addresses of the site's files. A binary without a site has none of them and still answers programs.
fn assets() -> Assets {
    let of = |name| site::asset(name).unwrap_or("/assets/missing");
    Assets {
        script: of("frontend.js"),
        loader: of("pieces.js"),
        wasm: of("frontend.wasm"),
        pieces: site::pieces().into(),
        style: of("style.css"),
        live: of("live.js"),
        icons: of("icon.svg"),
        // The address holds a hash of the browser's half: it changes whenever an open page is outdated.
        build: of("frontend.wasm"),
    }
}
