//! The browser's half of Rolecall, embedded in the binary: scripts, styles and pictures under `/assets/`.
//!
//! Every file is served under a name that holds a hash of its content, so a browser may keep it for good.
//! Nothing here is secret and nothing is decided here; pages are made elsewhere.
//!
//! ```ignore
//! let router = Router::new().route("/assets/{*path}", get(site::serve));
//! let script = site::asset("frontend.js"); // Some("/assets/frontend.38123e82bc1d084a.js")
//! ```

use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

/// A file of the site, as it was when the binary was built.
struct Asset {
    /// What code calls it: `frontend.js`.
    name: &'static str,
    /// Where it is served: `/assets/frontend.38123e82bc1d084a.js`.
    address: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/site_table.rs"));

/// The binary was built without a site: it can answer programs, but no browser.
#[derive(Debug, thiserror::Error)]
#[error(
    "This binary was built without its web site. Build it with `make run`, or run `make site` before cargo."
)]
pub struct SiteMissing;

/// Refuses a binary without a site; to be asked before serving.
///
/// # Errors
/// When there is no site in this binary.
pub fn require() -> Result<(), SiteMissing> {
    if ASSETS.is_empty() { Err(SiteMissing) } else { Ok(()) }
}

/// Where the file of that name is served; `None` where the site has no such file.
#[must_use]
pub fn asset(name: &str) -> Option<&'static str> {
    named(name).map(|asset| asset.address)
}

fn named(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// Where the files of each piece are served that pages are fetched in; see docs/code-splitting.md.
#[must_use]
pub fn pieces() -> BTreeMap<String, Vec<&'static str>> {
    let noted = named("pieces.json").map_or(&b"{}"[..], |asset| asset.plain);
    let files: BTreeMap<String, Vec<String>> = serde_json::from_slice(noted).unwrap_or_default();
    let served = |files: Vec<String>| files.iter().filter_map(|name| asset(name)).collect();
    files.into_iter().map(|(piece, files)| (piece, served(files))).collect()
}

/// Answers `GET /assets/{*path}`.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.address.strip_prefix("/assets/") == Some(&path))
    else {
        let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
        return (StatusCode::NOT_FOUND, headers, "There is no such file. Reload the page.\n").into_response();
    };
    let (encoding, body) = asset.encoded(&headers);
    let tag = asset.tag(encoding);
    let lasting = [
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (VARY, "accept-encoding"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    if headers.get_all(IF_NONE_MATCH).iter().any(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, lasting, [(ETAG, tag)]).into_response();
    }
    let described = [(CONTENT_TYPE, content_type(asset.name).to_owned()), (ETAG, tag)];
    let mut response = (lasting, described, body).into_response();
    if let Some(encoding) = encoding.header() {
        response.headers_mut().insert(CONTENT_ENCODING, encoding);
    }
    response
}

#[derive(Clone, Copy)]
enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Plain => "plain",
        }
    }

    fn header(self) -> Option<axum::http::HeaderValue> {
        match self {
            Self::Plain => None,
            packed => Some(axum::http::HeaderValue::from_static(packed.name())),
        }
    }
}

impl Asset {
    fn encoded(&self, headers: &HeaderMap) -> (Encoding, &'static [u8]) {
        let packed = if accepts(headers, "br") {
            (Encoding::Brotli, self.brotli)
        } else if accepts(headers, "gzip") {
            (Encoding::Gzip, self.gzip)
        } else {
            (Encoding::Plain, self.plain)
        };
        if packed.1.len() < self.plain.len() { packed } else { (Encoding::Plain, self.plain) }
    }

    /// The address holds the hash of the content; each encoding is a body of its own.
    fn tag(&self, encoding: Encoding) -> String {
        format!("\"{}-{}\"", self.address.trim_start_matches("/assets/"), encoding.name())
    }
}

/// Whether `Accept-Encoding` names the encoding and does not give it a weight of nought.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
            let refused =
                parts.filter_map(|part| part.strip_prefix("q=")).any(|weight| weight.parse() == Ok(0.0));
            named && !refused
        })
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offering(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, value.parse().unwrap());
        headers
    }

    #[test]
    fn a_browser_gets_the_smallest_encoding_that_it_accepts() {
        let asset = Asset {
            name: "a.js",
            address: "/assets/a.0123.js",
            plain: b"aaaaaaaa",
            brotli: b"aa",
            gzip: b"aaaa",
        };
        let table = [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip;q=1.0, br;q=0", "gzip"),
            ("BR", "br"),
            ("identity", "plain"),
            ("brand", "plain"),
        ];
        for (offer, wanted) in table {
            assert_eq!(asset.encoded(&offering(offer)).0.name(), wanted, "{offer}");
        }
        assert_eq!(asset.encoded(&HeaderMap::new()).0.name(), "plain");
    }

    #[test]
    fn what_packing_makes_larger_is_sent_plain() {
        let asset =
            Asset { name: "a.svg", address: "/assets/a.0123.svg", plain: b"a", brotli: b"aa", gzip: b"aaaa" };
        assert_eq!(asset.encoded(&offering("br, gzip")).0.name(), "plain");
    }

    #[tokio::test]
    async fn a_file_of_an_older_version_is_not_found_in_a_sentence() {
        let response = serve(Path("frontend.gone.wasm".to_owned()), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    }

    #[test]
    fn an_unknown_name_has_no_address() {
        assert_eq!(asset("nothing.js"), None);
    }
}
