//! The links of people who were just invited. They are shown once.

use super::copy::CopyLink;
use crate::components::{Banner, Tone, When};
use leptos::prelude::*;
use model::Millis;
use model::view::invitations::InvitedLink;

/// A table of links to hand over.
#[component]
pub fn Links(
    /// The links.
    links: Vec<InvitedLink>,
    /// Until when they are good.
    until: Millis,
    /// Whether they were sent by mail as well.
    mailed: bool,
) -> impl IntoView {
    let sent = if mailed {
        "Each link was sent by mail as well."
    } else {
        "No mail is set up: hand each link over yourself."
    };
    view! {
        <Banner tone=Tone::Wait>
            "These links are shown once. " {sent} " They work until "
            <When at=until/> "."
        </Banner>
        <div class="scroll">
            <table class="table cards">
                <caption class="vh">"Links to hand over"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Person"</th>
                        <th scope="col">"Link"</th>
                    </tr>
                </thead>
                <tbody>
                    {links
                        .into_iter()
                        .map(|link| {
                            let named = (!link.name.is_empty()).then(|| link.name.clone());
                            view! {
                                <tr>
                                    <th scope="row">
                                        {named}
                                        <span class="sub">{link.email.clone()}</span>
                                    </th>
                                    <td data-label="Link">
                                        <CopyLink
                                            id=format!("link-{}", link.user)
                                            label=format!("Link for {}", link.email)
                                            url=link.url
                                        />
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
