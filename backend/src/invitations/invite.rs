//! Inviting: a whole list is checked line by line, then everybody on it is invited at once.

use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::one_time_link::{self, NewLink, Purpose};
use crate::people::{profile_error, refused};
use crate::profile::{self, ProfileError};
use crate::random::Token;
use model::Millis;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard;
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::misfit::Misfit;
use model::name::{self, fold};
use model::object::Level;
use model::person::{Profile, Status};
use model::view::invitations::{
    BadLine, GroupToInvite, Invitation, InviteForm, InvitedLink, Invitee, MOST_DAYS, MOST_INVITED, Outcome,
    RoleToInvite,
};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

pub(super) const DAY: Millis = 24 * 60 * 60 * 1_000;

/// What the form offers.
///
/// # Errors
/// For who may not see people.
pub async fn form(backend: &Backend, caller: &Caller) -> Result<InviteForm> {
    caller.require("people.view")?;
    let state = &caller.state;
    let roles = state.roles().into_iter().filter(|role| role.level == Level::Organization);
    Ok(InviteForm {
        revision: state.revision(),
        roles: roles
            .map(|role| RoleToInvite {
                role: role.id,
                name: role.name.clone(),
                refused: refused(guard::inviting(state, caller.actor(), role.id, caller.at)),
            })
            .collect(),
        groups: state
            .groups()
            .into_iter()
            .map(|group| GroupToInvite {
                group: group.id,
                name: group.name.clone(),
                refused: no_group(caller, group.id),
            })
            .collect(),
        mails: backend.sign_in()?.mailer().is_configured(),
        refused: refused(caller.require("people.invite")),
    })
}

/// Why the caller may put nobody into that group.
fn no_group(caller: &Caller, group: GroupId) -> Option<String> {
    let stranger = UserId::from_bits(u64::MAX);
    let changes = [
        Change::UserAdded { user: stranger, status: Status::Invited },
        Change::MemberAdded { group, user: stranger },
    ];
    refused(guard::check(&caller.state, caller.actor(), &changes, caller.at))
}

/// Invites everybody on the list, or nobody.
///
/// # Errors
/// When the caller may not invite, or not with that role or group. Wrong lines are an [`Outcome`].
pub async fn invite(backend: &Backend, caller: &Caller, wanted: &Invitation) -> Result<Outcome> {
    caller.require("people.invite")?;
    check_shape(wanted)?;
    let guests = match read_lines(caller, &wanted.people) {
        Ok(guests) => guests,
        Err(wrong) => return Ok(Outcome::Wrong(wrong)),
    };
    let guests: Vec<Guest> =
        guests.into_iter().map(|guest| guest.with(UserId::from_bits(backend.random().bits()))).collect();
    let lifetime = Millis::from(wanted.days) * DAY;
    let tokens: Arc<Mutex<Vec<(UserId, Token)>>> = Arc::default();
    let proposal = Proposal::new(caller.actor(), changes(backend, &guests, wanted));
    let proposal = beside(backend, proposal, caller.user, guests.clone(), lifetime, Arc::clone(&tokens));
    let committed = match backend.commit(proposal).await {
        Ok(committed) => committed,
        // Somebody else was faster with one of the addresses.
        Err(Error::Misfit(Misfit::EmailTaken { email })) => {
            return Ok(Outcome::Wrong(taken(&guests, &email)));
        }
        Err(other) => return Err(other),
    };
    let tokens: HashMap<UserId, Token> =
        tokens.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect();
    let sign_in = backend.sign_in()?;
    let links: Vec<InvitedLink> = guests
        .iter()
        .filter_map(|guest| {
            let token = tokens.get(&guest.user)?;
            Some(InvitedLink {
                user: guest.user,
                name: guest.profile.name.clone(),
                email: guest.profile.email.clone(),
                url: sign_in.link(Purpose::Invitation, token),
            })
        })
        .collect();
    let until = caller.at + lifetime;
    for guest in &guests {
        if let Some(token) = tokens.get(&guest.user) {
            sign_in.mail_invitation(&guest.profile.email, caller.state.organization(), token);
        }
    }
    Ok(Outcome::Invited {
        revision: committed.revision,
        links,
        until,
        mailed: sign_in.mailer().is_configured(),
    })
}

fn check_shape(wanted: &Invitation) -> Result<()> {
    let invalid = |field, message: String| Err(Error::Invalid { field, message });
    if wanted.people.is_empty() {
        return invalid("people", "Write at least one e-mail address.".to_owned());
    }
    if wanted.people.len() > MOST_INVITED {
        return invalid("people", format!("Invite up to {MOST_INVITED} people at once."));
    }
    if !(1..=MOST_DAYS).contains(&wanted.days) {
        return invalid("days", format!("A link can be good for 1 to {MOST_DAYS} days."));
    }
    Ok(())
}

