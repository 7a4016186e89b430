//! A person's or group's initials in a small round or square.

use leptos::prelude::*;

/// Initials, for eyes only: the name stands beside it.
#[component]
pub fn Avatar(
    /// The whole name.
    #[prop(into)]
    name: Signal<String>,
    /// For what is not a person.
    #[prop(optional)]
    square: bool,
) -> impl IntoView {
    view! {
        <span class="avatar" class:square=square aria-hidden="true">
            {move || name.with(|name| initials(name))}
        </span>
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_last_word() {
        let table = [
            ("Alice Moreau", "AM"),
            ("Plato", "P"),
            ("Ana de la Cruz", "AC"),
            ("", ""),
            ("élan (vital)", "ÉV"),
        ];
        for (name, wanted) in table {
            assert_eq!(initials(name), wanted, "{name}");
        }
    }
}
