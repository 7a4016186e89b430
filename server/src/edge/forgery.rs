//! Keeps other sites from making a browser act here in its person's name.
//!
//! Every unsafe request must say that it comes from this console: by `Sec-Fetch-Site`, which browsers set and
//! scripts cannot, or else by `Origin`. One that says neither is refused as well, signing in included.

use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};

/// Whether a request may go on, judged by where it says it comes from. `origin` is this console's own.
#[must_use]
pub fn is_own(method: &Method, headers: &HeaderMap, origin: &str) -> bool {
    if method.is_safe() {
        return true;
    }
    let mut sites = headers.get_all("sec-fetch-site").iter();
    match (sites.next(), sites.next()) {
        (Some(site), None) => site == "same-origin" || site == "none",
        (Some(_), Some(_)) => false,
        (None, _) => {
            let mut origins = headers.get_all(ORIGIN).iter();
            matches!((origins.next(), origins.next()), (Some(sent), None) if sent == origin)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsafe_request_must_come_from_here() {
        let own = "https://access.example";
        #[expect(clippy::type_complexity, reason = "a table that is read once")]
        let table: &[(&str, &[(&str, &str)], bool)] = &[
            ("GET", &[], true),
            ("GET", &[("sec-fetch-site", "cross-site")], true),
            ("POST", &[], false),
            ("POST", &[("sec-fetch-site", "same-origin")], true),
            ("POST", &[("sec-fetch-site", "none")], true),
            ("POST", &[("sec-fetch-site", "same-site")], false),
            ("POST", &[("sec-fetch-site", "cross-site"), ("origin", own)], false),
            ("POST", &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], false),
            ("POST", &[("origin", own)], true),
            ("POST", &[("origin", own), ("origin", "https://evil.example")], false),
            ("POST", &[("origin", "null")], false),
            ("POST", &[("origin", "https://access.example.evil.example")], false),
            ("POST", &[("origin", "http://access.example")], false),
            ("DELETE", &[("referer", "https://access.example/people")], false),
        ];
        for (method, sent, wanted) in table {
            let mut headers = HeaderMap::new();
            for (name, value) in *sent {
                headers.append(*name, value.parse().unwrap());
            }
            assert_eq!(is_own(&method.parse().unwrap(), &headers, own), *wanted, "{method} {sent:?}");
        }
    }
}
