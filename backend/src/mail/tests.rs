use super::*;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail server that takes everything, or refuses every recipient, and hands back what it was told.
pub(crate) async fn sink(refuses: bool) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let (took, taken) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(serve(client, took.clone(), refuses));
        }
    });
    (url, taken)
}

async fn serve(client: TcpStream, took: tokio::sync::mpsc::UnboundedSender<String>, refuses: bool) {
    let (read, mut write) = client.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut mail = None::<String>;
    write.write_all(b"220 sink\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(mut text) = mail.take() {
            if line == "." {
                took.send(text).unwrap();
                write.write_all(b"250 taken\r\n").await.unwrap();
            } else {
                text.push_str(&line);
                text.push('\n');
                mail = Some(text);
            }
            continue;
        }
        let answer: &[u8] = match line.split([' ', ':']).next().unwrap_or_default() {
            "DATA" => {
                mail = Some(String::new());
                b"354 go on\r\n"
            }
            "RCPT" if refuses => {
                took.send("refused".into()).unwrap();
                b"550 no such mailbox anna@example.com\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        write.write_all(answer).await.unwrap();
    }
}

#[tokio::test]
async fn a_mail_arrives_as_plain_text_with_its_link_unbroken() {
    let (url, mut taken) = sink(false).await;
    let mailer = Mailer::smtp(&url, "Rolecall <rolecall@example.com>").unwrap();
    assert!(mailer.is_configured());
    let link = texts::link("https://rolecall.example/", Purpose::Invitation, &Token::sent("abc"));
    assert_eq!(link, "https://rolecall.example/invitation/abc");
    mailer.send(texts::invitation("anna@example.com", "Nørthwind", &link));
    let mail = tokio::time::timeout(TIMEOUT, taken.recv()).await.unwrap().unwrap();
    assert!(mail.contains("To: anna@example.com"), "{mail}");
    assert!(mail.contains("From: Rolecall <rolecall@example.com>"), "{mail}");
    assert!(mail.contains("Content-Type: text/plain; charset=utf-8"), "{mail}");
    assert!(mail.contains("https://rolecall.example/invitation/abc"), "{mail}");
}

#[tokio::test]
async fn a_mail_that_is_refused_fails_nothing() {
    let (url, mut taken) = sink(true).await;
    let mailer = Mailer::smtp(&url, "rolecall@example.com").unwrap();
    mailer.send(texts::password_reset("anna@example.com", "https://rolecall.example/reset/abc"));
    assert_eq!(taken.recv().await.unwrap(), "refused");
    let smtp = mailer.0.clone().unwrap();
    let reason = smtp.deliver(texts::password_reset("anna@example.com", "x")).await.unwrap_err();
    assert_eq!(reason, "the mail server answered 550");
    let reason = smtp.deliver(texts::password_reset("a@b\r\nBcc: c@d", "x")).await.unwrap_err();
    assert_eq!(reason, "the address is not valid");
}

#[tokio::test]
async fn without_a_server_nothing_is_sent_and_a_wrong_one_is_explained() {
    let mailer = Mailer::none();
    assert!(!mailer.is_configured());
    mailer.send(texts::password_reset("anna@example.com", "x"));
    assert!(matches!(Mailer::smtp("nonsense", "a@b.c"), Err(MailError::Server)));
    assert!(matches!(Mailer::smtp("smtp://127.0.0.1:25", "nobody"), Err(MailError::Sender)));
}

use crate::one_time_link::Purpose;
use crate::random::Token;
