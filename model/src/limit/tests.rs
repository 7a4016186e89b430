//! Limits met, unmet and open; handed on; refused.

use super::*;

fn robot(n: u64) -> Value {
    Value::Place(ObjectId::from_bits(n))
}

fn on_robots(robots: &[u64]) -> Limits {
    let values = robots.iter().map(|n| robot(*n)).collect();
    Limits::new(vec![Comparison::new(Property::new(Side::Context, "robot"), Test::In(values))])
}

fn check(limits: &Limits) -> Result<(), BadLimits> {
    limits.check(
        |property| match property.key.as_str() {
            "robot" => Some(Sort::Place),
            "owner" => Some(Sort::Person),
            _ => None,
        },
        |value| *value != robot(99),
    )
}

#[test]
fn all_comparisons_must_hold() {
    let both = Limits::new(vec![
        Comparison::own_items(),
        Comparison::new(Property::new(Side::Context, "robot"), Test::Equals(robot(1))),
    ]);
    let anna = UserId::from_bits(5);
    let (mine, theirs) = (Value::Person(anna), Value::Person(UserId::from_bits(6)));
    let (one, two) = (robot(1), robot(2));
    let ask = |owner, on| both.met(Some(anna), |property| if property.key == "owner" { owner } else { on });
    assert_eq!(ask(Known::Is(&mine), Known::Is(&one)), Met::Yes);
    assert_eq!(ask(Known::Is(&theirs), Known::Is(&one)), Met::No);
    assert_eq!(ask(Known::Is(&mine), Known::Is(&two)), Met::No);
    assert_eq!(ask(Known::Is(&theirs), Known::Open), Met::No);
    assert!(matches!(ask(Known::Is(&mine), Known::Open), Met::Depends(on) if on.len() == 1));
}

#[test]
fn narrower_limits_are_admitted_and_wider_ones_are_not() {
    assert!(Limits::NONE.admit(&on_robots(&[1])));
    assert!(!on_robots(&[1]).admit(&Limits::NONE));
    assert!(on_robots(&[1, 2]).admit(&on_robots(&[2])));
    assert!(!on_robots(&[1]).admit(&on_robots(&[1, 2])));
    let own = Limits::new(vec![Comparison::own_items()]);
    assert!(!own.admit(&own), "own items of one person are not another's");
}

#[test]
fn limits_that_can_never_be_met_are_refused() {
    let with = |all| check(&Limits::new(all));
    let on = |test| Comparison::new(Property::new(Side::Context, "robot"), test);
    assert_eq!(check(&on_robots(&[1, 2])), Ok(()));
    assert_eq!(with(vec![on(Test::In(vec![]))]), Err(BadLimits::Empty("robot".into())));
    assert_eq!(
        with(vec![on(Test::Equals(robot(1))), on(Test::Equals(robot(2)))]),
        Err(BadLimits::Contradiction("robot".into()))
    );
    assert_eq!(with(vec![on(Test::IsSubject)]), Err(BadLimits::WrongSort("robot".into())));
    assert_eq!(with(vec![on(Test::Equals(Value::Number(1)))]), Err(BadLimits::WrongSort("robot".into())));
    assert_eq!(with(vec![on(Test::Equals(robot(99)))]), Err(BadLimits::UnknownPlace("robot".into())));
    let colour = Comparison::new(Property::new(Side::Object, "colour"), Test::IsSubject);
    assert_eq!(with(vec![colour]), Err(BadLimits::UnknownProperty("colour".into())));
}
