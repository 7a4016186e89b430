//! What a place is called to a reader who may not see it: the same words wherever they stand.

/// Within a sentence.
pub const HIDDEN: &str = "a place that you may not see";

/// At the beginning of a sentence, and by itself in a cell or a box.
pub const HIDDEN_FIRST: &str = "A place that you may not see";

/// What a place is called at the beginning of a sentence, or by itself: names stay as they are.
#[must_use]
pub fn place_first(place: &str) -> &str {
    if place == HIDDEN { HIDDEN_FIRST } else { place }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_no_name_begins_with_a_capital() {
        assert_eq!(place_first(HIDDEN), HIDDEN_FIRST);
        assert_eq!(place_first("fin-robot-01"), "fin-robot-01");
        assert_eq!(HIDDEN_FIRST.to_lowercase(), HIDDEN);
    }
}