/// Somebody on the list, well formed.
#[derive(Debug, Clone)]
struct Guest {
    line: u32,
    user: UserId,
    profile: Profile,
}

impl Guest {
    fn with(self, user: UserId) -> Self {
        Self { user, ..self }
    }
}

/// All lines, or what is wrong with each that is.
fn read_lines(caller: &Caller, lines: &[Invitee]) -> std::result::Result<Vec<Guest>, Vec<BadLine>> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let (mut guests, mut wrong) = (Vec::new(), Vec::new());
    for line in lines {
        match read_line(caller, line, &mut seen) {
            Ok(profile) => guests.push(Guest { line: line.line, user: UserId::from_bits(0), profile }),
            Err(message) => wrong.push(BadLine { line: line.line, email: line.email.clone(), message }),
        }
    }
    if wrong.is_empty() { Ok(guests) } else { Err(wrong) }
}

fn read_line(
    caller: &Caller,
    line: &Invitee,
    seen: &mut HashMap<String, u32>,
) -> std::result::Result<Profile, String> {
    let email = name::clean_email(&line.email).map_err(|error| error.to_string())?;
    let name = match line.name.trim() {
        "" => String::new(),
        typed => name::clean(typed).map_err(|error| error.to_string())?,
    };
    let key = fold(&email);
    if let Some(first) = seen.insert(key.clone(), line.line) {
        return Err(format!("This address is in line {first} already. Remove one of them."));
    }
    match caller.state.person_by_email(&key).map(|person| person.status) {
        None => Ok(Profile::new(&name, &email)),
        Some(Status::Invited) => Err("Invited already. Find the invitation under Invitations.".to_owned()),
        Some(Status::Active) => Err("Here already.".to_owned()),
        Some(Status::Deactivated) => {
            Err("Here already, but inactive. Reactivate the account instead.".to_owned())
        }
    }
}

fn taken(guests: &[Guest], email: &str) -> Vec<BadLine> {
    let key = fold(email);
    let of_it = guests.iter().filter(|guest| guest.profile.email_key == key);
    of_it
        .map(|guest| BadLine {
            line: guest.line,
            email: guest.profile.email.clone(),
            message: "Somebody has invited this address in the meantime.".to_owned(),
        })
        .collect()
}

fn changes(backend: &Backend, guests: &[Guest], wanted: &Invitation) -> Vec<Change> {
    let roles: BTreeSet<RoleId> = wanted.roles.iter().copied().collect();
    let mut changes = Vec::with_capacity(guests.len() * (1 + roles.len()));
    for guest in guests {
        let user = guest.user;
        changes.push(Change::UserAdded { user, status: Status::Invited });
        changes.extend(roles.iter().map(|role| Change::GrantAdded {
            grant: Grant {
                id: GrantId::from_bits(backend.random().bits()),
                subject: Subject::User(user),
                role: *role,
                object: ObjectId::ORGANIZATION,
                window: Window::ALWAYS,
                limits: Limits::NONE,
            },
        }));
        changes.extend(wanted.group.map(|group| Change::MemberAdded { group, user }));
    }
    changes
}

/// Writes profiles and links in the transaction of the revision.
fn beside(
    backend: &Backend,
    proposal: Proposal,
    by: UserId,
    guests: Vec<Guest>,
    lifetime: Millis,
    tokens: Arc<Mutex<Vec<(UserId, Token)>>>,
) -> Proposal {
    let (random, now) = (backend.random().clone(), backend.clock().now());
    proposal.beside(move |conn| {
        Box::pin(async move {
            for guest in guests {
                profile::insert(&mut *conn, guest.user, &guest.profile, now)
                    .await
                    .map_err(|error| refused_profile(error, &guest.profile))?;
                let new = NewLink {
                    purpose: Purpose::Invitation,
                    user: Some(guest.user),
                    created_by: Some(by),
                    lifetime,
                };
                let (token, _) = one_time_link::create(&mut *conn, &random, now, new).await?;
                tokens.lock().unwrap_or_else(PoisonError::into_inner).push((guest.user, token));
            }
            Ok(())
        })
    })
}

/// Says which address is taken, so that its line can be named.
fn refused_profile(error: ProfileError, profile: &Profile) -> Error {
    match error {
        ProfileError::EmailTaken => Error::Misfit(Misfit::EmailTaken { email: profile.email.clone() }),
        other => profile_error(other),
    }
}
