//! Lists whose rows stay as long as their keys do.

use leptos::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// A row before it is drawn.
struct Row {
    /// The hash of its key: two of a list are alike once in 2⁶⁴.
    key: u64,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// What Leptos' own does, compiled once: that one is compiled anew for each sort of row, some 13 kB each. A row is
/// drawn when its key comes and taken away when it goes; what changes within a row belongs in its key or in a
/// signal.
#[component]
pub fn For<T, K, I, N>(
    /// The rows as they are now.
    each: impl Fn() -> I + Send + 'static,
    /// What a row is known by.
    key: impl Fn(&T) -> K + Send + 'static,
    /// Draws one.
    children: impl Fn(T) -> N + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    K: Hash,
    I: IntoIterator<Item = T>,
    N: IntoView + 'static,
{
    let children = Arc::new(children);
    rows(Box::new(move || {
        let all = each().into_iter().map(|one| {
            let mut hasher = DefaultHasher::new();
            key(&one).hash(&mut hasher);
            let children = Arc::clone(&children);
            Row { key: hasher.finish(), draw: Box::new(move || children(one).into_any()) }
        });
        all.collect()
    }))
}

fn rows(each: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <leptos::prelude::For each=each key=|row| row.key children=|row| (row.draw)()/> }.into_any()
}
