//! `cedar-policy`, in three ways that its documentation advises for roles on places: a template a role and a linked
//! policy a grant ("Role management using policy templates"); roles as groups of people, with one policy a
//! permission ("Cedar design patterns", membership); and who holds a permission as an attribute of the place
//! ("Use attributes or templates to represent relationships"). Policies, entities and requests are parsed and built
//! before the clock runs.

use crate::trial::Peer;
use crate::world::{Question, World};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicyId,
    PolicySet, Request, RestrictedExpression, SlotId, Template,
};
use model::catalog::Permission;
use model::grant::{Grant, Subject};
use model::id::ObjectId;
use std::collections::{BTreeSet, HashMap, HashSet};

struct Cedar {
    policies: PolicySet,
    entities: Entities,
    authorizer: Authorizer,
}

impl Cedar {
    fn size(&self) -> String {
        format!("{} policies, {} entities", self.policies.num_of_policies(), self.entities.len())
    }

    fn request(&self, world: &World, question: &Question) -> Request {
        let entry = world.state.catalog().entry(question.permission).unwrap();
        let user = uid("User", &question.user.to_string());
        let object = uid("Object", &question.object.to_string());
        Request::new(user, uid("Action", &entry.key), object, Context::empty(), None).unwrap()
    }

    fn allows(&self, request: &Request) -> bool {
        let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        assert!(response.diagnostics().errors().next().is_none(), "a policy failed");
        response.decision() == Decision::Allow
    }
}

/// A template a role, a linked policy a grant.
pub struct Links(Cedar);

impl Peer for Links {
    type Request = Request;

    fn set_up(world: &World) -> Self {
        let mut policies = PolicySet::new();
        for role in &world.roles {
            let keys = world.state.permissions_of(*role);
            let actions: Vec<String> =
                keys.iter().map(|one| format!("Action::\"{}\"", key(world, one))).collect();
            for (scope, is) in [("own", "=="), ("group", "in")] {
                let text = format!(
                    "permit(principal {is} ?principal, action in [{}], resource in ?resource);",
                    actions.join(", ")
                );
                let id = PolicyId::new(format!("{role} {scope}"));
                policies.add_template(Template::parse(Some(id), text).unwrap()).unwrap();
            }
        }
        for grant in world.state.grants() {
            let scope = if matches!(grant.subject, Subject::Group(_)) { "group" } else { "own" };
            let values = HashMap::from([
                (SlotId::principal(), subject(grant.subject)),
                (SlotId::resource(), uid("Object", &grant.object.to_string())),
            ]);
            let template = PolicyId::new(format!("{} {scope}", grant.role));
            policies.link(template, PolicyId::new(grant.id.to_string()), values).unwrap();
        }
        let mut entities = people(world, |_| HashSet::new());
        entities.extend(world.state.objects().map(|object| {
            let parents = object.parent.iter().map(|parent| uid("Object", &parent.to_string())).collect();
            Entity::new_no_attrs(uid("Object", &object.id.to_string()), parents)
        }));
        Self(of(policies, entities))
    }

    fn size(&self) -> String {
        self.0.size()
    }

    fn request(&self, world: &World, question: &Question) -> Request {
        self.0.request(world, question)
    }

    fn allows(&self, request: &Request) -> bool {
        self.0.allows(request)
    }
}

/// People and groups are in a role's group on a place, that in the groups of all who hold its permissions there, and
/// those in the groups of what lies beneath. A place names its groups.
pub struct Groups(Cedar);

impl Peer for Groups {
    type Request = Request;

    fn set_up(world: &World) -> Self {
        let role_on = |grant: &Grant| uid("RoleOn", &format!("{} {}", grant.role, grant.object));
        let roles_of = |subject| world.state.grants_of(subject).map(|grant| role_on(&grant)).collect();
        let mut entities = people(world, roles_of);
        let mut made = HashSet::new();
        for grant in world.state.grants() {
            if made.insert((grant.role, grant.object)) {
                let held = world.state.permissions_of(grant.role);
                let parents = held.iter().map(|one| holders(world, one, grant.object)).collect();
                entities.push(Entity::new_no_attrs(role_on(&grant), parents));
            }
        }
        let permissions = permissions(world);
        for object in world.state.objects() {
            let mut named = HashMap::new();
            for one in &permissions {
                let here = holders(world, *one, object.id);
                let beneath =
                    world.state.children(object.id).map(|child| holders(world, *one, child.id)).collect();
                entities.push(Entity::new_no_attrs(here.clone(), beneath));
                named.insert(key(world, *one).to_owned(), RestrictedExpression::new_entity_uid(here));
            }
            let object = uid("Object", &object.id.to_string());
            entities.push(Entity::new(object, named, HashSet::new()).unwrap());
        }
        Self(of(a_policy_a_permission(world, &permissions), entities))
    }

