//! The state of a page is in its address: what is searched, filtered, open, and which page of a list.
//!
//! ```ignore
//! let next = address::with(&query, &[("page", Some("2"))]); // "?q=anna&page=2"
//! ```

use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
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
    plain(&query.to_query_string())
}

/// The marks that need no escape (RFC 3986, 2.3), unescaped: a browser leaves them as they are, the server's router
/// does not, and an address must be the same whoever wrote it.
fn plain(query: &str) -> String {
    [("%2D", "-"), ("%2E", "."), ("%5F", "_"), ("%7E", "~")]
        .iter()
        .fold(query.to_owned(), |query, (escaped, mark)| query.replace(escaped, mark))
}

/// The same, as a link to a path.
#[must_use]
pub fn link(path: &str, query: &ParamsMap, changes: &[(&str, Option<&str>)]) -> String {
    let query = with(query, changes);
    if query.is_empty() || query == "?" { path.to_owned() } else { format!("{path}{query}") }
}

/// Whether something is open: it opens where the query has the key (*?new=1*), and when it is closed the key leaves
/// the address.
#[must_use]
pub fn asked(key: &'static str) -> RwSignal<bool> {
    let (location, navigate) = (use_location(), use_navigate());
    let (query, path) = (location.query, location.pathname);
    let open = RwSignal::new(false);
    let is_asked = Memo::new(move |_| query.with(|query| query.get(key).is_some()));
    whenever(move || {
        if is_asked.get() {
            // After what led here has closed, which gives the focus back to where it was.
            request_animation_frame(move || {
                open.try_set(true);
            });
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is_open = open.get();
        if was == Some(true) && !is_open && is_asked.get_untracked() {
            let to = query.with_untracked(|query| link(&path.get_untracked(), query, &[(key, None)]));
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
        }
        is_open
    });
    open
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
    fn what_needs_no_escape_has_none() {
        let query: ParamsMap = [("who", "person.1-a_b~c"), ("q", "50% &")].into_iter().collect();
        let link = link("/check", &query, &[]);
        assert_eq!(link, "/check?who=person.1-a_b~c&q=50%25%20%26");
    }

    #[test]
    fn a_page_that_is_no_number_is_the_first() {
        for wrong in ["", "0", "-1", "x", "99999999999999"] {
            let query: ParamsMap = [("page", wrong)].into_iter().collect();
            assert_eq!(page(&query), 1, "{wrong:?}");
        }
    }
}
