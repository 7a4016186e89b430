//! The state of a page is in its address: what is searched, filtered, open, and which page of a list.
//!
//! ```ignore
//! let next = address::with(&query, &[("page", Some("2"))]); // "?q=anna&page=2"
//! ```

use leptos_router::params::ParamsMap;

/// The query with some values set or, by `None` or an empty text, taken out. Starts with `?`; `.` when
/// nothing is left, which as a link means this page without a query.
#[must_use]
pub fn with(query: &ParamsMap, changes: &[(&str, Option<&str>)]) -> String {
    let mut query = query.clone();
    for (key, value) in changes {
        match value {
            Some(value) if !value.is_empty() => {
                query.replace((*key).to_owned(), (*value).to_owned());
            }
            _ => {
                query.remove(key);
            }
        }
    }
    query.to_query_string()
}

/// The same, as a link to a path.
#[must_use]
pub fn link(path: &str, query: &ParamsMap, changes: &[(&str, Option<&str>)]) -> String {
    let query = with(query, changes);
    if query.is_empty() || query == "?" { path.to_owned() } else { format!("{path}{query}") }
}

/// The number of the page of a list that the query asks for; the first is 1.
#[must_use]
pub fn page(query: &ParamsMap) -> u32 {
    query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_what_it_does_not_change() {
        let query: ParamsMap = [("q", "anna"), ("page", "3")].into_iter().collect();
        assert_eq!(link("/people", &query, &[("page", Some("4"))]), "/people?q=anna&page=4");
        assert_eq!(link("/people", &query, &[("q", Some("")), ("page", None)]), "/people");
        assert_eq!(page(&query), 3);
    }

    #[test]
    fn a_page_that_is_no_number_is_the_first() {
        for wrong in ["", "0", "-1", "x", "99999999999999"] {
            let query: ParamsMap = [("page", wrong)].into_iter().collect();
            assert_eq!(page(&query), 1, "{wrong:?}");
        }
    }
}
