//! Sentences that several screens say: counts, names, effects.
//!
//! Only text: no views and no access decisions.

use model::catalog::{InForce, InForceHere};
use model::view::effect::EffectLine;

/// `1 person`, `4 people`.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The first names, and how many there are beside them: *Tom Becker, Ines Carvalho and 2 more*.
#[must_use]
pub fn names(names: &[String], total: u64, shown: usize) -> String {
    let first: Vec<&str> = names.iter().take(shown).map(String::as_str).collect();
    let rest = total.saturating_sub(first.len() as u64);
    match (first.as_slice(), rest) {
        ([], _) => String::new(),
        ([only], 0) => (*only).to_owned(),
        ([head @ .., last], 0) => format!("{} and {last}", head.join(", ")),
        (some, rest) => format!("{} and {rest} more", some.join(", ")),
    }
}

/// Where a permission is in force.
#[must_use]
pub fn in_force(place: InForce) -> &'static str {
    match place {
        InForce::Console => "In this console.",
        InForce::Nowhere => "Nowhere yet: no program asks for it.",
    }
}

/// How far access that is given somewhere is in force. `at`: *here*, or *on* a place.
#[must_use]
pub fn in_force_at(at: &str, there: InForceHere) -> String {
    match there {
        InForceHere { console: 0, .. } => {
            format!("Access given {at} is in force nowhere yet: no program asks for it.")
        }
        InForceHere { all, console } if all == console => {
            format!("Access given {at} is in force in this console.")
        }
        InForceHere { all, console } => format!(
            "Access given {at} is in force in this console for {console} of {all} permissions; for the rest no \
             program asks yet."
        ),
    }
}

/// The bold half of an effect: *4 people gain Merge to production*.
#[must_use]
pub fn effect_head(line: &EffectLine, gains: bool) -> String {
    let verb = match (gains, line.count + line.accounts) {
        (true, 1) => "gains",
        (true, _) => "gain",
        (false, 1) => "loses",
        (false, _) => "lose",
    };
    let what = match line.permissions.as_slice() {
        [first, second, rest @ ..] if rest.len() > 1 => format!("{first}, {second} and {} more", rest.len()),
        few => few.join(", "),
    };
    let place = line.place.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
    let accounts = || count(line.accounts, "service account", "service accounts");
    let who = match (line.count, line.accounts) {
        (_, 0) => count(line.count, "person", "people"),
        (0, _) => accounts(),
        _ => format!("{} and {}", count(line.count, "person", "people"), accounts()),
    };
    format!("{who} {verb} {what}{place}")
}

/// The quiet half: who they are, and who is not touched.
#[must_use]
pub fn effect_tail(line: &EffectLine, gains: bool, shown: usize) -> String {
    let mut sentences = Vec::new();
    let who = names(&line.names, line.count + line.accounts, shown);
    if !who.is_empty() {
        sentences.push(who);
    }
    if !line.depends.is_empty() {
        sentences.push(format!("Depends on {}", line.depends.join(", ")));
    }
    if line.unchanged > 0 {
        let verb = if line.unchanged == 1 { ("has", "keeps") } else { ("have", "keep") };
        sentences.push(match (gains, line.kept_by.as_slice()) {
            (true, _) => format!("{} {} it already", line.unchanged, verb.0),
            (false, []) => format!("{} {} it", line.unchanged, verb.1),
            (false, roles) => format!("{} {} it as {}", line.unchanged, verb.1, roles.join(", ")),
        });
    }
    match sentences.len() {
        0 => String::new(),
        1 if line.unchanged == 0 && line.depends.is_empty() => sentences.concat(),
        _ => format!("{}.", sentences.join(". ")),
    }
}

/// How many places one line names.
const PLACES: usize = 3;

/// Lines as head and tail, those that tell the same of several places as one: *5 people gain Merge in Claims, 4 in
/// Portal*. In the order of the lines.
#[must_use]
pub fn effect_by_place(lines: &[EffectLine], gains: bool, shown: usize) -> Vec<(String, String)> {
    let mut same: Vec<Vec<&EffectLine>> = Vec::new();
    for line in lines {
        let fits = |others: &&mut Vec<&EffectLine>| {
            others.first().is_some_and(|first| {
                first.permissions == line.permissions && first.place.is_some() && line.place.is_some()
            })
        };
        match same.iter_mut().find(fits) {
            Some(others) => others.push(line),
            None => same.push(vec![line]),
        }
    }
    same.into_iter().filter_map(|lines| in_places(&lines, gains, shown)).collect()
}

