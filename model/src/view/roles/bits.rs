//! Which rows a role allows, small on the wire.

use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// A set of small numbers, written as hexadecimal digits, the lowest four first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits(Vec<u8>);

impl Bits {
    /// Whether it holds the number.
    #[must_use]
    pub fn contains(&self, number: usize) -> bool {
        self.0.get(number / 8).is_some_and(|byte| byte & (1 << (number % 8)) != 0)
    }

    /// Adds a number.
    pub fn insert(&mut self, number: usize) {
        if self.0.len() <= number / 8 {
            self.0.resize(number / 8 + 1, 0);
        }
        if let Some(byte) = self.0.get_mut(number / 8) {
            *byte |= 1 << (number % 8);
        }
    }

    /// How many numbers it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut bits = Self::default();
        for number in numbers {
            bits.insert(number);
        }
        bits
    }
}

impl Serialize for Bits {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(self.0.len() * 2);
        for byte in &self.0 {
            // Writing to a String cannot fail.
            let _ = write!(text, "{:x}{:x}", byte & 15, byte >> 4);
        }
        to.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Bits {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let mut bits = Self::default();
        for (place, digit) in text.chars().enumerate() {
            let digit =
                digit.to_digit(16).ok_or_else(|| serde::de::Error::custom("not a hexadecimal digit"))?;
            (0..4).filter(|bit| digit & (1 << bit) != 0).for_each(|bit| bits.insert(place * 4 + bit));
        }
        Ok(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_from_the_wire_as_they_were() {
        for numbers in [vec![], vec![0], vec![3, 4, 7, 8, 299], (0..300).collect()] {
            let bits: Bits = numbers.iter().copied().collect();
            assert_eq!(bits.len(), numbers.len());
            let text = serde_json::to_string(&bits).unwrap();
            assert!(text.len() <= 78, "{text}");
            assert_eq!(serde_json::from_str::<Bits>(&text).unwrap(), bits);
            assert!(numbers.iter().all(|number| bits.contains(*number)) && !bits.contains(300));
        }
        assert!(serde_json::from_str::<Bits>("\"0g\"").is_err());
    }
}
