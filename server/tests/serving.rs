//! Starting, stopping, and the command line beside a running server.

use crate::support::Browser;
use crate::world::{ADMIN_EMAIL, ADMIN_PASSWORD};
use axum::http::StatusCode;
use backend::access::Proposal;
use backend::clock::Clock;
use backend::random::Random;
use clap::Parser;
use model::change::Change;
use model::guard::Actor;
use server::command_line::{Command, CommandLine, Serve};
use server::commands::Failure;
use server::serve::{self, Running};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;
use tokio::sync::oneshot;

fn options(words: &[&str]) -> Serve {
    let words = ["rolecall", "serve", "--listen", "127.0.0.1:0"].iter().chain(words);
    match CommandLine::try_parse_from(words).unwrap().command {
        Command::Serve(options) => *options,
        other => panic!("{other:?}"),
    }
}

async fn open(words: &[&str]) -> Result<Running, Failure> {
    serve::open(&options(words), Clock::system(), Random::system()).await
}

/// Runs the binary to its end.
fn rolecall(words: &[&str], input: &str) -> Output {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that is refused may end before it reads.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn set_up(storage: &[&str], email: &str) -> Output {
    let words =
        ["setup", "--organization", "Nordhavn Foods", "--admin-email", email, "--admin-name", "Ada Holm"];
    let words: Vec<&str> =
        words.iter().chain(&["--password-stdin", "--area", "applications"]).chain(storage).copied().collect();
    rolecall(&words, &format!("{ADMIN_PASSWORD}\n"))
}

fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_second_server_is_kept_off_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let first = open(&["--data-dir", data]).await.unwrap();
    let refused = open(&["--data-dir", data]).await.map(|_| ()).unwrap_err();
    assert!(matches!(refused, Failure::Folder(_)), "{refused}");
    assert!(refused.to_string().contains("Stop it, or choose another folder with --data-dir"), "{refused}");
    // Nor may it come to the same file from another folder.
    let other = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{data}/rolecall.sqlite");
    let words = ["--data-dir", other.path().to_str().unwrap(), "--database-url", &url];
    assert!(matches!(open(&words).await.map(|_| ()), Err(Failure::Folder(_))));
    drop(first);
    assert!(open(&["--data-dir", data]).await.is_ok());
}

#[tokio::test]
async fn plain_http_for_others_is_refused_before_anything_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let words = ["--data-dir", data.to_str().unwrap(), "--public-url", "http://access.example"];
    let refused = open(&words).await.map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("Put a proxy with https before Rolecall"), "{refused}");
    assert!(!data.exists());
}

#[tokio::test]
async fn the_first_start_prints_a_new_set_up_link_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let mut links: Vec<String> = Vec::new();
    for _ in 0..2 {
        let running = open(&["--data-dir", data]).await.unwrap();
        let origin = running.console.url().origin().to_owned();
        let greeting = running.greeting().await.unwrap();
        let link = greeting.split_whitespace().find(|word| word.contains("/set-up/")).unwrap().to_owned();
        let path = link.strip_prefix(&origin).unwrap().to_owned();
        let mut browser = Browser::on(&running.console);
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        for former in &links {
            assert_eq!(browser.get(former).await.status, StatusCode::GONE, "a former start's link");
        }
        links.push(path);
    }
}

#[test]
fn settings_come_from_the_environment_secrets_from_files_and_the_log_tells_each_request() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("database-url");
    std::fs::write(&secret, format!("sqlite:{}\n", folder.path().join("elsewhere.sqlite").display()))
        .unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .arg("serve")
        .env("ROLECALL_LISTEN", "127.0.0.1:0")
        .env("ROLECALL_DATA_DIR", folder.path().join("data"))
        .env("ROLECALL_DATABASE_URL_FILE", &secret)
        .env("ROLECALL_TRUSTED_PROXY", "10.0.0.0/8,127.0.0.1")
        .env("ROLECALL_LOG", "json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut greeting = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
    let port = greeting.trim().strip_prefix("Rolecall answers at http://localhost:").unwrap();
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    let asked = "GET /set-up/made-up HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.9, 10.1.2.3\r\n\
                 Connection: close\r\n\r\n";
    stream.write_all(asked.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap();

    let asked = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(asked.success());
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "a server that is asked to stop ends well: {:?}", ended.status);
    let lines = said(&ended.stderr).lines().map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<serde_json::Value> = lines.collect();
    let told = lines.iter().find(|line| line["fields"]["id"] == id).unwrap_or_else(|| panic!("{lines:#?}"));
    let fields = &told["fields"];
    assert_eq!(fields["route"], "/set-up/{token}", "never the token: {told}");
    assert_eq!((&fields["status"], &fields["address"]), (&410.into(), &"203.0.113.9".into()), "{told}");
    assert!(folder.path().join("elsewhere.sqlite").exists());
}

