//! Everything that touches the database, secrets or time.

pub mod clock;
pub mod database;
pub mod random;
#[cfg(any(test, feature = "test"))]
pub mod test_database;
