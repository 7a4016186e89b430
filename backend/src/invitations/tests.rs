//! Stories of inviting, on SQLite and on PostgreSQL.

use crate::error::Error;
use crate::invitations;
use crate::one_time_link::{self, LinkState, Purpose};
use crate::people::story::{ADA, ANNA, BEN, INVITERS, Story};
use crate::random::Token;
use crate::test_database::for_each_database;
use model::guard::Refusal;
use model::id::{RoleId, UserId};
use model::person::Status;
use model::view::invitations::{BadLine, Invitation, InvitedLink, Invitee, Outcome};

fn list(emails: &[&str]) -> Vec<Invitee> {
    let lines = emails.iter().zip(1..);
    lines.map(|(email, line)| Invitee { line, name: String::new(), email: (*email).to_owned() }).collect()
}

fn invitation(emails: &[&str], role: RoleId) -> Invitation {
    Invitation { people: list(emails), roles: vec![role], group: None, days: 7 }
}

async fn invited(story: &Story, by: UserId, emails: &[&str]) -> Vec<InvitedLink> {
    let wanted = invitation(emails, RoleId::MEMBER);
    match invitations::invite(&story.backend, &story.caller(by), &wanted).await.unwrap() {
        Outcome::Invited { links, .. } => links,
        Outcome::Wrong(lines) => panic!("{lines:?}"),
    }
}

async fn wrong(story: &Story, emails: &[&str]) -> Vec<BadLine> {
    let wanted = invitation(emails, RoleId::MEMBER);
    match invitations::invite(&story.backend, &story.caller(ADA), &wanted).await.unwrap() {
        Outcome::Wrong(lines) => lines,
        Outcome::Invited { links, .. } => panic!("{links:?}"),
    }
}

async fn is_good(story: &Story, link: &InvitedLink) -> bool {
    let token = Token::sent(link.url.rsplit('/').next().unwrap());
    let mut connection = story.backend.database().pool().acquire().await.unwrap();
    let now = story.backend.clock().now();
    let found = one_time_link::peek(&mut connection, &token, Purpose::Invitation, now).await.unwrap();
    matches!(found, LinkState::Valid(link_found) if link_found.user == Some(link.user))
}

#[tokio::test]
async fn who_may_invite_and_nothing_else_invites_a_member_and_is_refused_an_admin() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        story.give(ANNA, INVITERS).await;
        let links = invited(&story, ANNA, &["new@example.com"]).await;
        let state = story.backend.state();
        assert_eq!(state.person(links[0].user).unwrap().status, Status::Invited);
        assert_eq!(story.roles_of(links[0].user), ["Member"]);
        assert!(is_good(&story, &links[0]).await);

        let anna = story.caller(ANNA);
        let form = invitations::form(&story.backend, &anna).await.unwrap();
        let refused = |role| form.roles.iter().find(|one| one.role == role).unwrap().refused.is_some();
        assert_eq!((refused(RoleId::MEMBER), refused(RoleId::ADMIN)), (false, true));
        let wanted = invitation(&["chief@example.com"], RoleId::ADMIN);
        let error = invitations::invite(&story.backend, &anna, &wanted).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::NotYours { .. })), "{error}");
        assert!(story.backend.state().person_by_email("chief@example.com").is_none());
        // Ben manages people but may not invite.
        let error = invitations::invite(&story.backend, &story.caller(BEN), &wanted).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::Needs { .. })), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_line_is_named_and_nobody_is_invited() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let before = story.backend.state().revision();
        let lines =
            wrong(&story, &["new@example.com", "no address", "NEW@example.com", "Ada@example.com"]).await;
        let numbers: Vec<u32> = lines.iter().map(|line| line.line).collect();
        assert_eq!(numbers, [2, 3, 4]);
        assert!(lines[1].message.contains("line 1"));
        assert_eq!(story.backend.state().revision(), before);
        assert!(story.backend.state().person_by_email("new@example.com").is_none());
        let nobody = invitation(&[], RoleId::MEMBER);
        let error = invitations::invite(&story.backend, &story.caller(ADA), &nobody).await.unwrap_err();
        assert_eq!(error.field(), Some("people"));
        let long = Invitation { days: 31, ..invitation(&["new@example.com"], RoleId::MEMBER) };
        let error = invitations::invite(&story.backend, &story.caller(ADA), &long).await.unwrap_err();
        assert_eq!(error.field(), Some("days"));
    })
    .await;
}

#[tokio::test]
async fn a_new_link_kills_the_one_before_and_revoking_kills_all() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        let first = invited(&story, ADA, &["new@example.com"]).await.remove(0);
        let second = invitations::resend(&story.backend, &story.caller(ADA), first.user).await.unwrap();
        assert_eq!((is_good(&story, &first).await, is_good(&story, &second).await), (false, true));
        let pending = invitations::pending(&story.backend, &story.caller(ADA)).await.unwrap();
        assert_eq!(pending.rows.len(), 1);
        assert_eq!(pending.rows[0].by.as_deref(), Some("Ada Holm"));
        assert!(!pending.rows[0].is_expired);
        // Whoever could not invite that person as they are gets no link that makes them that person.
        assert!(invitations::resend(&story.backend, &story.caller(BEN), first.user).await.is_err());

        story.backend.clock().advance(8 * 24 * 60 * 60 * 1_000);
        let pending = invitations::pending(&story.backend, &story.caller(ADA)).await.unwrap();
        assert!(pending.rows[0].is_expired);
        invitations::revoke(&story.backend, &story.caller(ADA), first.user).await.unwrap();
        assert!(!is_good(&story, &second).await);
        assert!(story.backend.state().person(first.user).is_none());
        assert_eq!(story.rows_of("profiles", first.user).await, 0);
        // The same person can be invited again.
        invited(&story, ADA, &["new@example.com"]).await;
    })
    .await;
}

#[tokio::test]
async fn an_inviter_cannot_become_an_admin_who_was_invited_by_another() {
    for_each_database(async |database| {
        let story = Story::start(&database).await;
        story.give(ANNA, INVITERS).await;
        let wanted = invitation(&["chief@example.com"], RoleId::ADMIN);
        invitations::invite(&story.backend, &story.caller(ADA), &wanted).await.unwrap();
        let user = story.backend.state().person_by_email("chief@example.com").unwrap().id;
        let anna = story.caller(ANNA);
        assert!(invitations::resend(&story.backend, &anna, user).await.is_err());
        assert!(invitations::revoke(&story.backend, &anna, user).await.is_err());
        assert!(story.backend.state().person(user).is_some());
    })
    .await;
}
