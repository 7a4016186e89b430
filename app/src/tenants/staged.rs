//! Other audiences that are staged on the page. They stay while others save; what somebody else has done
//! already is no edit any more.

use crate::whenever::whenever;
use leptos::prelude::*;
use model::grant::Subject;
use model::id::RoleId;
use model::view::tenants::{Access, AccessEdits, AccessRow, AudienceEdit, Chip};
use std::collections::BTreeMap;

/// What is staged for one permission.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RowEdit {
    /// Who is to be named as well.
    pub add: Vec<Chip>,
    /// Who is no longer to be named.
    pub cut: Vec<Subject>,
}

impl RowEdit {
    fn is_empty(&self) -> bool {
        self.add.is_empty() && self.cut.is_empty()
    }
}

/// All that is staged; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Staged {
    rows: RwSignal<BTreeMap<RoleId, RowEdit>>,
    seen: RwSignal<u64>,
}

impl Staged {
    /// Nothing, following what is saved.
    pub(super) fn on(access: Signal<Access>) -> Self {
        let seen = access.with_untracked(|access| access.revision);
        let staged = Self { rows: RwSignal::new(BTreeMap::new()), seen: RwSignal::new(seen) };
        whenever(move || access.with(|now| staged.follow(now)));
        staged
    }

    fn follow(self, now: &Access) {
        let mut rows = self.rows.get_untracked();
        for row in &now.rows {
            let is_named = |subject: &Subject| row.audience.iter().any(|chip| chip.subject == *subject);
            if let Some(edit) = rows.get_mut(&row.role) {
                edit.add.retain(|chip| !is_named(&chip.subject));
                edit.cut.retain(is_named);
            }
        }
        rows.retain(|_, edit| !edit.is_empty());
        if rows.is_empty() {
            self.seen.set(now.revision);
        }
        if self.rows.with_untracked(|before| *before != rows) {
            self.rows.set(rows);
        }
    }

    /// What is staged for a permission.
    pub(super) fn of(self, role: RoleId) -> RowEdit {
        self.rows.with(|rows| rows.get(&role).cloned().unwrap_or_default())
    }

    /// Names somebody as well, or leaves them where they are already.
    pub(super) fn add(self, row: &AccessRow, chip: Chip) {
        self.alter(row.role, |edit| {
            edit.cut.retain(|subject| *subject != chip.subject);
            let is_there = row.audience.iter().chain(&edit.add).any(|one| one.subject == chip.subject);
            if !is_there {
                edit.add.push(chip);
            }
        });
    }

    /// Takes somebody out: who was only staged is as before.
    pub(super) fn cut(self, role: RoleId, subject: Subject) {
        self.alter(role, |edit| {
            let staged = edit.add.len();
            edit.add.retain(|chip| chip.subject != subject);
            if edit.add.len() == staged && !edit.cut.contains(&subject) {
                edit.cut.push(subject);
            }
        });
    }

    /// Puts back who was to be taken out.
    pub(super) fn put_back(self, role: RoleId, subject: Subject) {
        self.alter(role, |edit| edit.cut.retain(|one| *one != subject));
    }

    fn alter(self, role: RoleId, alter: impl FnOnce(&mut RowEdit)) {
        self.rows.update(|rows| {
            alter(rows.entry(role).or_default());
            rows.retain(|_, edit| !edit.is_empty());
        });
    }

    /// The edits, for the server.
    pub(super) fn edits(self, access: &Access) -> AccessEdits {
        let edits = self.rows.with(|rows| {
            let edit = |(role, edit): (&RoleId, &RowEdit)| AudienceEdit {
                tenant: access.id,
                role: *role,
                add: edit.add.iter().map(|chip| chip.subject).collect(),
                cut: edit.cut.clone(),
            };
            rows.iter().map(edit).collect()
        });
        AccessEdits { edits, seen: self.seen.get() }
    }

    /// Takes all back.
    pub(super) fn discard(self, access: Signal<Access>) {
        self.rows.set(BTreeMap::new());
        self.seen.set(access.with_untracked(|access| access.revision));
    }
}

/// Whom a permission names once the edits are saved.
pub(super) fn audience_after(row: &AccessRow, edit: &RowEdit) -> Vec<Subject> {
    let kept = row.audience.iter().map(|chip| chip.subject).filter(|one| !edit.cut.contains(one));
    kept.chain(edit.add.iter().map(|chip| chip.subject)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::id::{GroupId, ObjectId};

    const ROLE: RoleId = RoleId::from_bits(40);

    fn chip(bits: u64) -> Chip {
        Chip { subject: Subject::Group(GroupId::from_bits(bits)), name: String::new(), about: String::new() }
    }

    fn row(named: &[u64]) -> AccessRow {
        AccessRow {
            role: ROLE,
            name: String::new(),
            about: String::new(),
            governs: false,
            audience: named.iter().map(|bits| chip(*bits)).collect(),
            reaches: 0,
            unseeing: 0,
            anyway: Vec::new(),
        }
    }

    fn access(named: &[u64], revision: u64) -> Access {
        Access { revision, id: ObjectId::from_bits(9), rows: vec![row(named)], no_setting: None }
    }

    #[test]
    fn staged_audiences_stay_while_others_save_and_lose_what_others_did() {
        let owner = Owner::new();
        owner.with(|| {
            let now = RwSignal::new(access(&[1], 7));
            let staged = Staged::on(now.into());
            staged.add(&row(&[1]), chip(2));
            staged.add(&row(&[1]), chip(1));
            staged.cut(ROLE, chip(1).subject);
            let edits = staged.edits(&now.get_untracked());
            assert_eq!((edits.count(), edits.seen), (2, 7));
            assert_eq!(audience_after(&row(&[1]), &staged.of(ROLE)), [chip(2).subject]);

            staged.follow(&access(&[1, 2], 8));
            assert_eq!(staged.of(ROLE), RowEdit { add: vec![], cut: vec![chip(1).subject] });
            staged.put_back(ROLE, chip(1).subject);
            assert_eq!(staged.edits(&now.get_untracked()).count(), 0);
            staged.add(&row(&[1, 2]), chip(3));
            staged.cut(ROLE, chip(3).subject);
            assert_eq!(staged.edits(&now.get_untracked()).count(), 0, "who was only staged is as before");
        });
    }
}
