//! Which new passwords are taken: 12 to 1024 characters, and hard to guess. No rules about kinds of characters,
//! no expiry: they make people choose worse ones.

use thiserror::Error;
use zxcvbn::{Score, zxcvbn};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most characters.
pub const LONGEST: usize = 1024;

/// What a stranger may know about the person, and would try first.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
    /// The organization's name.
    pub organization: String,
}

/// Why a new password is not good enough, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PasswordRefused {
    /// Fewer than [`SHORTEST`] characters.
    #[error(
        "Choose a longer password: at least {SHORTEST} characters. A few words that do not belong together will do."
    )]
    TooShort,
    /// More than [`LONGEST`] characters.
    #[error("Choose a shorter password: at most {LONGEST} characters.")]
    TooLong,
    /// A guesser would come to it soon.
    #[error("This password is easy to guess.{warning} Add a few words that do not belong together.")]
    Guessable {
        /// What makes it so, as a sentence with a space before it, or nothing.
        warning: String,
    },
}

/// Whether a new password is good enough for this person.
pub fn check(new: &str, about: &About) -> Result<(), PasswordRefused> {
    match new.chars().count() {
        ..SHORTEST => return Err(PasswordRefused::TooShort),
        count if count > LONGEST => return Err(PasswordRefused::TooLong),
        _ => {}
    }
    let known = known_words(about);
    if is_mostly(new, &known) {
        return Err(PasswordRefused::Guessable {
            warning: " It holds little more than names known here.".into(),
        });
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let guess = zxcvbn(new, &known);
    if guess.score() >= Score::Three {
        return Ok(());
    }
    let warning = guess.feedback().and_then(|feedback| feedback.warning());
    Err(PasswordRefused::Guessable { warning: warning.map(|text| format!(" {text}")).unwrap_or_default() })
}

/// Whether little is left without the known words. zxcvbn alone takes "SofiaRossi2024" for a good one.
fn is_mostly(new: &str, known: &[String]) -> bool {
    let whole = new.to_lowercase();
    let mut longest_first: Vec<&String> = known.iter().filter(|word| !word.is_empty()).collect();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = longest_first.into_iter().fold(whole.clone(), |rest, word| rest.replace(word.as_str(), ""));
    rest != whole && rest.chars().count() < SHORTEST / 2
}

/// Names and addresses as a whole and word by word.
fn known_words(about: &About) -> Vec<String> {
    let mut words = vec!["rolecall".to_owned()];
    for text in [&about.name, &about.email, &about.organization] {
        words.push(text.to_lowercase());
        words.extend(
            text.split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() > 2)
                .map(str::to_lowercase),
        );
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sofia() -> About {
        About {
            name: "Sofia Rossi".into(),
            email: "sofia.rossi@northwind.example".into(),
            organization: "Northwind Logistics".into(),
        }
    }

    #[test]
    fn long_and_hard_to_guess_is_all_that_is_asked() {
        for good in
            ["plum-orbit-walnut-kettle", "drei alte kamele singen", "ключ от старого чердака", "qv8#tz2!mw4$"]
        {
            assert_eq!(check(good, &sofia()), Ok(()), "{good}");
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(check("кирпичдомов", &sofia()), Err(PasswordRefused::TooShort));
        assert_eq!(check(&"plum-orbit-walnut-kettle ".repeat(41), &sofia()), Err(PasswordRefused::TooLong));
    }

    #[test]
    fn common_ones_and_what_strangers_know_are_refused() {
        for bad in [
            "password1234",
            "aaaaaaaaaaaaaaaa",
            "qwertyuiop123",
            "123456789012",
            "SofiaRossi2024",
            "northwindlogistics",
            "sofia.rossi@northwind.example",
            "rolecall2026",
        ] {
            let refused = check(bad, &sofia()).expect_err(bad);
            assert!(matches!(refused, PasswordRefused::Guessable { .. }), "{bad}: {refused}");
            assert!(refused.to_string().ends_with("do not belong together."), "{refused}");
        }
    }
}
