//! The answers that are lists: who may, what somebody may, and where.

use super::Choice;
use crate::catalog::InForce;
use crate::view::Page;
use serde::{Deserialize, Serialize};

/// Somebody who may under conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditional {
    /// Who.
    pub who: Choice,
    /// On what it depends, in words.
    pub on: Vec<String>,
}

/// Who may do something somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoCan {
    /// How many, in one sentence.
    pub sentence: String,
    /// Where it is in force.
    pub in_force: InForce,
    /// A page of the people, by name.
    pub people: Page<Choice>,
    /// The first service accounts, by name.
    pub accounts: Vec<Choice>,
    /// How many service accounts there are.
    pub accounts_total: u64,
    /// The first of those who may under conditions.
    pub depends: Vec<Conditional>,
    /// How many of them there are.
    pub depends_total: u64,
}

/// Something that somebody may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayDo {
    /// The key of the permission.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it depends on, in words; empty: nothing.
    pub on: Vec<String>,
}

/// What somebody may do on one place, beyond what they may do above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayDoThere {
    /// The place.
    pub place: Choice,
    /// Area by area.
    pub areas: Vec<(String, Vec<MayDo>)>,
}

/// What somebody may do on a place and beneath it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatCan {
    /// In one sentence.
    pub sentence: String,
    /// Place by place, the one that was asked about first.
    pub places: Vec<MayDoThere>,
    /// How many more places there are that the reader may see.
    pub more: u64,
    /// How many places there are that the reader may not see.
    pub hidden: u64,
}

/// Where somebody may do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhereCan {
    /// How many places, in one sentence.
    pub sentence: String,
    /// Where it is in force.
    pub in_force: InForce,
    /// A page of the places, by name.
    pub places: Page<Choice>,
    /// How many more there are under conditions.
    pub depends: u64,
}
