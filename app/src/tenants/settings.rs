//! A tenant's settings: staged in the fields, saved together. They alter nobody's access.

use super::server;
use crate::action::Action;
use crate::components::{AskBeforeLeaving, Field, FieldAround, PendingBar};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::effect;
use model::view::tenants::{Details, Tenant, TenantEdit};

/// What stands in the fields, and what stood there when editing began.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    domain: RwSignal<String>,
    contact: RwSignal<String>,
    notes: RwSignal<String>,
    was: RwSignal<(String, Details)>,
    seen: RwSignal<u64>,
}

impl Fields {
    fn of(tenant: Signal<Tenant>) -> Self {
        let text = || RwSignal::new(String::new());
        let fields = Self {
            name: text(),
            domain: text(),
            contact: text(),
            notes: text(),
            was: RwSignal::default(),
            seen: RwSignal::new(0),
        };
        tenant.with_untracked(|tenant| fields.take(tenant));
        // What others save is shown, unless something is being edited.
        whenever(move || {
            tenant.with(|now| {
                if untrack(move || fields.count()) == 0 {
                    fields.take(now);
                }
            });
        });
        fields
    }

    fn take(self, tenant: &Tenant) {
        let details = tenant.details.clone().unwrap_or_default();
        self.name.set(tenant.name.clone());
        self.domain.set(details.domain.clone());
        self.contact.set(details.contact.clone());
        self.notes.set(details.notes.clone());
        self.was.set((tenant.name.clone(), details));
        self.seen.set(tenant.revision);
    }

    fn details(self) -> Details {
        Details { domain: self.domain.get(), contact: self.contact.get(), notes: self.notes.get() }
    }

    fn count(self) -> usize {
        let (name, details) = self.was.get();
        let now = self.details();
        let altered = [
            self.name.get() != name,
            now.domain != details.domain,
            now.contact != details.contact,
            now.notes != details.notes,
        ];
        altered.into_iter().filter(|is_altered| *is_altered).count()
    }

    fn edit(self, tenant: &Tenant) -> TenantEdit {
        let ((was, details), name, now) = (self.was.get(), self.name.get(), self.details());
        TenantEdit {
            tenant: tenant.id,
            name: (was != name).then_some((was, name)),
            details: (details != now).then_some((details, now)),
            seen: self.seen.get(),
        }
    }
}

/// The part.
#[component]
pub(super) fn SettingsPart(
    /// The tenant.
    tenant: Signal<Tenant>,
) -> impl IntoView {
    let live = Live::here();
    let fields = Fields::of(tenant);
    let problem = RwSignal::new(None::<Problem>);
    let save = Action::new(move |edit: TenantEdit| async move {
        if let Some(saved) = live.save(server::edit(edit), problem).await {
            problem.set(None);
            fields.was.set((fields.name.get_untracked(), untrack(move || fields.details())));
            say_saved(live, "The settings are saved.", &saved);
        }
    });
    let count = Signal::derive(move || fields.count());
    let about = move |field: &'static str| Signal::derive(move || problem.get()?.about(field));
    let other = Signal::derive(move || {
        problem.get().filter(|problem| {
            !["name", "domain", "contact", "notes"].iter().any(|field| problem.about(field).is_some())
        })
    });
    let nobody = Signal::derive(move || Some(Ok::<_, Problem>(effect::Effect::default())));
    let discard = move |()| {
        problem.set(None);
        tenant.with_untracked(|tenant| fields.take(tenant));
    };
    // Of what each reader is shown: it is drawn anew only when that changes, so that fields keep focus.
    let may_rename = Memo::new(move |_| tenant.with(|t| t.no_renaming.is_none()));
    let barred = Memo::new(move |_| tenant.with(|t| (t.no_configuring.clone(), t.no_seeing.clone())));
    view! {
        <div class="body settings">
            <section class="panel" aria-labelledby="settings-head">
                <header>
                    <h2 id="settings-head">"Settings"</h2>
                </header>
                <div class="pad">
                    {move || may_rename.get().then(|| view! {
                        <Field id="name" label="Name" value=fields.name error=about("name")/>
                    })}
                    {move || match barred.get() {
                        (_, Some(reason)) => view! { <p class="help">{reason}</p> }.into_any(),
                        (Some(reason), None) => {
                            view! {
                                <Told tenant=tenant/>
                                <p class="help">{reason}</p>
                            }
                                .into_any()
                        }
                        (None, None) => {
                            view! {
                                <Field id="domain" label="Domain" value=fields.domain error=about("domain")/>
                                <Field
                                    id="contact"
                                    label="Contact"
                                    value=fields.contact
                                    help="Whom to ask about this tenant."
                                    error=about("contact")
                                />
                                <FieldAround id="notes" label="Notes" error=about("notes")>
                                    <textarea
                                        class="input"
                                        id="notes"
                                        rows="4"
                                        aria-describedby="notes-error"
                                        prop:value=move || fields.notes.get()
                                        on:input=move |event| fields.notes.set(event_target_value(&event))
                                    ></textarea>
                                </FieldAround>
                            }
                                .into_any()
                        }
                    }}
                </div>
            </section>
        </div>
        <PendingBar
            count=count
            effect=nobody
            saving=save.pending()
            problem=other
            on_save=move |()| {
                save.dispatch(tenant.with_untracked(|tenant| untrack(move || fields.edit(tenant))));
            }
            on_discard=discard
        />
        <AskBeforeLeaving count=count on_leave=discard/>
    }
}

/// The settings for who may only read them.
#[component]
fn Told(tenant: Signal<Tenant>) -> impl IntoView {
    let line = move |label: &'static str, read: fn(&Details) -> &str| {
        let text = move || {
            tenant.with(|t| t.details.as_ref().map(|details| read(details).to_owned()).unwrap_or_default())
        };
        view! {
            <dt>{label}</dt>
            <dd class="lines-kept">
                {move || match text() {
                    text if text.is_empty() => view! { <span class="faint">"Not told"</span> }.into_any(),
                    text => view! { <span>{text}</span> }.into_any(),
                }}
            </dd>
        }
    };
    view! {
        <dl>
            {line("Domain", |details| &details.domain)} {line("Contact", |details| &details.contact)}
            {line("Notes", |details| &details.notes)}
        </dl>
    }
}