    fn size(&self) -> String {
        self.0.size()
    }

    fn request(&self, world: &World, question: &Question) -> Request {
        self.0.request(world, question)
    }

    fn allows(&self, request: &Request) -> bool {
        self.0.allows(request)
    }
}

/// A place names, for each permission, the people and groups who hold it there or above.
pub struct Holders(Cedar);

impl Peer for Holders {
    type Request = Request;

    fn set_up(world: &World) -> Self {
        let permissions = permissions(world);
        let mut entities = people(world, |_| HashSet::new());
        for object in world.state.objects() {
            let mut named: HashMap<String, BTreeSet<Subject>> =
                permissions.iter().map(|one| (key(world, *one).to_owned(), BTreeSet::new())).collect();
            for grant in
                world.state.above(object.id).into_iter().flat_map(|place| world.state.grants_on(place))
            {
                for one in world.state.permissions_of(grant.role).iter() {
                    named.entry(key(world, one).to_owned()).or_default().insert(grant.subject);
                }
            }
            let named = named.into_iter().map(|(key, who)| {
                let who = who.into_iter().map(|one| RestrictedExpression::new_entity_uid(subject(one)));
                (key, RestrictedExpression::new_set(who))
            });
            let object = uid("Object", &object.id.to_string());
            entities.push(Entity::new(object, named.collect(), HashSet::new()).unwrap());
        }
        Self(of(a_policy_a_permission(world, &permissions), entities))
    }

    fn size(&self) -> String {
        self.0.size()
    }

    fn request(&self, world: &World, question: &Question) -> Request {
        self.0.request(world, question)
    }

    fn allows(&self, request: &Request) -> bool {
        self.0.allows(request)
    }
}

fn of(policies: PolicySet, entities: Vec<Entity>) -> Cedar {
    let entities = Entities::from_entities(entities, None).unwrap();
    Cedar { policies, entities, authorizer: Authorizer::new() }
}

fn a_policy_a_permission(world: &World, permissions: &BTreeSet<Permission>) -> PolicySet {
    let policies = permissions.iter().map(|one| {
        let key = key(world, *one);
        format!("permit(principal, action == Action::\"{key}\", resource) when {{ principal in resource[\"{key}\"] }};")
    });
    policies.collect::<String>().parse().unwrap()
}

/// People and groups, and what else each is in.
fn people(world: &World, also_in: impl Fn(Subject) -> HashSet<EntityUid>) -> Vec<Entity> {
    let mut groups_of: HashMap<_, HashSet<EntityUid>> = HashMap::new();
    let mut all = Vec::new();
    for group in world.state.groups() {
        let uid = subject(Subject::Group(group.id));
        for user in world.state.members(group.id) {
            groups_of.entry(user).or_default().insert(uid.clone());
        }
        all.push(Entity::new_no_attrs(uid, also_in(Subject::Group(group.id))));
    }
    for user in &world.users {
        let mut parents = groups_of.remove(user).unwrap_or_default();
        parents.extend(also_in(Subject::User(*user)));
        all.push(Entity::new_no_attrs(subject(Subject::User(*user)), parents));
    }
    all
}

/// All that some role gives.
fn permissions(world: &World) -> BTreeSet<Permission> {
    world.roles.iter().flat_map(|role| world.state.permissions_of(*role).iter().collect::<Vec<_>>()).collect()
}

fn key(world: &World, permission: Permission) -> &str {
    &world.state.catalog().entry(permission).unwrap().key
}

fn holders(world: &World, permission: Permission, object: ObjectId) -> EntityUid {
    uid("Holders", &format!("{} {object}", key(world, permission)))
}

fn subject(subject: Subject) -> EntityUid {
    match subject {
        Subject::User(id) => uid("User", &id.to_string()),
        Subject::Group(id) => uid("Group", &id.to_string()),
        other => panic!("{other:?} has no grants in this world"),
    }
}

fn uid(kind: &'static str, id: &str) -> EntityUid {
    thread_local! {
        static KINDS: std::cell::RefCell<HashMap<&'static str, EntityTypeName>> = std::cell::RefCell::default();
    }
    let kind =
        KINDS.with_borrow_mut(|kinds| kinds.entry(kind).or_insert_with(|| kind.parse().unwrap()).clone());
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}
