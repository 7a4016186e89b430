//! Who holds which right on one application, and who can merge to production over all of them.

use super::Status;
use crate::Millis;
use crate::grant::{Subject, Who, Window};
use crate::id::{GrantId, ObjectId, RoleId};
use crate::view::Page;
use crate::view::access::AccessRow;
use crate::view::check::Prepared;
use crate::view::people::Place;
use serde::{Deserialize, Serialize};

/// Somebody who holds a permission on an application or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Holder {
    /// Their name.
    pub name: String,
    /// A person, a group of so many …
    pub about: String,
    /// By which role.
    pub role: String,
    /// Where the role is given.
    pub place: String,
    /// Whether that lies above the application.
    pub is_inherited: bool,
    /// When it counts.
    pub window: Window,
    /// Each limit in words.
    pub limits: Vec<String>,
}

/// Who holds one permission.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RightRow {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it opens.
    pub opens: String,
    /// The first by whom it is held.
    pub holders: Vec<Holder>,
    /// How many more there are.
    pub more: u64,
    /// How many people hold it on the whole application.
    pub people: u64,
    /// How many service accounts do.
    pub accounts: u64,
}

/// Who holds which permission on an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// The revision it was read at.
    pub revision: u64,
    /// Each permission, in the order of the catalog.
    pub rows: Vec<RightRow>,
}

/// Who was given which role on an application, on a stage of it, or above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// The revision it was read at.
    pub revision: u64,
    /// Those that were asked for: given on the application, then on its stages, then inherited.
    pub rows: Page<AccessRow>,
    /// How many people were given something on stages that the reader may not see.
    pub hidden: u64,
    /// Where the reader may give roles: the application first.
    pub places: Vec<Place>,
    /// Why the reader may give none anywhere on it.
    pub no_giving: Option<String>,
}

/// What is done to who has access to an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RightsAct {
    /// A role is given.
    Give {
        /// To whom.
        subject: Subject,
        /// Which.
        role: RoleId,
        /// On the application or one of its stages.
        object: ObjectId,
        /// From when until when.
        window: Window,
    },
    /// A role is taken away.
    Take {
        /// The role assignment.
        grant: GrantId,
    },
}

/// Something done to who has access, as its maker sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightsWish {
    /// What.
    pub act: RightsAct,
    /// The revision that was looked at.
    pub seen: u64,
}

/// What is looked for in the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MatrixQuery {
    /// Part of the name of an application; where none has it, of a person.
    pub search: String,
    /// Only service accounts.
    pub accounts_only: bool,
    /// Which page of applications; the first is 1.
    pub page: u32,
}

/// Whether somebody may merge an application to production.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cell {
    /// By what is given on the application or on a stage of it.
    Given,
    /// By what is given on the organization.
    Inherited,
    /// From some stages only, for some time only, or under conditions: which.
    Depends(String),
    /// As before, until then.
    Until(Millis),
    /// They may not.
    No,
}

/// An application in the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Column {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// How far it has come.
    pub status: Status,
}

/// Somebody in the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Who.
    pub who: Who,
    /// Their name.
    pub name: String,
    /// The roles by which they may, or what they are.
    pub about: String,
    /// One for each application of the page.
    pub cells: Vec<Cell>,
    /// In how many of all applications they may.
    pub may: u64,
}

/// Who may merge to production, over all applications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The revision it was read at.
    pub revision: u64,
    /// The applications of this page.
    pub columns: Page<Column>,
    /// Everybody who may merge at least one of all, by name.
    pub rows: Vec<MatrixRow>,
    /// How many people are in it, before the search.
    pub people: u64,
    /// How many service accounts.
    pub accounts: u64,
    /// How many applications the reader sees whose rights are not theirs to see.
    pub others: u64,
}

/// Which cell is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellQuery {
    /// Who.
    pub who: Who,
    /// Which application.
    pub application: ObjectId,
}

/// Why somebody may merge an application to production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paths {
    /// The verdict.
    pub sentence: String,
    /// Each path.
    pub paths: Vec<PathLine>,
    /// The stage about which *Check access* answers more.
    pub stage: ObjectId,
}

/// One way by which somebody may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathLine {
    /// In words: *Release manager on Claims intake, by the group Platform team*.
    pub words: String,
    /// The one edit that ends it.
    pub ends: Prepared,
}
