//! `casbin`, in two ways that its documentation advises for roles on places: a rule a grant and permission, with
//! groups and places as roles ("RBAC with resource roles"); and rules for roles alone, which people have on places
//! ("RBAC with domains"). Cheap comparisons come first in the matchers. Its cache of answers is left out: it is one
//! of 200 whole questions, and here hardly any is asked twice.

use crate::trial::Peer;
use crate::world::{Question, World};
use casbin::{CoreApi, DefaultModel, Enforcer, MgmtApi};
use futures::executor::block_on;
use model::catalog::Permission;
use model::grant::Subject;
use std::collections::BTreeSet;

/// A question as `casbin` takes it: who, on what (the place and those above it), to do what.
pub struct Asked {
    who: String,
    places: Vec<String>,
    what: String,
}

const PLACES: &str = "
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _
g2 = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && g2(r.obj, p.obj) && g(r.sub, p.sub)
";

/// A rule a grant and permission; places are in places.
pub struct Places(Enforcer);

impl Peer for Places {
    type Request = Asked;

    fn set_up(world: &World) -> Self {
        let mut rules = BTreeSet::new();
        for grant in world.state.grants() {
            let (who, object) = (name(grant.subject), grant.object.to_string());
            for one in world.state.permissions_of(grant.role).iter() {
                rules.insert(vec![who.clone(), object.clone(), key(world, one)]);
            }
        }
        let members = world.state.groups().into_iter().flat_map(|group| {
            let members = world.state.members(group.id);
            members.map(|user| vec![user.to_string(), name(Subject::Group(group.id))])
        });
        let within = world
            .state
            .objects()
            .filter_map(|object| object.parent.map(|parent| vec![object.id.to_string(), parent.to_string()]));
        let mut enforcer = enforcer(PLACES);
        fill(&mut enforcer, "p", rules.into_iter().collect());
        fill(&mut enforcer, "g", members.collect());
        fill(&mut enforcer, "g2", within.collect());
        Self(enforcer)
    }

    fn size(&self) -> String {
        size(&self.0, &["g", "g2"])
    }

    fn request(&self, world: &World, question: &Question) -> Asked {
        asked(world, question)
    }

    fn allows(&self, asked: &Asked) -> bool {
        let place = asked.places.first().unwrap();
        self.0.enforce((&asked.who, place, &asked.what)).unwrap()
    }
}

const DOMAINS: &str = "
[request_definition]
r = sub, dom, act
[policy_definition]
p = sub, act
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && g(r.sub, p.sub, r.dom)
";

/// A rule a role and permission. People are in groups and roles on a place; a question is asked for the place and
/// for each above it, until one allows.
pub struct Domains(Enforcer);

impl Peer for Domains {
    type Request = Asked;

    fn set_up(world: &World) -> Self {
        let mut rules = Vec::new();
        for role in &world.roles {
            let held = world.state.permissions_of(*role);
            rules.extend(held.iter().map(|one| vec![role.to_string(), key(world, one)]));
        }
        let mut links = BTreeSet::new();
        for grant in world.state.grants() {
            let (who, place) = (name(grant.subject), grant.object.to_string());
            if let Subject::Group(group) = grant.subject {
                links.extend(
                    world.state.members(group).map(|user| [user.to_string(), who.clone(), place.clone()]),
                );
            }
            links.insert([who, grant.role.to_string(), place]);
        }
        let mut enforcer = enforcer(DOMAINS);
        fill(&mut enforcer, "p", rules);
        fill(&mut enforcer, "g", links.into_iter().map(Vec::from).collect());
        Self(enforcer)
    }

    fn size(&self) -> String {
        size(&self.0, &["g"])
    }

    fn request(&self, world: &World, question: &Question) -> Asked {
        asked(world, question)
    }

    fn allows(&self, asked: &Asked) -> bool {
        asked.places.iter().any(|place| self.0.enforce((&asked.who, place, &asked.what)).unwrap())
    }
}

fn enforcer(model: &str) -> Enforcer {
    block_on(async { Enforcer::new(DefaultModel::from_str(model).await.unwrap(), ()).await.unwrap() })
}

fn fill(enforcer: &mut Enforcer, kind: &str, rules: Vec<Vec<String>>) {
    let all_new = match kind {
        "p" => block_on(enforcer.add_policies(rules)),
        _ => block_on(enforcer.add_named_grouping_policies(kind, rules)),
    };
    assert!(all_new.unwrap(), "a rule of {kind} was there already");
}

fn size(enforcer: &Enforcer, kinds: &[&str]) -> String {
    let count = |section: &str, kind: &str| {
        enforcer
            .get_model()
            .get_model()
            .get(section)
            .and_then(|all| all.get(kind))
            .map_or(0, |one| one.policy.len())
    };
    let links: usize = kinds.iter().map(|kind| count("g", kind)).sum();
    format!("{} rules, {links} links", count("p", "p"))
}

fn asked(world: &World, question: &Question) -> Asked {
    Asked {
        who: question.user.to_string(),
        places: world.state.above(question.object).iter().map(ToString::to_string).collect(),
        what: key(world, question.permission),
    }
}

fn key(world: &World, permission: Permission) -> String {
    world.state.catalog().entry(permission).unwrap().key.clone()
}

fn name(subject: Subject) -> String {
    match subject {
        Subject::User(id) => id.to_string(),
        Subject::Group(id) => id.to_string(),
        other => panic!("{other:?} has no grants in this world"),
    }
}
