//! Randomness, passed in. Ids and tokens come from here and from nowhere else.
//!
//! ```
//! use backend::random::Random;
//! let random = Random::system();
//! assert_eq!(random.token().as_str().len(), 43);
//! assert_ne!(random.bits(), random.bits());
//! ```

use std::fmt;
#[cfg(test)]
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Where random bits come from. Clones of a seeded source share one sequence.
#[derive(Clone, Debug)]
pub struct Random(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    #[cfg(test)]
    Seeded {
        seed: u64,
        drawn: Arc<AtomicU64>,
    },
}

impl Random {
    /// The operating system's.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The same sequence for the same seed. For tests: whoever knows the seed knows every token.
    #[cfg(test)]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded { seed, drawn: Arc::new(AtomicU64::new(0)) })
    }

    /// 32 random bytes.
    pub fn bytes(&self) -> [u8; 32] {
        match &self.0 {
            Source::System => system(),
            #[cfg(test)]
            Source::Seeded { seed, drawn } => {
                let mut hash = Sha256::new();
                hash.update(seed.to_be_bytes());
                hash.update(drawn.fetch_add(1, Ordering::SeqCst).to_be_bytes());
                hash.finalize().into()
            }
        }
    }

    /// 64 random bits, for an id: `UserId::from_bits(random.bits())`.
    pub fn bits(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.bytes();
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// A new id as text, 13 lower-case base32 characters like every other id.
    pub fn id(&self) -> String {
        model::id::UserId::from_bits(self.bits()).to_string()
    }

    /// A new secret of 256 bits.
    pub fn token(&self) -> Token {
        Token(URL_SAFE_NO_PAD.encode(self.bytes()))
    }
}

fn system() -> [u8; 32] {
    let mut bytes = [0; 32];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Going on would hand out tokens that can be guessed, and no caller could do better.
        tracing::error!(%error, "the operating system gives no random bytes; stopping");
        std::process::abort();
    }
    bytes
}

/// A secret that is shown once: a session's cookie, or the end of a one-time link. Only its [hash](Token::hash)
/// is stored. It never shows in logs: `Debug` hides it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token that a browser sent, whatever it may be.
    pub fn sent(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself: 43 characters that need no escaping in a URL or a cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored: SHA-256 in lower-case hex. A fast hash is enough for 256 random bits.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_sequence_shared_by_clones() {
        let random = Random::seeded(7);
        let first = random.clone().id();
        let second = random.id();
        assert_ne!(first, second);
        let again = Random::seeded(7);
        assert_eq!((again.id(), again.id()), (first, second));
    }

    #[test]
    fn a_token_is_hashed_to_hex_and_hidden_in_logs() {
        let token = Token::sent("abc");
        assert_eq!(token.hash(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    #[test]
    fn the_system_never_repeats_itself() {
        let random = Random::system();
        let tokens: std::collections::HashSet<String> =
            (0..1_000).map(|_| random.token().as_str().to_owned()).collect();
        assert_eq!(tokens.len(), 1_000);
    }
}
