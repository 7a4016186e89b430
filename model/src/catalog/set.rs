//! A set of permissions as bits, so that roles are compared word by word.

use smallvec::SmallVec;

/// The number of a permission in its catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission(pub(super) u16);

impl Permission {
    /// The number itself.
    #[must_use]
    pub fn number(self) -> usize {
        usize::from(self.0)
    }
}

/// A set of permissions: one bit each. Up to 256 stand in the set itself: many sets are made for one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PermissionSet(SmallVec<[u64; 4]>);

impl PermissionSet {
    /// Whether it holds the permission.
    #[must_use]
    pub fn contains(&self, permission: Permission) -> bool {
        let n = permission.number();
        self.0.get(n / 64).is_some_and(|word| word & (1 << (n % 64)) != 0)
    }

    /// Adds a permission; says whether it was new.
    pub fn insert(&mut self, permission: Permission) -> bool {
        let was = self.contains(permission);
        self.set(permission, true);
        !was
    }

    /// Takes a permission out; says whether it was there.
    pub fn remove(&mut self, permission: Permission) -> bool {
        let was = self.contains(permission);
        self.set(permission, false);
        was
    }

    fn set(&mut self, permission: Permission, on: bool) {
        let n = permission.number();
        if on && self.0.len() <= n / 64 {
            self.0.resize(n / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(n / 64) {
            *word = if on { *word | (1 << (n % 64)) } else { *word & !(1 << (n % 64)) };
        }
        self.trim();
    }

    /// Equal sets have equal words: no empty ones at the end.
    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Adds all of another set.
    pub fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let theirs = other.0.iter().copied().chain(std::iter::repeat(0));
        let mut left = Self(self.0.iter().zip(theirs).map(|(a, b)| a & !b).collect());
        left.trim();
        left
    }

    /// What is in both sets.
    #[must_use]
    pub fn both(&self, other: &Self) -> Self {
        let mut shared = Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect());
        shared.trim();
        shared
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Its permissions, in order.
    pub fn iter(&self) -> impl Iterator<Item = Permission> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            (0..64_usize)
                .filter(move |bit| word & (1 << bit) != 0)
                .filter_map(move |bit| u16::try_from(at * 64 + bit).ok().map(Permission))
        })
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        let mut set = Self::default();
        for permission in permissions {
            set.insert(permission);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_permissions_add_and_subtract() {
        let set = |numbers: &[u16]| numbers.iter().map(|n| Permission(*n)).collect::<PermissionSet>();
        let mut a = set(&[1, 64, 200]);
        assert_eq!(a.len(), 3);
        assert_eq!(a.without(&set(&[64, 3])), set(&[1, 200]));
        assert_eq!(a.both(&set(&[64, 3])), set(&[64]));
        assert!(a.remove(Permission(200)) && a.remove(Permission(64)));
        assert_eq!(a, set(&[1]));
        assert_eq!(a.iter().collect::<Vec<_>>(), vec![Permission(1)]);
    }
}
