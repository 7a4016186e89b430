//! The rules of access, as tests that read like them: decisions, guards, what fits, previews, words, and the
//! same on random worlds.

#[cfg(test)]
mod account;
#[cfg(test)]
mod administrators;
#[cfg(test)]
mod agreement;
#[cfg(test)]
mod automation;
#[cfg(test)]
mod cedar;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod delegation;
#[cfg(test)]
mod dump;
#[cfg(test)]
mod effects;
#[cfg(test)]
mod escalation;
#[cfg(test)]
mod explained;
#[cfg(test)]
mod fits;
#[cfg(test)]
mod fits_ties;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod handing;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod inverse;
#[cfg(test)]
mod invite;
#[cfg(test)]
mod naive;
#[cfg(test)]
mod own_packs;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod places;
#[cfg(test)]
mod random;
#[cfg(test)]
mod removal;
#[cfg(test)]
mod removal_of_places;
#[cfg(test)]
mod saved;
#[cfg(test)]
#[cfg(test)]
mod stories;
#[cfg(test)]
mod world;
