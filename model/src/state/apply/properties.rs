//! Properties: set and taken away.

use super::{gone, overtaken};
use crate::limit::{Property, Side, Value};
use crate::misfit::Misfit;
use crate::name;
use crate::object::Bearer;
use crate::state::State;
use std::sync::Arc;

impl State {
    pub(super) fn set_property(
        &mut self,
        of: Bearer,
        key: &str,
        was: Option<&Value>,
        now: Option<&Value>,
    ) -> Result<(), Misfit> {
        let what = self.called(of).ok_or_else(|| gone("bearer of a property"))?;
        if self.property(of, key) != was || was == now {
            return Err(overtaken(&what));
        }
        let place = (of, Arc::from(key));
        let Some(value) = now else {
            self.properties.remove(&place);
            return Ok(());
        };
        if !self.takes(of, key, value) {
            return Err(Misfit::UnknownProperty { what, property: key.to_owned() });
        }
        if let Value::Text(text) = value {
            let wrong = |error| Misfit::Name { field: "property".to_owned(), error };
            name::clean_description(text).map_err(wrong)?;
        }
        if !self.is_there(value) {
            return Err(gone(if matches!(value, Value::Person(_)) { "person" } else { "place" }));
        }
        self.properties.insert(place, value.clone());
        Ok(())
    }

    /// Whether the catalog knows the property of such a bearer, with such a value.
    fn takes(&self, of: Bearer, key: &str, value: &Value) -> bool {
        let (side, kind) = match of {
            Bearer::Object(id) => (Side::Object, self.object(id).map(|one| one.kind.as_str())),
            Bearer::User(_) | Bearer::ServiceAccount(_) => (Side::Subject, None),
        };
        self.catalog.property(&Property::new(side, key)).is_some_and(|known| {
            let of_kind = |kind| known.kinds.is_empty() || known.kinds.iter().any(|one| one == kind);
            let place = match (value, &known.place) {
                (Value::Place(place), Some(wanted)) => {
                    self.object(*place).map(|one| &one.kind) == Some(wanted)
                }
                _ => true,
            };
            known.sort == value.sort() && kind.is_none_or(of_kind) && place
        })
    }

    fn called(&self, of: Bearer) -> Option<String> {
        match of {
            Bearer::Object(id) => self.object(id).map(|one| one.name.clone()),
            Bearer::User(id) => self.person(id).map(|one| one.profile.called().to_owned()),
            Bearer::ServiceAccount(id) => self.service_account(id).map(|one| one.name.clone()),
        }
    }
}
