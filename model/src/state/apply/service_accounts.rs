//! Service accounts: made, renamed, disabled and removed.

use super::{check_description, exists, gone, overtaken};
use crate::grant::Subject;
use crate::id::ServiceAccountId;
use crate::misfit::Misfit;
use crate::object::{Bearer, ROBOT};
use crate::person::ServiceAccount;
use crate::state::{Space, State};
use std::sync::Arc;

impl State {
    pub(super) fn add_service_account(&mut self, account: &ServiceAccount) -> Result<(), Misfit> {
        if self.accounts.contains_key(&account.id) {
            return Err(exists("service account"));
        }
        check_description(&account.description)?;
        if let Some(robot) = account.robot {
            match self.object(robot) {
                None => return Err(gone("robot")),
                Some(object) if object.kind != ROBOT => {
                    return Err(Misfit::Misplaced { what: account.name.clone() });
                }
                Some(_) => {}
            }
        }
        self.take_name(Space::ServiceAccount, None, &account.name, account.id.bits())?;
        self.accounts.insert(account.id, Arc::new(account.clone()));
        Ok(())
    }

    pub(super) fn remove_service_account(&mut self, record: &ServiceAccount) -> Result<(), Misfit> {
        let account = self.own_account(record.id)?;
        if account != *record {
            return Err(overtaken(&account.name));
        }
        let id = account.id;
        let has = self.grants_of(Subject::ServiceAccount(id)).next().is_some();
        if has || !self.properties(Bearer::ServiceAccount(id)).is_empty() {
            return Err(Misfit::InUse { what: account.name });
        }
        self.free_name(Space::ServiceAccount, &account.name);
        self.accounts.remove(&id);
        Ok(())
    }

    pub(super) fn rename_service_account(
        &mut self,
        id: ServiceAccountId,
        was: &str,
        now: &str,
    ) -> Result<(), Misfit> {
        let account = self.own_account(id)?;
        if account.name != was {
            return Err(overtaken(&account.name));
        }
        self.take_name(Space::ServiceAccount, Some(was), now, id.bits())?;
        self.accounts.insert(id, Arc::new(ServiceAccount { name: now.to_owned(), ..account }));
        Ok(())
    }

    pub(super) fn disable_service_account(
        &mut self,
        id: ServiceAccountId,
        disabled: bool,
    ) -> Result<(), Misfit> {
        let account = self.own_account(id)?;
        if account.disabled == disabled {
            return Err(overtaken(&account.name));
        }
        self.accounts.insert(id, Arc::new(ServiceAccount { disabled, ..account }));
        Ok(())
    }

    fn own_account(&self, id: ServiceAccountId) -> Result<ServiceAccount, Misfit> {
        self.service_account(id).cloned().ok_or_else(|| gone("service account"))
    }
}
