//! Ids of new things, made in the browser: random bits from its own source.
//!
//! Only called from what a person does, never while a page is drawn: the server and the browser would draw
//! different ones.

/// 64 random bits: `RoleId::from_bits(new_id::bits())`. `None` where the browser gives no random bytes.
#[must_use]
pub fn bits() -> Option<u64> {
    let mut bytes = [0_u8; 8];
    let crypto = leptos::prelude::window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(u64::from_be_bytes(bytes))
}
