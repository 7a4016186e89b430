//! The session's cookie: `__Host-rolecall` where there is https, `rolecall` on `http://localhost`.
//!
//! It holds a random token and nothing else, is invisible to scripts, and ends with the browser; how long the
//! session itself lasts is the server's affair.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use backend::random::Token;

/// How the cookie is called and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionCookie {
    secure: bool,
}

impl SessionCookie {
    /// The cookie of a console with https, or of one on this machine only.
    #[must_use]
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// Its name. Browsers take a `__Host-` cookie only with `Secure`, `Path=/` and no domain.
    #[must_use]
    pub fn name(self) -> &'static str {
        if self.secure { "__Host-rolecall" } else { "rolecall" }
    }

    /// The token that the browser sent.
    #[must_use]
    pub fn read(self, headers: &HeaderMap) -> Option<Token> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, value)| *name == self.name() && !value.is_empty())
            .map(|(_, value)| Token::sent(value))
    }

    /// The header that hands out a token.
    #[must_use]
    pub fn set(self, token: &Token) -> Option<HeaderValue> {
        self.header(token.as_str(), "")
    }

    /// The header that makes the browser forget the cookie.
    #[must_use]
    pub fn clear(self) -> Option<HeaderValue> {
        self.header("", "; Max-Age=0")
    }

    fn header(self, value: &str, age: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.name();
        // A token is base64url, so this never fails; were it otherwise, no cookie is the safe answer.
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_follow_the_scheme() {
        let token = Token::sent("abc");
        let secure = SessionCookie::new(true).set(&token).unwrap();
        assert_eq!(secure, "__Host-rolecall=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
        let local = SessionCookie::new(false).set(&token).unwrap();
        assert_eq!(local, "rolecall=abc; Path=/; HttpOnly; SameSite=Lax");
        let cleared = SessionCookie::new(true).clear().unwrap();
        assert_eq!(cleared, "__Host-rolecall=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    }

    #[test]
    fn only_the_cookie_of_that_name_is_read() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "theme=dark; rolecall=abc".parse().unwrap());
        headers.append(COOKIE, "other=1".parse().unwrap());
        let read = |secure| SessionCookie::new(secure).read(&headers).map(|token| token.as_str().to_owned());
        assert_eq!(read(false).as_deref(), Some("abc"));
        assert_eq!(read(true), None);
    }
}
