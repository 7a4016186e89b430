//! Takes out the bodies of functions that a browser never runs, but that the linker must keep.
//!
//! Leptos puts a way to hydrate asynchronously into the table of every view, and calls it from
//! `hydrate_from_async` alone; `frontend` fetches its piece first and then hydrates at once. Lists of routes are
//! made on the server. A panic ends in `unreachable` whatever it says before: nobody reads a browser's standard
//! error. What only these functions called, `wasm-opt` then drops.
//!
//! The compiler gives one body to functions that are alike, under the name of any of them. So only functions go that
//! no other is like; small ones around them, such as what drops a future, stay. A function that is called after all
//! stops the page with an error in the console, which the browser tests see.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalId, Module, ModuleConfig};

use crate::Failure;

/// Parts of the mangled names of what is never run: each word after its length.
const NEVER_RUN: [&str; 3] =
    ["8into_any13hydrate_async", "21into_any_nested_route15generate_routes", "4core9panicking"];
/// Parts of the names of what the compiler makes for others, and may share with what is run.
const SHARED: [&str; 3] = ["13drop_in_place", "9drop_slow", "9call_once"];

/// The module without those bodies. Names must not be stripped yet.
pub fn snip(wasm: &[u8]) -> Result<Vec<u8>, Failure> {
    let config = ModuleConfig::new();
    let mut module =
        config.parse(wasm).map_err(|cause| format!("The module could not be read: {cause:?}"))?;
    let never_run: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| {
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            let has = |part: &&str| name.contains(part);
            NEVER_RUN.iter().any(has) && !SHARED.iter().any(has)
        })
        .collect();
    for id in &never_run {
        empty(&mut module, *id);
    }
    Ok(module.emit_wasm())
}

fn empty(module: &mut Module, id: FunctionId) {
    let kind = module.types.get(module.funcs.get(id).ty());
    let (parameters, results) = (kind.params().to_vec(), kind.results().to_vec());
    let arguments: Vec<LocalId> = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
}
