//! One PostgreSQL per test process, in a temporary folder, started by the first test that needs it.
//!
//! It ends with the process, however that ends: a small shell holds the other end of a pipe, and stops the
//! server and removes its folder when the pipe closes. Nothing is shared with a PostgreSQL of the machine.
//!
//! A crate of its own rather than a feature of `backend`: a feature would have everything above `backend`
//! compiled twice, for the tests and for the program. It panics: a test that cannot have its database fails,
//! and says why.

#![allow(clippy::panic, clippy::expect_used, reason = "test support: a failure here is the test's failure")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

const INSTALL: &str = "the tests need PostgreSQL: install it (Debian: apt-get install -y postgresql; its service \
                       need not run), or put initdb, postgres and createdb on PATH";

/// Run as an ordinary user with the folder of the binaries as $1. Prints the folder when the server answers.
const WATCHDOG: &str = r#"
set -e
umask 077
dir=$(mktemp -d "${TMPDIR:-/tmp}/rolecall-postgres-XXXXXX")
cd "$dir"
server=
trap '[ -z "$server" ] || kill -INT "$server" 2>/dev/null; wait; rm -rf "$dir"' EXIT
"$1/initdb" --pgdata=data --username=rolecall --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1 || { cat log >&2; exit 1; }
"$1/postgres" -D data -k "$dir" -c listen_addresses=127.0.0.1 -c port="$2" -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=32MB </dev/null >>log 2>&1 &
server=$!
tries=0
until grep -q 'ready to accept connections' log; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then cat log >&2; exit 1; fi
    sleep 0.1
done
echo ready
read -r _ || true
"#;

static MADE: AtomicU64 = AtomicU64::new(0);

/// The address of a new, empty database. It lives as long as the test's process.
#[must_use]
pub fn new_database() -> String {
    let server = server();
    let name = format!("story_{}", MADE.fetch_add(1, Ordering::Relaxed));
    let made = Command::new(server.binaries.join("createdb"))
        .args(["--host=127.0.0.1", "--username=rolecall", "--port", &server.port.to_string(), &name])
        .status();
    assert!(made.expect("createdb runs").success(), "no new database: createdb says why above");
    format!("postgres://rolecall@127.0.0.1:{}/{name}", server.port)
}

/// The running server.
struct Server {
    binaries: PathBuf,
    port: u16,
    /// Holds the pipe that keeps the server alive.
    _watchdog: Child,
}

/// The server of this process; the first caller starts it and the others wait.
fn server() -> &'static Server {
    static SERVER: OnceLock<Result<Server, &'static str>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let binaries = binaries().ok_or(INSTALL)?;
        // Between choosing a free port and using it somebody else may take it.
        (0..3).find_map(|_| start(&binaries)).ok_or("PostgreSQL does not start; its log is above")
    });
    server.as_ref().unwrap_or_else(|reason| panic!("{reason}"))
}

fn binaries() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = installed.map(|version| version.path().join("bin")).collect();
    folders.sort();
    let on_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    on_path
        .into_iter()
        .flatten()
        .chain(folders.into_iter().rev())
        .find(|folder| ["initdb", "postgres", "createdb"].iter().all(|name| folder.join(name).exists()))
}

fn start(binaries: &Path) -> Option<Server> {
    let port = free_port();
    let mut watchdog = as_ordinary_user();
    watchdog.args(["sh", "-c", WATCHDOG, "sh"]).arg(binaries).arg(port.to_string());
    let mut watchdog = watchdog
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("PostgreSQL does not start: {error}"));
    let mut line = String::new();
    let read = watchdog.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
    if matches!(read, Some(Ok(_))) && line.trim() == "ready" {
        return Some(Server { binaries: binaries.to_owned(), port, _watchdog: watchdog });
    }
    // The shell has said why on standard error and ends by itself.
    let _ = watchdog.wait();
    None
}

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn as_ordinary_user() -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "env", "-u", "TMPDIR"]);
        command
    } else {
        Command::new("env")
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .unwrap_or_else(|error| panic!("no free port: {error}"))
        .port()
}
