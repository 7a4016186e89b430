//! A process that is killed in the middle of a save loses no change that it has acknowledged.
//!
//! The real binary saves over HTTP without a pause, on two connections; again and again it is killed at a
//! random moment and started on what it left behind. Needs a binary with a site, as `make test` builds it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use backend::access::log;
use backend::clock::Clock;
use backend::database::Database;
use backend::doctor;
use backend::random::Random;
use backend::session::{SessionLimits, Sessions};
use backend::sign_in_events::From;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const KILLS: u32 = 200;
/// The doctor replays the whole log: not after every kill.
const EXAMINED_EVERY: u32 = 25;

/// What was acknowledged: the number of the revision, and the name that it brought.
type Acknowledged = Arc<Mutex<BTreeMap<u64, String>>>;

struct Program {
    folder: tempfile::TempDir,
    port: u16,
    token: String,
}

impl Program {
    /// An organization with one administrator, who is signed in.
    async fn set_up() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = command(folder.path())
            .args(["setup", "--organization", "Example", "--admin-email", "ada@example.com"])
            .args(["--admin-name", "Ada Holm", "--area", "applications", "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"marble otter lantern 93\n").unwrap();
        assert!(child.wait().unwrap().success());
        let database = open(folder.path()).await;
        let mut connection = database.pool().acquire().await.unwrap();
        let state = log::replay(&mut connection).await.unwrap();
        let ada = state.people().next().unwrap().id;
        drop(connection);
        let limits = SessionLimits::default();
        let sessions = Sessions::new(database.clone(), Clock::system(), Random::system(), limits);
        let from = From::new(Ipv4Addr::LOCALHOST.into(), "kill");
        let token = sessions.start(ada, &from).await.unwrap().token.as_str().to_owned();
        database.close().await;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        Self { folder, port, token }
    }

    fn start(&self) -> Child {
        let port = self.port;
        let mut child = command(self.folder.path())
            .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--public-url", &format!("http://localhost:{port}")])
            .env("ROLECALL_LOG_FILTER", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(
                child.try_wait().unwrap().is_none(),
                "the server has ended: does the binary have a site?"
            );
            assert!(Instant::now() < deadline, "the server does not start");
            std::thread::sleep(Duration::from_millis(1));
        }
        child
    }

    /// Calls a server function; `None` when the answer did not arrive whole.
    fn call(&self, endpoint: &str, body: &Value) -> Option<(u16, Value)> {
        let (port, token, body) = (self.port, &self.token, body.to_string());
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
        let length = body.len();
        let request = format!(
            "POST /api/{endpoint} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: rolecall={token}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let _ = stream.shutdown(Shutdown::Both);
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).ok()?))
    }

    /// Saves one name after the other until the server is gone.
    fn save_on(&self, endpoint: &str, round: u32, acknowledged: &Acknowledged, body: impl Fn(&str) -> Value) {
        for step in 0_u32.. {
            let name = format!("{endpoint} {round}.{step}").replace('/', " ");
            match self.call(endpoint, &body(&name)) {
                Some((200, number)) => {
                    acknowledged.lock().unwrap().insert(number.as_u64().unwrap(), name);
                }
                Some((status, answer)) => panic!("{endpoint} was refused: {status} {answer}"),
                None => return,
            }
        }
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.current_dir(folder).env("ROLECALL_DATA_DIR", folder);
    command
}

async fn open(folder: &Path) -> Database {
    let file = folder.join("rolecall.sqlite");
    Database::open(&format!("sqlite:{}", file.display())).await.unwrap()
}

/// Every revision that was acknowledged stands in the log and brought what it was to bring.
async fn assert_nothing_is_lost(folder: &Path, acknowledged: &Acknowledged, examined: bool) {
    let database = open(folder).await;
    let mut connection = database.pool().acquire().await.unwrap();
    let wanted = acknowledged.lock().unwrap().clone();
    // A server that was slow to start was killed before it acknowledged anything.
    let newest = wanted.keys().next_back().copied();
    if let Some(newest) = newest {
        assert!(log::one(&mut connection, newest).await.unwrap().is_some(), "change no. {newest} is lost");
    }
    if examined {
        let kept: BTreeMap<u64, String> = log::after(&mut connection, 0)
            .await
            .unwrap()
            .into_iter()
            .map(|revision| (revision.number, serde_json::to_string(&revision.changes).unwrap()))
            .collect();
        for (number, name) in &wanted {
            let changes = kept.get(number).unwrap_or_else(|| panic!("change no. {number} is lost"));
            let is_own_name = name.starts_with("account");
            assert!(is_own_name || changes.contains(name.as_str()), "no. {number}: {name} in {changes}");
        }
        drop(connection);
        let report = doctor::examine(&database).await.unwrap();
        assert_eq!(report.findings, [], "after change no. {newest:?}");
    } else {
        drop(connection);
    }
    database.close().await;
}

/// Random enough for moments, and the same in every run.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_kills_during_saves_lose_no_acknowledged_change() {
    let program = Arc::new(Program::set_up().await);
    let acknowledged = Acknowledged::default();
    let mut seed = 42;
    for round in 1..=KILLS {
        let mut child = program.start();
        let moment = Duration::from_micros(3_000 + next(&mut seed) % 60_000);
        std::thread::scope(|scope| {
            // The organization's name stands in each revision itself, one's own name beside the log.
            scope.spawn(|| {
                let (_, settings) = program.call("settings/read", &json!({})).unwrap_or_default();
                let was = Mutex::new(settings["organization"].as_str().unwrap_or_default().to_owned());
                program.save_on("settings/save", round, &acknowledged, |now| {
                    let was = std::mem::replace(&mut *was.lock().unwrap(), now.to_owned());
                    json!({ "edit": { "seen": 1, "organization": { "was": was, "now": now } } })
                });
            });
            scope.spawn(|| {
                program.save_on("account/rename", round, &acknowledged, |name| json!({ "name": name }));
            });
            std::thread::sleep(moment);
            // On this system `kill` is `kill -9`.
            child.kill().unwrap();
            child.wait().unwrap();
        });
        let examined = round % EXAMINED_EVERY == 0;
        assert_nothing_is_lost(program.folder.path(), &acknowledged, examined).await;
    }
    let saved = acknowledged.lock().unwrap().len();
    println!("{saved} changes were acknowledged in {KILLS} lives");
    assert!(saved > KILLS as usize, "too few saves were running: {saved}");
}
