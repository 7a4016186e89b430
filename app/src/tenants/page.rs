//! One tenant: its head, and the part of it that the address names.

use super::access::AccessPart;
use super::apps::AppsPart;
use super::remove::RemoveDialog;
use super::server;
use super::settings::SettingsPart;
use crate::components::{Banner, Button, InForceLine, Loaded, PageHead};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::{Kind, Problem};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::id::ObjectId;
use model::view::tenants::Tenant;

/// A part of a tenant's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its name, domain, contact and notes.
    Settings,
    /// Its apps.
    Apps,
    /// Who has access.
    Access,
}

/// The page.
#[component]
pub fn TenantPage(
    /// Which part.
    here: Part,
) -> impl IntoView {
    let live = Live::here();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let tenant = Fetched::new(
        move || (id.get(), live.changes()),
        |(id, _)| async move {
            match id.parse::<ObjectId>() {
                Ok(tenant) => server::one(tenant).await,
                Err(_) => Err(Problem::new(Kind::Gone, "There is no such tenant. The address is not whole.")),
            }
        },
    );
    view! {
        <Loaded of=tenant let:tenant>
            <Screen tenant=tenant here=here/>
        </Loaded>
    }
}

#[component]
fn Screen(tenant: Signal<Tenant>, here: Part) -> impl IntoView {
    let removing = RwSignal::new(false);
    let name = Signal::derive(move || tenant.with(|t| t.name.clone()));
    let about = Signal::derive(move || tenant.with(summary));
    let reason = Signal::derive(move || tenant.with(|t| t.no_removing.clone()));
    let others = move || {
        let id = tenant.with(|t| t.no_reading_access.is_none().then_some(t.id))?;
        Some(view! {
            <a class="btn" href=format!("/tenants/access?like={id}")>
                "Make others like this"
            </a>
        })
    };
    let part = match here {
        Part::Settings => view! { <SettingsPart tenant=tenant/> }.into_any(),
        Part::Apps => view! { <AppsPart tenant=tenant/> }.into_any(),
        Part::Access => view! { <AccessPart tenant=tenant/> }.into_any(),
    };
    view! {
        <PageHead title=name about=about>
            {others}
            <Button id="remove-tenant" class="btn danger" reason=reason on_press=move |()| removing.set(true)>
                "Remove tenant"
            </Button>
        </PageHead>
        <InForceLine here=Signal::derive(move || tenant.with(|t| t.in_force))/>
        <Parts tenant=tenant here=here/>
        {part}
        <RemoveDialog tenant=tenant open=removing/>
    }
}

/// *nordhavn.example, contact Erik Dahl, 38 apps*
fn summary(tenant: &Tenant) -> String {
    let details = tenant.details.as_ref();
    let domain = details.map(|d| d.domain.clone()).filter(|domain| !domain.is_empty());
    let contact = details.map(|d| &d.contact).filter(|contact| !contact.is_empty());
    let apps = tenant.apps.map(|apps| words::count(apps, "app", "apps"));
    let all: Vec<String> =
        domain.into_iter().chain(contact.map(|contact| format!("contact {contact}"))).chain(apps).collect();
    all.join(", ")
}

#[component]
fn Parts(tenant: Signal<Tenant>, here: Part) -> impl IntoView {
    let id = tenant.with_untracked(|t| t.id);
    let is_here = move |part: Part| (part == here).then_some("page");
    let apps = move || tenant.with(|t| t.apps).map(|apps| view! { <span class="count">{apps}</span> });
    view! {
        <nav class="tabs" aria-label="Parts of this page">
            <a href=format!("/tenants/{id}") aria-current=is_here(Part::Settings)>
                "Settings"
            </a>
            <a href=format!("/tenants/{id}/apps") aria-current=is_here(Part::Apps)>
                "Apps "
                {apps}
            </a>
            <a href=format!("/tenants/{id}/access") aria-current=is_here(Part::Access)>
                "Access"
            </a>
        </nav>
    }
}

/// A part that is not for the reader.
#[component]
pub(super) fn NotYours(
    /// Why.
    reason: String,
) -> impl IntoView {
    view! {
        <div class="body">
            <Banner>{reason}</Banner>
        </div>
    }
}