#[tokio::test]
async fn stopping_finishes_a_running_commit() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    assert!(set_up(&["--data-dir", data], ADMIN_EMAIL).status.success());
    let running = open(&["--data-dir", data]).await.unwrap();
    let backend = running.console.backend().clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(running.serve(async move { drop(stopped.await) }));
    let (begun, has_begun) = oneshot::channel();
    let renamed =
        Change::OrganizationRenamed { was: "Nordhavn Foods".to_owned(), now: "Nordhavn".to_owned() };
    let slow = Proposal::new(Actor::CommandLine, vec![renamed]).beside(move |_| {
        Box::pin(async move {
            let _ = begun.send(());
            tokio::time::sleep(Duration::from_millis(300)).await;
            Ok(())
        })
    });
    let committing = tokio::spawn(async move { backend.commit(slow).await });
    has_begun.await.unwrap();
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    assert_eq!(committing.await.unwrap().unwrap().revision, 2);
    let again = open(&["--data-dir", data]).await.unwrap();
    assert_eq!(again.console.backend().state().organization(), "Nordhavn");
}

async fn recovers_beside_a_running_server(storage: &[&str], data: &Path) {
    let done = set_up(storage, ADMIN_EMAIL);
    assert!(done.status.success(), "{}", said(&done.stderr));
    let mut words = vec!["--data-dir", data.to_str().unwrap()];
    words.extend(storage.iter().filter(|word| !words.contains(*word)).copied().collect::<Vec<_>>());
    let running = open(&words).await.unwrap();
    let recover = rolecall(&[&["recover"], storage].concat(), "");
    assert!(recover.status.success(), "{}", said(&recover.stderr));
    let printed = said(&recover.stdout);
    assert!(printed.contains("sign in once as Ada Holm"), "{printed}");
    let link = printed.split_whitespace().find(|word| word.contains("/recover/")).unwrap();
    let path = link.strip_prefix("http://localhost:3000").unwrap();
    let mut browser = Browser::on(&running.console);
    let back = browser.post(path, &[("password", "copper heron violet 58")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn recover_works_beside_a_running_server_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    recovers_beside_a_running_server(&["--data-dir", data], folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recover_works_beside_a_running_server_on_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let url = test_postgres::new_database();
    recovers_beside_a_running_server(&["--data-dir", data, "--database-url", &url], folder.path()).await;
}

#[test]
fn commands_say_what_is_wrong_and_end_with_it() {
    let folder = tempfile::tempdir().unwrap();
    // Leaked, since the table below is of words that live as long as the program.
    let data: &'static str = folder.path().to_str().unwrap().to_owned().leak();
    let storage = ["--data-dir", data];
    let with = |words: &[&'static str]| [words, &storage].concat();
    let admin = ["setup", "--organization", "N", "--admin-email", "ada@n.example", "--admin-name", "Ada"];
    let table: [(Vec<&str>, &str, i32, &str); 7] = [
        (with(&["recover"]), "", 1, "No organization is set up yet"),
        (with(&admin), "", 2, "--password-stdin"),
        (with(&[&admin[..], &["--password-stdin"]].concat()), "", 1, "standard input"),
        (with(&[&admin[..], &["--password-stdin"]].concat()), "short\n", 1, "the password: "),
        (
            with(&[&admin[..], &["--password-stdin", "--area", "x"]].concat()),
            "a\n",
            1,
            "--area: There is no area",
        ),
        (with(&["serve", "--trusted-proxy", "10.0.0.0/99"]), "", 2, "is not a range of addresses"),
        (with(&["unknown"]), "", 2, "unrecognized subcommand"),
    ];
    for (words, input, code, sentence) in table {
        let output = rolecall(&words, input);
        let error = said(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {error}");
        assert!(error.contains(sentence), "{words:?}: {error}");
    }
    assert!(set_up(&storage, "ada@n.example").status.success());
    let again = set_up(&storage, "ada@n.example");
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again.stderr).contains("set up already"), "{}", said(&again.stderr));
    let stranger = rolecall(&with(&["recover", "--email", "x@n.example"]), "");
    assert!(said(&stranger.stderr).contains("Administrators: ada@n.example"), "{}", said(&stranger.stderr));
    assert!(rolecall(&with(&["migrate"]), "").status.success());
    assert!(said(&rolecall(&["--version"], "").stdout).starts_with("rolecall "));
}
