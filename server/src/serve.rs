//! Serving: from an open data folder to a stopped server.
//!
//! Stopping is orderly: no new connection, event streams end, requests and commits finish, the database closes.

use crate::command_line::{Mail, Serve};
use crate::commands::Failure;
use crate::commands::storage::{self, secret};
use crate::console::{Console, Parts};
use crate::edge::address::TrustedProxies;
use crate::routes;
use crate::settings::PublicUrl;
use backend::Backend;
use backend::clock::{Clock, DAY};
use backend::database::Database;
use backend::folders::jobs;
use backend::mail::{Mailer, texts};
use backend::one_time_link::{self, NewLink, Purpose};
use backend::password::Hasher;
use backend::random::Random;
use backend::session::{SessionLimits, Sessions};
use backend::sign_in::{self, SignIn};
use backend::sign_in_events;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long running requests may take to finish once the server stops.
const GRACE: Duration = Duration::from_secs(20);
/// How often rows that have had their time are removed.
const TIDY_EVERY: Duration = Duration::from_secs(3_600);
/// A set-up link holds until the next start, and no longer than this.
const SET_UP_LIFETIME: i64 = 7 * DAY;

/// A console that is ready to serve, and what it holds while it does.
pub struct Running {
    /// What every route works with.
    pub console: Console,
    listener: TcpListener,
    _storage: storage::Locked,
}

/// Opens everything that serving needs, up to the port.
///
/// # Errors
/// A sentence that says what is in the way and what to do.
pub async fn open(options: &Serve, clock: Clock, random: Random) -> Result<Running, Failure> {
    // What can be judged without touching anything comes first.
    let wanted = options.address.public_url.as_deref().map(PublicUrl::parse).transpose()?;
    let mailer = mailer(&options.mail)?;
    let (database, locked) = storage::open_alone(&options.storage, &clock).await?;
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|cause| Failure::Listen { address: options.listen, cause })?;
    let port = listener.local_addr().map_or(options.listen.port(), |address| address.port());
    let url = wanted.unwrap_or_else(|| PublicUrl::local(port));
    let proxies = TrustedProxies::new(options.trusted_proxy.clone());
    let console = console(database, clock, random, Wired { mailer, url, proxies }).await?;
    Ok(Running { console, listener, _storage: locked })
}

/// What a console is told by its operator.
pub struct Wired {
    /// Outgoing mail.
    pub mailer: Mailer,
    /// Where people find the console.
    pub url: PublicUrl,
    /// Whose word on addresses is taken.
    pub proxies: TrustedProxies,
}

/// A console on a database whose schema is up to date.
///
/// # Errors
/// When the state cannot be loaded.
pub async fn console(
    database: Database,
    clock: Clock,
    random: Random,
    wired: Wired,
) -> Result<Console, Failure> {
    let Wired { mailer, url, proxies } = wired;
    let backend = Backend::open(database.clone(), clock.clone(), random.clone()).await?;
    let sessions = Sessions::new(database.clone(), clock.clone(), random.clone(), SessionLimits::default());
    let sign_in = SignIn::new(sign_in::Parts {
        database,
        clock,
        random: random.clone(),
        hasher: Hasher::start(random).map_err(Failure::Thread)?,
        sessions: sessions.clone(),
        mailer: mailer.clone(),
        public_url: url.origin().to_owned(),
    });
    backend.use_sign_in(sign_in.clone());
    Ok(Console::new(Parts { backend, sign_in, sessions, mailer, url, proxies }))
}

fn mailer(mail: &Mail) -> Result<Mailer, Failure> {
    let url = secret(mail.smtp_url.as_ref(), mail.smtp_url_file.as_deref())?;
    match (url, &mail.mail_from) {
        (Some(url), Some(from)) => Ok(Mailer::smtp(&url, from)?),
        _ => Ok(Mailer::none()),
    }
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.local_addr().ok()
    }

    /// What a person at the machine is told at the start: the address, and the link of the set-up until it is done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn greeting(&self) -> Result<String, Failure> {
        let origin = self.console.url().origin();
        let mut lines = format!("Rolecall answers at {origin}\n");
        if !self.console.backend().is_set_up() {
            let link = set_up_link(&self.console).await?;
            lines.push_str(&format!(
                "No organization is set up yet. Open this link once to set it up:\n\n    {link}\n\n"
            ));
        }
        Ok(lines)
    }

    /// Serves until `stop` is there, then finishes what runs.
    ///
    /// # Errors
    /// When the port fails.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Failure> {
        let console = self.console.clone();
        let following = tokio::spawn(console.backend().clone().follow());
        let tidying = tokio::spawn(tidy(console.clone()));
        let (stopping, mut stopped) = tokio::sync::watch::channel(false);
        let ending = console.clone();
        let stop = async move {
            stop.await;
            ending.begin_closing();
            stopping.send_replace(true);
        };
        let routes = routes::router(console.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(self.listener, routes).with_graceful_shutdown(stop);
        // A browser that never finishes its request must not keep the server from stopping.
        let patience = async {
            let _ = stopped.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(GRACE).await;
        };
        let outcome = tokio::select! {
            outcome = async { serving.await } => outcome.map_err(Failure::Serve),
            () = patience => Ok(()),
        };
        tidying.abort();
        console.backend().close().await;
        let _ = following.await;
        outcome
    }
}

/// A new link for the set-up; those of earlier starts no longer work.
async fn set_up_link(console: &Console) -> Result<String, Failure> {
    let backend = console.backend();
    let now = backend.clock().now();
    let mut transaction = backend.database().begin().await.map_err(backend::Error::from)?;
    one_time_link::revoke_set_up(&mut transaction, now).await.map_err(backend::Error::from)?;
    let new = NewLink { purpose: Purpose::SetUp, user: None, created_by: None, lifetime: SET_UP_LIFETIME };
    let (token, _) = one_time_link::create(&mut transaction, backend.random(), now, new)
        .await
        .map_err(backend::Error::from)?;
    transaction.commit().await.map_err(backend::Error::from)?;
    Ok(texts::link(console.url().origin(), Purpose::SetUp, &token))
}

/// Removes sessions, links, sign-in events and jobs that have had their time.
async fn tidy(console: Console) {
    let mut every = tokio::time::interval(TIDY_EVERY);
    loop {
        every.tick().await;
        if let Err(cause) = tidy_once(&console).await {
            tracing::warn!(%cause, "rows that have had their time could not be removed; trying again later");
        }
    }
}

async fn tidy_once(console: &Console) -> Result<(), backend::Error> {
    console.sessions().prune().await?;
    let backend = console.backend();
    let mut connection = backend.database().pool().acquire().await?;
    let now = backend.clock().now();
    one_time_link::prune(&mut connection, now).await?;
    sign_in_events::prune(&mut connection, now - sign_in_events::KEPT).await?;
    jobs::prune(&mut connection, now - jobs::KEPT).await?;
    Ok(())
}
