//! Something wished for people, for a group, for a place, for an application or for a role, which the server previews, saves and takes back.

use super::server;
use crate::applications::server as application_server;
use crate::check::server as check_server;
use crate::components::{toast, toast_with_undo};
use crate::folders::server as folder_server;
use crate::groups::server as group_server;
use crate::live::Live;
use crate::problem::Problem;
use crate::roles::server as role_server;
use leptos::task::spawn_local_scoped;
use model::grant::Window;
use model::id::{GroupId, ObjectId, RoleId, UserId};
use model::view::applications::{RightsAct, RightsWish};
use model::view::check::EditWish;
use model::view::folders::{FolderAct, FolderWish};
use model::view::groups::{GroupAct, GroupWish};
use model::view::people::{Act, Plan, Saved, Wish};
use model::view::role_users::{RoleAct, RoleWish};

/// For whom something is wished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// For people.
    People(Vec<UserId>),
    /// For a group.
    Group(GroupId),
}

/// What is wished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// For people.
    People(Wish),
    /// For a group.
    Group(GroupWish),
    /// Edits that an answer of *Check access* offers.
    Edits(EditWish),
    /// For a place of *Folders & robots*.
    Folders(FolderWish),
    /// For an application or a stage: who has what there.
    Rights(RightsWish),
    /// For a role: who has it, and that it goes.
    Role(RoleWish),
}

impl Wanted {
    /// Something for one person.
    #[must_use]
    pub fn for_one(user: UserId, act: Act, seen: u64) -> Self {
        Self::People(Wish { people: vec![user], act, seen })
    }

    /// A role more.
    #[must_use]
    pub fn give(whom: Whom, role: RoleId, object: ObjectId, window: Window, seen: u64) -> Self {
        match whom {
            Whom::People(people) => {
                Self::People(Wish { people, act: Act::Give { role, object, window, with_half: false }, seen })
            }
            Whom::Group(group) => Self::Group(GroupWish {
                group,
                act: GroupAct::Give { role, object, window, with_half: false },
                seen,
            }),
        }
    }

    /// The same, with the half that is missing where it gives a role, or without.
    #[must_use]
    pub fn with_half(mut self, on: bool) -> Self {
        if let Some(with_half) = self.half() {
            *with_half = on;
        }
        self
    }

    /// Whether it may give a role.
    #[must_use]
    pub fn gives(mut self) -> bool {
        let has_no_half = matches!(self, Self::Rights(RightsWish { act: RightsAct::Give { .. }, .. }));
        has_no_half || self.half().is_some()
    }

    fn half(&mut self) -> Option<&mut bool> {
        match self {
            Self::People(Wish { act: Act::Give { with_half, .. }, .. })
            | Self::Group(GroupWish { act: GroupAct::Give { with_half, .. }, .. })
            | Self::Folders(FolderWish { act: FolderAct::Give { with_half, .. }, .. })
            | Self::Role(RoleWish { act: RoleAct::Give { with_half, .. }, .. })
            | Self::Edits(EditWish { with_half, .. }) => Some(with_half),
            _ => None,
        }
    }

    /// What it would do.
    ///
    /// # Errors
    /// What saving would refuse.
    pub async fn preview(self) -> Result<Plan, Problem> {
        match self {
            Self::People(wish) => server::preview(wish).await,
            Self::Group(wish) => group_server::preview(wish).await.map(|plan| Plan {
                people: 1,
                refused: plan.refused,
                effect: plan.effect,
                half: plan.half,
                ..Plan::default()
            }),
            Self::Edits(wish) => check_server::preview(wish).await,
            Self::Folders(wish) => folder_server::preview(wish).await,
            Self::Rights(wish) => application_server::assign_plan(wish).await,
            Self::Role(wish) => role_server::plan(wish).await,
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// When it is refused or no longer fits.
    pub async fn save(self) -> Result<Saved, Problem> {
        match self {
            Self::People(wish) => server::save(wish).await,
            Self::Group(wish) => group_server::save(wish).await,
            Self::Edits(wish) => check_server::save(wish).await,
            Self::Folders(wish) => folder_server::save(wish).await,
            Self::Rights(wish) => application_server::assign(wish).await,
            Self::Role(wish) => role_server::act(wish).await,
        }
    }
}

/// Says what was saved, and offers to take it back where that is possible.
pub fn say_saved(live: Live, words: &str, saved: &Saved) {
    live.saved(saved.revision);
    let text = format!("{words} Change no. {}.", saved.revision);
    let revision = saved.revision;
    if saved.undoable {
        toast_with_undo(text, move || take_back(live, revision));
    } else {
        toast(text);
    }
}

fn take_back(live: Live, revision: u64) {
    spawn_local_scoped(async move {
        match live.saving(server::take_back(revision)).await {
            Ok(saved) => {
                live.saved(saved.revision);
                toast(format!("Change no. {revision} is taken back."));
            }
            Err(problem) => toast(format!("Change no. {revision} stays: {}", problem.message)),
        }
    });
}
