//! A revision's lines as a reader sees them: people by the names they have now, links to what is still there.

use crate::access::commit::actor_name;
use crate::access::log::Revision;
use crate::caller::Caller;
use model::change::Change;
use model::grant::Subject;
use model::guard::Actor;
use model::id::{GroupId, RoleId, UserId};
use model::role::Delegate;
use model::view::history::{Link, Piece, Told, Who};
use model::words::{Line, Part};

/// Whoever made a change.
pub(super) fn actor(caller: &Caller, actor: Actor) -> Who {
    match actor {
        Actor::User(user) => person(caller, user),
        other => Who { name: actor_name(&caller.state, other), person: None },
    }
}

fn person(caller: &Caller, user: UserId) -> Who {
    let is_open = caller.state.person(user).is_some() && caller.may("people.view");
    Who { name: actor_name(&caller.state, Actor::User(user)), person: is_open.then_some(user) }
}

/// The first lines of a revision.
pub(super) fn lines(caller: &Caller, revision: &Revision, shown: usize) -> Vec<Told> {
    // Words and changes are written together, one line for each.
    let changes = revision.changes.iter().map(Some).chain(std::iter::repeat(None));
    revision.words.iter().zip(changes).take(shown).map(|(line, change)| told(caller, line, change)).collect()
}

fn told(caller: &Caller, line: &Line, change: Option<&Change>) -> Told {
    let mut links = change.map(names_in_order).unwrap_or_default().into_iter();
    let pieces = line
        .parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => Piece::Text(text.clone()),
            Part::Name(name) => {
                let link = links.next().flatten().filter(|link| is_open(caller, *link));
                Piece::Name { name: name.clone(), link }
            }
            Part::Person(user) => Piece::Person(person(caller, *user)),
            Part::Was(name) => Piece::Was(name.clone()),
            Part::Time(at) => Piece::Time(*at),
        })
        .collect();
    Told { mark: line.mark, pieces }
}

fn is_open(caller: &Caller, link: Link) -> bool {
    match link {
        Link::Role(role) => caller.state.role(role).is_some() && caller.may("roles.view"),
        Link::Group(group) => caller.state.group(group).is_some() && caller.may("people.view"),
    }
}

/// What the names in a change's line stand for, in their order there.
fn names_in_order(change: &Change) -> Vec<Option<Link>> {
    let role = |id: RoleId| Some(Link::Role(id));
    let group = |id: GroupId| Some(Link::Group(id));
    match change {
        Change::RoleCreated { role: made } | Change::RoleRemoved { role: made } => vec![role(made.id)],
        Change::RoleRenamed { role: id, .. }
        | Change::RoleDescribed { role: id, .. }
        | Change::PermissionAdded { role: id, .. }
        | Change::PermissionRemoved { role: id, .. } => vec![role(*id)],
        Change::DelegationAdded { role: id, delegate } | Change::DelegationRemoved { role: id, delegate } => {
            let handed_out = match delegate {
                Delegate::Role(id) => role(*id),
                Delegate::Permission(_) => None,
            };
            vec![role(*id), handed_out]
        }
        Change::GroupCreated { group: made } | Change::GroupRemoved { group: made } => vec![group(made.id)],
        Change::GroupRenamed { group: id, .. }
        | Change::GroupDescribed { group: id, .. }
        | Change::MemberAdded { group: id, .. }
        | Change::MemberRemoved { group: id, .. } => vec![group(*id)],
        Change::GrantAdded { grant } | Change::GrantRemoved { grant } => {
            let subject = match grant.subject {
                Subject::User(_) => vec![],
                Subject::Group(id) => vec![group(id)],
                Subject::ServiceAccount(_) | Subject::Everyone => vec![None],
            };
            subject.into_iter().chain([role(grant.role)]).collect()
        }
        _ => vec![],
    }
}
