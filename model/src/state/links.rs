//! What ties objects beside their first place: further placements, what is passed down, relations. And by
//! all of it together: what lies above an object.

use super::{Map, Set, State};
use crate::id::ObjectId;
use crate::object::{How, Link};

/// All links, found from both ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    of: Map<ObjectId, Set<Link>>,
    under: Map<ObjectId, Set<Link>>,
}

impl Links {
    pub(super) fn contains(&self, link: &Link) -> bool {
        self.of.get(&link.object).is_some_and(|links| links.contains(link))
    }

    pub(super) fn insert(&mut self, link: &Link) {
        self.of.entry(link.object).or_default().insert(link.clone());
        self.under.entry(link.holder).or_default().insert(link.clone());
    }

    pub(super) fn remove(&mut self, link: &Link) {
        for (index, end) in [(&mut self.of, link.object), (&mut self.under, link.holder)] {
            if let Some(links) = index.get_mut(&end) {
                links.remove(link);
                if links.is_empty() {
                    index.remove(&end);
                }
            }
        }
    }
}

impl State {
    /// Whether two objects are tied like that.
    #[must_use]
    pub fn is_linked(&self, link: &Link) -> bool {
        self.links.contains(link)
    }

    /// The links by which an object is held.
    pub fn holders(&self, object: ObjectId) -> impl Iterator<Item = &Link> {
        self.links.of.get(&object).into_iter().flatten()
    }

    /// The links by which an object holds others.
    pub fn held_by(&self, holder: ObjectId) -> impl Iterator<Item = &Link> {
        self.links.under.get(&holder).into_iter().flatten()
    }

    /// All links of an object, from both ends.
    #[must_use]
    pub fn links_of(&self, object: ObjectId) -> Vec<Link> {
        // What is passed down first: it hangs on the placement.
        let mut links: Vec<Link> = self.holders(object).chain(self.held_by(object)).cloned().collect();
        links.sort_by_key(|link| link.how != How::PassedDown);
        links
    }

    /// All links, in an order of their own.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.links.of.values().flatten().cloned().collect();
        links.sort();
        links
    }

    /// The further placements of an object.
    pub fn shared_into(&self, object: ObjectId) -> impl Iterator<Item = ObjectId> + '_ {
        self.holders(object).filter(|link| link.how == How::Shared).map(|link| link.holder)
    }

    /// All placements of an object, the first one first.
    pub fn placements(&self, object: ObjectId) -> impl Iterator<Item = ObjectId> + '_ {
        self.object(object).and_then(|one| one.parent).into_iter().chain(self.shared_into(object))
    }

    /// An object and everything above it, nearest first: by any placement, by what is passed down, and by
    /// relations that contain. A grant on one of these reaches the object.
    #[must_use]
    pub fn above(&self, object: ObjectId) -> Vec<ObjectId> {
        let mut found = match self.object(object) {
            Some(_) => vec![object],
            None => return Vec::new(),
        };
        let mut seen: rustc_hash::FxHashSet<ObjectId> = found.iter().copied().collect();
        let mut next = 0;
        while let Some(here) = found.get(next).copied() {
            next += 1;
            self.each_holder(here, &mut |holder, _| {
                if seen.insert(holder) {
                    found.push(holder);
                }
            });
        }
        found
    }

    /// What holds an object directly, and how: `None` for its first place.
    pub(crate) fn each_holder(&self, object: ObjectId, see: &mut impl FnMut(ObjectId, Option<&How>)) {
        if let Some(parent) = self.object(object).and_then(|one| one.parent) {
            see(parent, None);
        }
        for link in self.holders(object) {
            match &link.how {
                How::Shared => see(link.holder, Some(&link.how)),
                How::PassedDown => self.nested(link.holder, &mut |folder| see(folder, Some(&link.how))),
                How::Related(relation) if self.contains(relation) => see(link.holder, Some(&link.how)),
                How::Related(_) => {}
            }
        }
    }

    /// An object and those that come to hang elsewhere with it, though they are not beneath it: what is
    /// passed down to it from the folders above.
    #[must_use]
    pub fn moves_along(&self, object: ObjectId) -> Vec<ObjectId> {
        let mut all = vec![object];
        let kind = self.object(object).map(|one| one.kind.as_str());
        for place in self.chain(object).skip(1).take_while(|one| Some(one.kind.as_str()) == kind) {
            let down = self.held_by(place.id).filter(|link| link.how == How::PassedDown);
            all.extend(down.map(|link| link.object));
        }
        all
    }

    fn contains(&self, relation: &str) -> bool {
        self.catalog.relation(relation).is_some_and(|relation| relation.contains)
    }

    /// All objects of the same kind beneath one of them: a folder's subfolders, theirs, and so on.
    fn nested(&self, object: ObjectId, see: &mut dyn FnMut(ObjectId)) {
        let Some(kind) = self.object(object).map(|one| one.kind.as_str()) else { return };
        for child in self.children(object).filter(|child| child.kind == kind) {
            see(child.id);
            self.nested(child.id, see);
        }
    }

    /// How deeply an object of a kind that nests lies among its own kind, itself counted.
    pub(super) fn depth(&self, object: ObjectId) -> usize {
        let kind = self.object(object).map(|one| one.kind.as_str());
        self.chain(object).take_while(|one| Some(one.kind.as_str()) == kind).count()
    }

    /// How many levels of its own kind an object holds, itself counted.
    pub(super) fn height(&self, object: ObjectId) -> usize {
        let kind = self.object(object).map(|one| one.kind.as_str());
        let beneath = self.children(object).filter(|child| Some(child.kind.as_str()) == kind);
        1 + beneath.map(|child| self.height(child.id)).max().unwrap_or_default()
    }
}
