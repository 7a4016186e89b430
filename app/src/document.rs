//! The HTML document around the application: head, scripts with the page's nonce, the icons.
//!
//! Drawn on the server only. It holds no inline style and no script without the nonce, so that the content
//! security policy can forbid both.

use crate::components::icon::Sprite;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the files of the site are served; provided by the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// `frontend.js`
    pub script: &'static str,
    /// `pieces.js`
    pub loader: &'static str,
    /// `frontend.wasm`
    pub wasm: &'static str,
    /// The files of each piece that pages are fetched in.
    pub pieces: Arc<BTreeMap<String, Vec<&'static str>>>,
    /// `style.css`
    pub style: &'static str,
    /// `live.js`
    pub live: &'static str,
    /// `icon.svg`
    pub icons: &'static str,
    /// What changes with every build: the event stream tells it, and an older page then loads itself anew.
    pub build: &'static str,
}

/// Has the browser fetch the files of a page's piece at once, and not when the main module asks for them.
#[cfg(feature = "ssr")]
pub(crate) fn fetch_early(piece: &str) {
    let Some(assets) = use_context::<Assets>() else { return };
    for file in assets.pieces.get(piece).into_iter().flatten().copied() {
        let link = view! {
            <leptos_meta::Link rel="preload" href=file as_="fetch" type_="application/wasm" crossorigin=""/>
        };
        // Drawing it puts it into the head; it has no place in the page.
        let _ = link.to_html();
    }
}

/// The whole document with the application in its body.
///
/// ```ignore
/// router.leptos_routes_with_context(&state, generate_route_list(app::App), provide, move || document(assets.clone()))
/// ```
#[must_use]
pub fn document(assets: Assets) -> impl IntoView {
    provide_context(assets.clone());
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    let start = format!(
        "import start, {{ hydrate }} from {:?}; await start({{ module_or_path: {:?} }}); hydrate();",
        assets.script, assets.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <script
                    nonce=nonce.clone()
                    src=assets.live
                    data-events="/events"
                    data-build=assets.build
                ></script>
                <link rel="stylesheet" href=assets.style/>
                <link rel="icon" type="image/svg+xml" href=assets.icons/>
                <link rel="modulepreload" href=assets.script nonce=nonce.clone()/>
                <link rel="modulepreload" href=assets.loader nonce=nonce.clone()/>
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin=""/>
                <script type="module" nonce=nonce>{start}</script>
                <MetaTags/>
            </head>
            <body class="app">
                <crate::App/>
                <Sprite/>
            </body>
        </html>
    }
}