fn in_places(lines: &[&EffectLine], gains: bool, shown: usize) -> Option<(String, String)> {
    let (first, others) = lines.split_first()?;
    if others.is_empty() {
        return Some((effect_head(first, gains), effect_tail(first, gains, shown)));
    }
    let mut parts = vec![effect_head(first, gains)];
    let named = if others.len() < PLACES { others.len() } else { PLACES - 1 };
    parts.extend(
        others
            .iter()
            .take(named)
            .filter_map(|line| line.place.as_ref().map(|place| format!("{} in {place}", line.count))),
    );
    let rest = (others.len() - named) as u64;
    let more = (rest > 0).then(|| format!(" and more in {}", count(rest, "other place", "other places")));
    let mut people: Vec<&str> = lines.iter().flat_map(|line| &line.names).map(String::as_str).collect();
    people.sort_unstable();
    people.dedup();
    let hidden = people.len() > shown || lines.iter().any(|line| line.count > line.names.len() as u64);
    people.truncate(shown);
    let tail = match (people.split_last(), hidden) {
        (None, _) => String::new(),
        (Some(_), true) => format!("{} and others", people.join(", ")),
        (Some((last, [])), false) => (*last).to_owned(),
        (Some((last, head)), false) => format!("{} and {last}", head.join(", ")),
    };
    Some((parts.join(", ") + &more.unwrap_or_default(), tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(people: &[&str], count: u64) -> EffectLine {
        EffectLine {
            permissions: vec!["Merge to production".to_owned()],
            place: None,
            count,
            accounts: 0,
            depends: Vec::new(),
            names: people.iter().map(|name| (*name).to_owned()).collect(),
            unchanged: 0,
            kept_by: Vec::new(),
        }
    }

    #[test]
    fn names_are_listed_and_the_rest_is_counted() {
        let all = ["A", "B", "C"].map(str::to_owned);
        let table = [
            (&all[..0], 3, ""),
            (&all[..1], 1, "A"),
            (&all[..2], 2, "A and B"),
            (&all[..3], 3, "A, B and 1 more"),
            (&all[..3], 9, "A, B and 7 more"),
        ];
        for (some, total, wanted) in table {
            assert_eq!(names(some, total, 2), wanted);
        }
    }

    #[test]
    fn where_access_is_in_force_is_one_sentence() {
        let table = [
            (8, 0, "Access given here is in force nowhere yet: no program asks for it."),
            (8, 8, "Access given here is in force in this console."),
            (
                8,
                6,
                "Access given here is in force in this console for 6 of 8 permissions; for the rest no program \
                 asks yet.",
            ),
        ];
        for (all, console, wanted) in table {
            assert_eq!(in_force_at("here", InForceHere { all, console }), wanted);
        }
    }

    #[test]
    fn an_effect_says_who_gains_and_who_has_it_already() {
        let mut gain = line(&["Tom Becker", "Ines Carvalho"], 4);
        gain.unchanged = 5;
        assert_eq!(effect_head(&gain, true), "4 people gain Merge to production");
        assert_eq!(effect_tail(&gain, true, 2), "Tom Becker, Ines Carvalho and 2 more. 5 have it already.");
    }

    #[test]
    fn an_effect_says_who_loses_and_who_keeps_it_and_by_what() {
        let mut loss = line(&["Daniel Okafor"], 1);
        assert_eq!(effect_tail(&loss, false, 2), "Daniel Okafor");
        (loss.unchanged, loss.kept_by) = (2, vec!["Team lead".to_owned()]);
        loss.place = Some("Finance".to_owned());
        assert_eq!(effect_head(&loss, false), "1 person loses Merge to production in Finance");
        assert_eq!(effect_tail(&loss, false, 2), "Daniel Okafor. 2 keep it as Team lead.");
    }

    #[test]
    fn service_accounts_and_conditions_are_said() {
        let mut gain = line(&["fin-01"], 0);
        (gain.accounts, gain.depends) = (1, vec!["the robot".to_owned()]);
        assert_eq!(effect_head(&gain, true), "1 service account gains Merge to production");
        assert_eq!(effect_tail(&gain, true, 2), "fin-01. Depends on the robot.");
        gain.count = 2;
        assert_eq!(effect_head(&gain, true), "2 people and 1 service account gain Merge to production");
    }

    #[test]
    fn the_same_in_several_places_is_one_line_with_the_count_of_each() {
        let placed = |place: &str, people: &[&str]| EffectLine {
            place: Some(place.to_owned()),
            ..line(people, people.len() as u64)
        };
        let lines = [
            placed("Claims", &["Ana", "Ben"]),
            placed("Portal", &["Ben"]),
            line(&["Cleo"], 1),
            placed("Field", &["Dag"]),
            placed("Desk", &["Eva"]),
        ];
        let told = effect_by_place(&lines, true, 2);
        let head =
            "2 people gain Merge to production in Claims, 1 in Portal, 1 in Field and more in 1 other place";
        assert_eq!(told[0], (head.to_owned(), "Ana, Ben and others".to_owned()));
        assert_eq!(told[1], ("1 person gains Merge to production".to_owned(), "Cleo".to_owned()));
        assert_eq!(effect_by_place(&lines[..2], true, 2)[0].1, "Ana and Ben");
    }

    #[test]
    fn who_may_not_see_people_reads_counts() {
        let gain = line(&[], 4);
        assert_eq!(effect_tail(&gain, true, 2), "");
    }
}
