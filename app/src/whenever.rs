//! What happens in the browser whenever a signal changes.

use leptos::prelude::*;

/// Runs at once, and again whenever a signal that is read in it changes; never on the server. What Leptos' `Effect`
/// does, compiled once: that one is compiled anew for each of some hundred uses.
pub fn whenever(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(run);
}
