//! Random values, properties and limits, of sorts that fit.

use super::{Dice, pick, place, user};
use model::catalog::PropertyDef;
use model::limit::{Comparison, Limits, Property, Sort, Test, Value};
use model::state::State;

/// A property of the catalog.
pub fn property(state: &State, n: u8) -> PropertyDef {
    let mut all: Vec<&PropertyDef> = state.catalog().properties().collect();
    all.sort_by_key(|one| (one.of, one.key.clone()));
    pick(&all, n).unwrap().clone()
}

/// One of few values of a property.
pub fn value(state: &State, known: &PropertyDef, n: u8) -> Value {
    match known.sort {
        Sort::Text => Value::Text(["HR", "IT"][usize::from(n % 2)].to_owned()),
        Sort::Number => Value::Number(i64::from(n % 3)),
        Sort::Truth => Value::Truth(n.is_multiple_of(2)),
        Sort::Person => Value::Person(user(n)),
        Sort::Place => {
            let kind = known.place.as_deref();
            let mut fitting: Vec<_> =
                state.objects().filter(|one| kind.is_none_or(|k| k == one.kind)).collect();
            fitting.sort_by_key(|one| one.id);
            Value::Place(pick(&fitting, n).map_or(place(n), |one| one.id))
        }
    }
}

/// Few limits, mostly none.
pub fn limits(state: &State, (what, a, b, c, d): Dice) -> Limits {
    let compare = |n: u8, m: u8| {
        let known = property(state, n);
        let test = match (m % 4, known.sort) {
            (0, _) => Test::In(vec![value(state, &known, m / 4), value(state, &known, m / 16)]),
            (1, Sort::Person) => Test::IsSubject,
            _ => Test::Equals(value(state, &known, m / 4)),
        };
        Comparison::new(Property::new(known.of, &known.key), test)
    };
    Limits::new(match what % 8 {
        0..4 => vec![],
        4..7 => vec![compare(a, b)],
        _ => vec![compare(a, b), compare(c, d)],
    })
}
