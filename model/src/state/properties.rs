//! Stored properties: what limits read of people, service accounts and objects.

use super::State;
use crate::limit::Value;
use crate::object::Bearer;
use std::collections::BTreeMap;
use std::sync::Arc;

impl State {
    /// A stored property.
    #[must_use]
    pub fn property(&self, of: Bearer, key: &str) -> Option<&Value> {
        if self.properties.is_empty() {
            return None;
        }
        self.properties.get(&(of, Arc::from(key)))
    }

    /// All stored properties of one bearer.
    #[must_use]
    pub fn properties(&self, of: Bearer) -> BTreeMap<String, Value> {
        let own = self.properties.range((of, Arc::from(""))..).take_while(|((bearer, _), _)| *bearer == of);
        own.map(|((_, key), value)| (key.to_string(), value.clone())).collect()
    }

    /// Every stored property, in an order of its own.
    pub fn all_properties(&self) -> impl Iterator<Item = (Bearer, &str, &Value)> {
        self.properties.iter().map(|((of, key), value)| (*of, key.as_ref(), value))
    }

    /// The stored properties that have that value.
    #[must_use]
    pub fn properties_with(&self, value: &Value) -> Vec<(Bearer, String)> {
        let all = self.properties.iter().filter(|(_, one)| *one == value);
        all.map(|((of, key), _)| (*of, key.to_string())).collect()
    }

    /// Whether a value names somebody or something that is there.
    #[must_use]
    pub fn is_there(&self, value: &Value) -> bool {
        match value {
            Value::Person(user) => self.person(*user).is_some(),
            Value::Place(object) => self.object(*object).is_some(),
            Value::Text(_) | Value::Number(_) | Value::Truth(_) => true,
        }
    }

    /// Whether what bears a property is there.
    #[must_use]
    pub fn bears(&self, of: Bearer) -> bool {
        match of {
            Bearer::Object(id) => self.object(id).is_some(),
            Bearer::User(id) => self.person(id).is_some(),
            Bearer::ServiceAccount(id) => self.service_account(id).is_some(),
        }
    }
}
