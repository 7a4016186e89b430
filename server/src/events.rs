//! The event stream: the number of each new revision and what it touches, nothing that a reader may not see.
//!
//! One stream serves all tabs of a browser. It ends when its session ends, when the server stops, and never
//! keeps either of them alive.

use crate::console::Console;
use crate::edge::session::Visitor;
use app::problem::Kind;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use backend::Announcement;
use backend::session::Session;
use futures::stream::{self, Stream};
use model::change::Touched;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

/// How often a silent stream says that it is there, and looks whether its session still holds.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// The most streams that one session keeps open: a browser needs one.
const MOST_STREAMS: usize = 8;

/// How many streams each session has open.
#[derive(Debug, Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<String, usize>>>);

/// One open stream; it is counted until this is dropped.
#[derive(Debug)]
pub struct Open {
    streams: Streams,
    session: String,
}

impl Streams {
    /// Counts one more stream of a session; `None` when it has too many.
    #[must_use]
    pub fn open(&self, session: &str) -> Option<Open> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(session.to_owned()).or_default();
        if *count >= MOST_STREAMS {
            return None;
        }
        *count += 1;
        Some(Open { streams: self.clone(), session: session.to_owned() })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut all = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.session) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.session);
            }
        }
    }
}

/// What is told of a revision.
#[derive(Debug, Serialize)]
struct News {
    revision: u64,
    touched: BTreeSet<Touched>,
    build: &'static str,
}

/// A stream that is being listened to.
struct Listening {
    console: Console,
    session: Session,
    announcements: broadcast::Receiver<Announcement>,
    heartbeat: Interval,
    closing: watch::Receiver<bool>,
    /// The first event says where we are, for a browser that was away.
    greeted: bool,
    _open: Open,
}

/// `GET /events`
pub async fn events(State(console): State<Console>, visitor: Visitor) -> Response {
    let Some(session) = visitor.session else {
        let message = "You are signed out. Sign in again.";
        return crate::answer::problem(StatusCode::UNAUTHORIZED, Kind::SignedOut, message, None);
    };
    let Some(open) = console.streams().open(&session.id) else {
        let message = "This browser listens often enough already. Close some of its windows.";
        return crate::answer::problem(StatusCode::TOO_MANY_REQUESTS, Kind::TooMany, message, None);
    };
    let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listening = Listening {
        announcements: console.backend().subscribe(),
        closing: console.closing(),
        console,
        session,
        heartbeat,
        greeted: false,
        _open: open,
    };
    Sse::new(stream(listening)).into_response()
}

fn stream(listening: Listening) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listening, |mut listening| async move {
        let event = listening.next().await?;
        Some((Ok(event), listening))
    })
}

impl Listening {
    /// The next event; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        if !self.greeted {
            self.greeted = true;
            return Some(self.news(self.console.backend().state().revision(), BTreeSet::new()));
        }
        let heard = tokio::select! {
            _ = self.closing.wait_for(|closing| *closing) => return None,
            _ = self.heartbeat.tick() => None,
            heard = self.announcements.recv() => Some(heard),
        };
        let event = match heard {
            None => Event::default().comment("still here"),
            Some(Ok(heard)) => self.news(heard.revision, heard.touched),
            // Some were missed: what they touched is not known, so nothing is said of it.
            Some(Err(broadcast::error::RecvError::Lagged(_))) => {
                self.news(self.console.backend().state().revision(), BTreeSet::new())
            }
            Some(Err(broadcast::error::RecvError::Closed)) => return None,
        };
        self.console.is_live(&self.session).await.then_some(event)
    }

    fn news(&self, revision: u64, touched: BTreeSet<Touched>) -> Event {
        let news = News { revision, touched, build: self.console.assets().build };
        Event::default().json_data(news).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_up_to_eight_streams_at_once() {
        let streams = Streams::default();
        let mut open: Vec<Open> = (0..MOST_STREAMS).map(|_| streams.open("a").unwrap()).collect();
        assert!(streams.open("a").is_none());
        assert!(streams.open("b").is_some());
        open.pop();
        assert!(streams.open("a").is_some());
        drop(open);
        assert!(streams.0.lock().unwrap().is_empty());
    }
}
