//! The binary `rolecall`.

mod site;

fn main() {}
