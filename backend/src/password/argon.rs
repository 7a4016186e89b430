//! argon2id itself, on a buffer that the caller keeps.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

const ALGORITHM: Algorithm = Algorithm::Argon2id;
const VERSION: Version = Version::V0x13;

/// m = 19 MiB, t = 2, p = 1: what a hash must have been made with in order not to be outdated.
fn params() -> Params {
    Params::DEFAULT
}

/// The blocks that argon2 fills, kept between passwords.
#[derive(Default)]
pub(super) struct Memory(Vec<Block>);

impl Memory {
    fn blocks(&mut self, params: &Params) -> &mut [Block] {
        if self.0.len() < params.block_count() {
            self.0.resize(params.block_count(), Block::default());
        }
        &mut self.0
    }
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// It is the password.
    pub right: bool,
    /// It is, but its hash was made with other parameters than today's: hash it again.
    pub outdated: bool,
}

const WRONG: Verified = Verified { right: false, outdated: false };

pub(super) fn hash(memory: &mut Memory, password: &str, salt: [u8; 16]) -> Option<String> {
    let params = params();
    let output = derive(memory, ALGORITHM, VERSION, &params, password, &salt, Params::DEFAULT_OUTPUT_LEN)?;
    let hash = PasswordHash {
        algorithm: ALGORITHM.ident(),
        version: Some(VERSION.into()),
        params: ParamsString::try_from(&params).ok()?,
        salt: Some(Salt::new(&salt).ok()?),
        hash: Some(output),
    };
    Some(hash.to_string())
}

pub(super) fn verify(memory: &mut Memory, password: &str, hash: Option<&str>) -> Verified {
    let Some(stored) = hash.and_then(Stored::read) else {
        // The work of a comparison, for an answer that is known: otherwise time would tell who has an account.
        let _ = hash_nobody(memory, password);
        return WRONG;
    };
    let Stored { algorithm, version, params, salt, output } = &stored;
    let computed = derive(memory, *algorithm, *version, params, password, salt.as_ref(), output.len());
    // `Output` compares in constant time.
    let right = computed.is_some_and(|computed| computed == *output);
    Verified { right, outdated: right && stored.is_outdated() }
}

fn hash_nobody(memory: &mut Memory, password: &str) -> Option<Output> {
    derive(memory, ALGORITHM, VERSION, &params(), password, &[0; 16], Params::DEFAULT_OUTPUT_LEN)
}

fn derive(
    memory: &mut Memory,
    algorithm: Algorithm,
    version: Version,
    params: &Params,
    password: &str,
    salt: &[u8],
    length: usize,
) -> Option<Output> {
    let argon = Argon2::new(algorithm, version, params.clone());
    let blocks = memory.blocks(params);
    let mut out = [0; Output::MAX_LENGTH];
    let out = out.get_mut(..length)?;
    argon.hash_password_into_with_memory(password.as_bytes(), salt, out, blocks).ok()?;
    Output::new(out).ok()
}

/// A PHC string, taken apart.
struct Stored {
    algorithm: Algorithm,
    version: Version,
    params: Params,
    salt: Salt,
    output: Output,
}

impl Stored {
    fn read(text: &str) -> Option<Self> {
        let hash = PasswordHash::new(text).ok()?;
        Some(Self {
            algorithm: Algorithm::try_from(hash.algorithm.as_str()).ok()?,
            version: hash.version.map_or(Ok(VERSION), Version::try_from).ok()?,
            params: Params::try_from(&hash).ok()?,
            salt: hash.salt?,
            output: hash.hash?,
        })
    }

    fn is_outdated(&self) -> bool {
        let now = params();
        let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        self.algorithm != ALGORITHM || self.version != VERSION || costs(&self.params) != costs(&now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_of_other_parameters_is_right_but_outdated() {
        let mut memory = Memory::default();
        let params = Params::new(64, 1, 1, None).unwrap();
        let salt = [7; 16];
        let output = derive(&mut memory, ALGORITHM, VERSION, &params, "old", &salt, 32).unwrap();
        let hash = PasswordHash {
            algorithm: ALGORITHM.ident(),
            version: Some(VERSION.into()),
            params: ParamsString::try_from(&params).unwrap(),
            salt: Some(Salt::new(&salt).unwrap()),
            hash: Some(output),
        };
        let text = hash.to_string();
        assert_eq!(verify(&mut memory, "old", Some(&text)), Verified { right: true, outdated: true });
        assert_eq!(verify(&mut memory, "new", Some(&text)), WRONG);
    }

    #[test]
    fn the_buffer_is_used_again() {
        let mut memory = Memory::default();
        let first = hash(&mut memory, "one", [1; 16]).unwrap();
        let at = memory.0.as_ptr();
        assert_eq!(hash(&mut memory, "one", [1; 16]).unwrap(), first);
        verify(&mut memory, "two", None);
        assert_eq!(memory.0.as_ptr(), at);
        assert_eq!(memory.0.len(), 19_456);
    }
}
