//! Names that people type: what may be in them, and when two of them are the same.
//!
//! Names compare without regard to case, Unicode form, width and invisible characters: [`fold`] makes the
//! key that is compared. It needs Unicode's tables, so the browser never calls it; the server does.

use unicode_normalization::UnicodeNormalization;

/// The longest name of a role, group, place or person, in characters.
pub const LONGEST_NAME: usize = 80;
/// The longest description, in characters.
pub const LONGEST_DESCRIPTION: usize = 500;
/// The longest e-mail address, in bytes (RFC 5321, section 4.5.3.1.3, less the angle brackets).
pub const LONGEST_EMAIL: usize = 254;

/// Why a text cannot be a name, a description or an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub enum BadName {
    /// Nothing, or nothing visible.
    #[error("Write a name: it is empty or cannot be seen.")]
    Empty,
    /// More characters than fit.
    #[error("Shorten this to {0} characters or fewer.")]
    TooLong(usize),
    /// A line break, a tab or another control character, or one that reverses the direction of text.
    #[error("Remove the line breaks and control characters.")]
    Control,
    /// Not `someone@somewhere`.
    #[error("Write an e-mail address such as name@example.com.")]
    NotAnEmail,
}

/// Characters that draw nothing, or that change how others are drawn (Unicode's default ignorable ones).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Characters that reorder what stands beside them, and so can make one name look like another.
fn reorders(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The key under which a text is compared and searched.
///
/// ```
/// use model::name::fold;
/// assert_eq!(fold("Équipe  Ａ"), fold("équipe a"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let visible: String = text.nfkc().filter(|c| !is_invisible(*c)).collect();
    let folded: String = caseless::default_case_fold_str(&visible).nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key by which folded names stand in lists: numbers by their value.
///
/// ```
/// use model::name::order;
/// assert!(order("robot 2") < order("robot 10"));
/// ```
#[must_use]
pub fn order(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len() + 4);
    let mut rest = folded;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (digits, after) = from.split_at(from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len()));
        let digits = digits.trim_start_matches('0');
        key.push_str(before);
        // Of two numbers the one with fewer digits is smaller.
        key.push(char::from_digit(u32::try_from(digits.len().min(9)).unwrap_or(9), 10).unwrap_or('9'));
        key.push_str(digits);
        rest = after;
    }
    key.push_str(rest);
    key
}

/// The key by which a name stands in lists.
#[must_use]
pub fn order_of(name: &str) -> String {
    order(&fold(name))
}

/// A name as it is stored: trimmed, in Unicode's composed form.
///
/// # Errors
/// When nothing visible is left, when it is longer than [`LONGEST_NAME`], or when it holds control characters.
pub fn clean(text: &str) -> Result<String, BadName> {
    let name = composed(text, LONGEST_NAME)?;
    if fold(&name).is_empty() {
        return Err(BadName::Empty);
    }
    Ok(name)
}

/// A description as it is stored; it may be empty.
///
/// # Errors
/// When it is longer than [`LONGEST_DESCRIPTION`] or holds control characters.
pub fn clean_description(text: &str) -> Result<String, BadName> {
    composed(text, LONGEST_DESCRIPTION)
}

/// An e-mail address as it is stored. Only its shape is checked: whether it exists, a letter to it shows.
///
/// # Errors
/// When it is not `someone@somewhere`, or longer than an address may be.
pub fn clean_email(text: &str) -> Result<String, BadName> {
    let email = composed(text, LONGEST_EMAIL).map_err(|e| match e {
        BadName::Empty => BadName::NotAnEmail,
        other => other,
    })?;
    let (local, domain) = email.rsplit_once('@').ok_or(BadName::NotAnEmail)?;
    let plain = |part: &str| {
        !part.is_empty()
            && !part.chars().any(|c| c.is_whitespace() || is_invisible(c) || "<>()[]\\,;:\"".contains(c))
    };
    let dots = !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains("..");
    if !plain(local) || !plain(domain) || local.contains('@') || !dots || email.len() > LONGEST_EMAIL {
        return Err(BadName::NotAnEmail);
    }
    Ok(email)
}

fn composed(text: &str, longest: usize) -> Result<String, BadName> {
    // A bound before any work: composing never makes a text more than a few times shorter.
    if text.len() > longest * 16 {
        return Err(BadName::TooLong(longest));
    }
    let name: String = text.trim().nfc().collect();
    if name.chars().any(|c| c.is_control() || reorders(c)) {
        return Err(BadName::Control);
    }
    if name.chars().count() > longest {
        return Err(BadName::TooLong(longest));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_regard_to_case_form_and_invisible_characters() {
        for (a, b) in [
            ("Team Lead", "team lead"),
            ("Cafe\u{301}", "café"),
            ("STRASSE", "straße"),
            ("Admin", "Ad\u{200b}min"),
            ("Ａｄｍｉｎ", "admin"),
            ("a\u{a0}b", "a  b"),
        ] {
            assert_eq!(fold(a), fold(b), "{a:?} and {b:?}");
        }
        assert_ne!(fold("Tester"), fold("Testers"));
    }

    #[test]
    fn names_stand_in_the_order_of_their_numbers() {
        let mut names = [
            "works.10",
            "works",
            "works.2a",
            "works.2",
            "works.02b",
            "10 north",
            "9 north",
            "works.2.11",
            "works.2.9",
        ];
        names.sort_by_key(|name| order(name));
        let wanted = [
            "9 north",
            "10 north",
            "works",
            "works.2",
            "works.2.9",
            "works.2.11",
            "works.2a",
            "works.02b",
            "works.10",
        ];
        assert_eq!(names, wanted);
    }

    #[test]
    fn a_name_must_be_visible_short_and_of_one_line() {
        assert_eq!(clean("  Tester "), Ok("Tester".into()));
        assert_eq!(clean(""), Err(BadName::Empty));
        assert_eq!(clean("\u{200b}\u{3164}"), Err(BadName::Empty));
        assert_eq!(clean("a\nb"), Err(BadName::Control));
        assert_eq!(clean("a\u{202e}b"), Err(BadName::Control));
        assert_eq!(clean(&"x".repeat(81)), Err(BadName::TooLong(80)));
        assert_eq!(clean(&"e\u{301}".repeat(80)).map(|n| n.chars().count()), Ok(80));
    }

    #[test]
    fn an_address_has_two_parts() {
        for good in ["a@b", "sofia.rossi@example.com", "o'neil+x@example.co.uk", "käthe@bücher.example"] {
            assert_eq!(clean_email(good).as_deref(), Ok(good));
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b..c", "a@.b", "a@b@c", "<a@b>", "a@b,c@d"] {
            assert!(clean_email(bad).is_err(), "{bad:?}");
        }
    }
}
