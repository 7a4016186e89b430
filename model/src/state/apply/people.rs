//! People and groups, and who is in which.

use super::{check_description, check_name, exists, gone, overtaken};
use crate::grant::Subject;
use crate::id::{GroupId, UserId};
use crate::limit::Value;
use crate::misfit::Misfit;
use crate::object::Bearer;
use crate::person::{Group, Person, Profile, Status};
use crate::state::{Space, State};
use std::sync::Arc;

impl State {
    pub(super) fn add_user(&mut self, id: UserId, status: Status) -> Result<(), Misfit> {
        // The id of somebody who was removed is never given again.
        if self.people.contains_key(&id) || self.former.contains_key(&id) {
            return Err(exists("person"));
        }
        self.people.insert(id, Arc::new(Person { id, status, profile: Profile::default(), groups: vec![] }));
        self.people_by_name.insert(("".into(), id));
        Ok(())
    }

    pub(in crate::state) fn set_status(
        &mut self,
        id: UserId,
        was: Status,
        now: Status,
    ) -> Result<(), Misfit> {
        let person = self.person(id).ok_or_else(|| gone("person"))?;
        if person.status != was {
            return Err(overtaken(person.profile.called()));
        }
        let person = Person { status: now, ..person.clone() };
        self.people.insert(id, Arc::new(person));
        Ok(())
    }

    pub(super) fn remove_user(&mut self, id: UserId, status: Status, called: &str) -> Result<(), Misfit> {
        check_name(called)?;
        let person = self.person(id).ok_or_else(|| gone("person"))?.clone();
        if person.status != status {
            return Err(overtaken(person.profile.called()));
        }
        self.take_out(&person)?;
        self.former.insert(id, called.into());
        Ok(())
    }

    /// Takes out somebody on whom nothing hangs.
    pub(in crate::state) fn take_out(&mut self, person: &Person) -> Result<(), Misfit> {
        let id = person.id;
        let named = self.is_named(Bearer::User(id), &Value::Person(id));
        if !person.groups.is_empty() || self.grants_of(Subject::User(id)).next().is_some() || named {
            return Err(Misfit::InUse { what: person.profile.called().to_owned() });
        }
        self.names.remove(&(Space::Email, person.profile.email_key.as_str().into()));
        self.people_by_name.remove(&(person.profile.order().into(), id));
        self.people.remove(&id);
        Ok(())
    }

    pub(super) fn create_group(&mut self, group: &Group) -> Result<(), Misfit> {
        if self.groups.contains_key(&group.id) {
            return Err(exists("group"));
        }
        check_description(&group.description)?;
        self.take_name(Space::Group, None, &group.name, group.id.bits())?;
        self.groups.insert(group.id, Arc::new(group.clone()));
        Ok(())
    }

    pub(super) fn remove_group(&mut self, record: &Group) -> Result<(), Misfit> {
        let id = record.id;
        let group = self.group(id).ok_or_else(|| gone("group"))?.clone();
        if group != *record {
            return Err(overtaken(&group.name));
        }
        if self.member_count(id) > 0 || self.grants_of(Subject::Group(id)).next().is_some() {
            return Err(Misfit::InUse { what: group.name });
        }
        self.free_name(Space::Group, &group.name);
        self.groups.remove(&id);
        self.members.remove(&id);
        Ok(())
    }

    pub(super) fn rename_group(&mut self, id: GroupId, was: &str, now: &str) -> Result<(), Misfit> {
        let group = self.group(id).ok_or_else(|| gone("group"))?.clone();
        if group.name != was {
            return Err(overtaken(&group.name));
        }
        self.take_name(Space::Group, Some(was), now, id.bits())?;
        self.groups.insert(id, Arc::new(Group { name: now.to_owned(), ..group }));
        Ok(())
    }

    pub(super) fn describe_group(&mut self, id: GroupId, was: &str, now: &str) -> Result<(), Misfit> {
        check_description(now)?;
        let group = self.group(id).ok_or_else(|| gone("group"))?.clone();
        if group.description != was {
            return Err(overtaken(&group.name));
        }
        self.groups.insert(id, Arc::new(Group { description: now.to_owned(), ..group }));
        Ok(())
    }

    pub(super) fn add_member(&mut self, group: GroupId, user: UserId) -> Result<(), Misfit> {
        let name = &self.groups.get(&group).ok_or_else(|| gone("group"))?.name;
        let person = self.people.get_mut(&user).ok_or_else(|| gone("person"))?;
        let Err(place) = person.groups.binary_search(&group) else {
            return Err(overtaken(name));
        };
        Arc::make_mut(person).groups.insert(place, group);
        self.members.entry(group).or_default().insert(user);
        Ok(())
    }

    pub(super) fn remove_member(&mut self, group: GroupId, user: UserId) -> Result<(), Misfit> {
        let name = self.group(group).ok_or_else(|| gone("group"))?.name.clone();
        let mut person = self.person(user).ok_or_else(|| gone("person"))?.clone();
        if !person.groups.contains(&group) {
            return Err(overtaken(&name));
        }
        person.groups.retain(|one| *one != group);
        self.people.insert(user, Arc::new(person));
        if let Some(members) = self.members.get_mut(&group) {
            members.remove(&user);
        }
        Ok(())
    }
}
