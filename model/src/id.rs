//! The ids of everything in the access model: 64 random bits, written as 13 lower-case base32 characters.
//!
//! Ids are fixed-length ASCII and compare byte for byte; only the canonical spelling parses. They are
//! small and `Copy`, so they serve as their own interned form. This module never draws randomness: whoever
//! makes an id brings the bits.
//!
//! ```
//! use model::id::RoleId;
//! let id = RoleId::from_bits(42);
//! assert_eq!(id.to_string(), "000000000001a");
//! assert_eq!("000000000001a".parse(), Ok(id));
//! ```

use std::fmt;
use std::str::FromStr;

/// The digits: Crockford's base32 in lower case (no `i`, `l`, `o`, `u`).
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 13 digits of 5 bits hold 64 bits; the first digit stays below 16.
const LENGTH: usize = 13;

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is not an id: 13 characters from 0–9 and a–z (without i, l, o, u) are expected.")]
pub struct NotAnId;

fn write(bits: u64, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for place in (0..LENGTH).rev() {
        let digit = (bits >> (5 * place)) & 31;
        let letter = DIGITS.get(digit as usize).copied().unwrap_or(b'0');
        fmt::Write::write_char(out, char::from(letter))?;
    }
    Ok(())
}

/// The place of a digit in [`DIGITS`], without a search: a large state has millions to read.
const fn value(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'h' => Some(letter - b'a' + 10),
        b'j' | b'k' => Some(letter - b'j' + 18),
        b'm' | b'n' => Some(letter - b'm' + 20),
        b'p'..=b't' => Some(letter - b'p' + 22),
        b'v'..=b'z' => Some(letter - b'v' + 27),
        _ => None,
    }
}

fn read(text: &str) -> Result<u64, NotAnId> {
    if text.len() != LENGTH {
        return Err(NotAnId);
    }
    let mut bits: u64 = 0;
    for (place, letter) in text.bytes().enumerate() {
        let digit = value(letter).ok_or(NotAnId)?;
        if place == 0 && digit > 15 {
            return Err(NotAnId);
        }
        bits = (bits << 5) | u64::from(digit);
    }
    Ok(bits)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// An id from 64 bits, random for everything that is not built in.
            #[must_use]
            pub const fn from_bits(bits: u64) -> Self {
                Self(bits)
            }

            /// The bits it was made from.
            #[must_use]
            pub const fn bits(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}:{}", stringify!($name), self)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read(text).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A person who can sign in.
    UserId,
    /// A program that acts in its own name: a robot account is one.
    ServiceAccountId,
    /// A group of people.
    GroupId,
    /// A role.
    RoleId,
    /// An object: the organization, a tenant, an application, a stage …
    ObjectId,
    /// A grant.
    GrantId,
    /// A merge, an update or a rollback of a stage.
    MoveId,
}

impl RoleId {
    /// The built-in role *Admin*.
    pub const ADMIN: Self = Self(1);
    /// The built-in role *Member*.
    pub const MEMBER: Self = Self(2);

    /// The role of that number in a pack that comes with Rolecall.
    #[must_use]
    pub const fn shipped(number: u16) -> Self {
        Self(SHIPPED | number as u64)
    }
}

/// What the ids of roles in shipped packs begin with (`role` in ASCII); other ids are random.
const SHIPPED: u64 = 0x726f_6c65_0000_0000;

impl ObjectId {
    /// The organization itself, the root of all objects.
    pub const ORGANIZATION: Self = Self(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_reads_back_as_itself() {
        for bits in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = UserId::from_bits(bits);
            assert_eq!(id.to_string().len(), LENGTH);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn a_byte_is_a_digit_when_it_stands_among_the_digits() {
        for letter in 0..=u8::MAX {
            let place = DIGITS.iter().position(|digit| *digit == letter);
            assert_eq!(value(letter).map(usize::from), place, "{letter}");
        }
    }

    #[test]
    fn only_the_canonical_spelling_is_an_id() {
        for text in
            ["", "1", "00000000000001A", "000000000001A", "zzzzzzzzzzzzz", "00000000000il", "000000000001a "]
        {
            assert_eq!(text.parse::<UserId>(), Err(NotAnId), "{text:?}");
        }
    }
}
