//! The headers that every answer carries, whatever made it.
//!
//! The policy lets a page run only scripts that bear the nonce of that very answer. Nothing but assets may be
//! kept by a browser or a proxy.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use backend::random::Random;

/// The word that a script of one answer must bear. Found in the extensions of every request.
#[derive(Debug, Clone)]
pub struct Nonce(String);

impl Nonce {
    /// A new one.
    #[must_use]
    pub fn new(random: &Random) -> Self {
        Self(random.token().as_str().to_owned())
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn policy(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!(
            "default-src 'none'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
            self.0
        ))
        .ok()
    }
}

/// Adds them. `secure`: whether the console is reached over https.
pub fn add(headers: &mut HeaderMap, nonce: &Nonce, secure: bool) {
    if let Some(policy) = nonce.policy() {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    let fixed = |name: &'static str| HeaderName::from_static(name);
    let always: [(HeaderName, &'static str); 5] = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (fixed("cross-origin-opener-policy"), "same-origin"),
        (fixed("cross-origin-resource-policy"), "same-origin"),
        (fixed("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
