//! The applications of the sample organization, with what their stages hold and what was merged.

use super::{BadSample, Loading, known};
use crate::applications::details;
use crate::applications::moves::Move;
use crate::applications::tree;
use crate::applications::versions;
use crate::clock::{DAY, HOUR};
use model::change::Change;
use model::guard::Actor;
use model::id::{MoveId, ObjectId};
use model::view::applications::{MoveKind, Outcome, Status};
use model::view::check::who_key;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct ApplicationData {
    name: String,
    description: String,
    owners: Vec<String>,
    status: Status,
    #[serde(default)]
    planned_on: String,
    /// Since how many days the status is so.
    days: i64,
    stages: Vec<StageData>,
    #[serde(default)]
    moves: Vec<MoveData>,
}

/// A stage, after the one above it, with the versions that it holds.
#[derive(Deserialize)]
struct StageData {
    name: String,
    above: Option<String>,
    #[serde(default)]
    branch: bool,
    holds: Vec<String>,
}

/// What moved a stage, the oldest first. A merge that a rollback takes back is named by what it brought.
#[derive(Deserialize)]
struct MoveData {
    kind: MoveKind,
    from: Option<String>,
    to: String,
    before: String,
    after: String,
    versions: Vec<String>,
    about: String,
    by: Option<String>,
    days: i64,
    #[serde(default)]
    failed: bool,
    takes_back: Option<String>,
}

/// The versions that a stage holds, each with the merge by which it came.
type Held = Vec<(String, Option<MoveId>)>;

/// The applications of the sample that stand beside the access state.
#[derive(Debug, Clone, Default)]
pub struct Applications {
    pub(crate) noted: Vec<(ObjectId, details::Noted)>,
    pub(crate) stages: Vec<(ObjectId, versions::Noted, Held)>,
    pub(crate) moves: Vec<Move>,
}

impl Loading<'_> {
    pub(super) fn application(&mut self, data: ApplicationData) -> Result<(), BadSample> {
        let path = vec![data.name.clone()];
        self.place(tree::APPLICATION, path.clone())?;
        let id = known(&self.places, path.as_slice(), &data.name)?;
        let owner = |name: &String| match (self.people.get(name), self.groups.get(name)) {
            (Some(user), _) => Ok(who_key((*user).into())),
            (None, Some(group)) => Ok(who_key(model::grant::Who::Group(*group))),
            (None, None) => Err(BadSample::Unknown(name.clone())),
        };
        let noted = details::Noted {
            description: data.description,
            owners: data.owners.iter().map(owner).collect::<Result<_, _>>()?,
            status: data.status,
            planned_on: data.planned_on,
            since: self.now - data.days * DAY,
        };
        self.sample.noted.applications.noted.push((id, noted));
        for stage in &data.stages {
            let path = vec![data.name.clone(), stage.name.clone()];
            self.place(tree::STAGE, path.clone())?;
            let here = known(&self.places, path.as_slice(), &stage.name)?;
            if let Some(above) = &stage.above {
                let above = known(&self.places, [data.name.clone(), above.clone()].as_slice(), above)?;
                self.sample.changes.push(Change::Linked { link: tree::tie(here, above) });
            }
        }
        let brought = self.moves(&data.name, id, data.moves)?;
        for stage in data.stages {
            let path = [data.name.clone(), stage.name.clone()];
            let here = known(&self.places, path.as_slice(), &stage.name)?;
            let version = stage.holds.last().cloned().unwrap_or_default();
            let noted = versions::Noted { branch: stage.branch, version, locked_by: None };
            let by = |version: String| {
                let merge = brought.get(&(here, version.clone())).copied();
                (version, merge)
            };
            let held = stage.holds.into_iter().map(by).collect();
            self.sample.noted.applications.stages.push((here, noted, held));
        }
        Ok(())
    }

    /// Notes what moved the stages of an application: which version came to which stage by which.
    fn moves(
        &mut self,
        application: &str,
        id: ObjectId,
        moves: Vec<MoveData>,
    ) -> Result<BTreeMap<(ObjectId, String), MoveId>, BadSample> {
        let mut brought = BTreeMap::new();
        for data in moves {
            let place = |name: &String| {
                let path = [application.to_owned(), name.clone()];
                known(&self.places, path.as_slice(), name).map(|id| (id, name.clone()))
            };
            let (stage, from) = (place(&data.to)?, data.from.as_ref().map(place).transpose()?);
            let by = match &data.by {
                Some(name) => Actor::User(known(&self.people, name.as_str(), name)?),
                None => Actor::CommandLine,
            };
            let move_id = MoveId::from_bits(self.random.bits());
            let mut takes_back = None;
            if let Some(version) = &data.takes_back {
                let merge = brought.remove(&(stage.0, version.clone()));
                let merge: MoveId = merge.ok_or_else(|| BadSample::Unknown(version.clone()))?;
                takes_back = Some(merge);
                let all = &mut self.sample.noted.applications.moves;
                all.iter_mut()
                    .filter(|one| one.id == merge)
                    .for_each(|one| one.taken_back_by = Some(move_id));
            } else if !data.failed {
                for version in &data.versions {
                    brought.insert((stage.0, version.clone()), move_id);
                }
            }
            let begun_at = self.now - data.days * DAY;
            self.sample.noted.applications.moves.push(Move {
                id: move_id,
                application: id,
                kind: data.kind,
                stage,
                from,
                version_before: data.before,
                version_after: data.after,
                versions: data.versions,
                description: data.about,
                actor: Some(by),
                carried_by: String::new(),
                outcome: if data.failed { Outcome::Failed } else { Outcome::Done },
                begun_at,
                ended_at: Some(begun_at + HOUR / 4),
                takes_back,
                taken_back_by: None,
            });
        }
        Ok(brought)
    }
}
