//! What every request passes before it reaches its page, and every answer on its way out.
//!
//! Each request gets an id, the address of whoever asks, and the nonce of its answer; one that another site
//! has forged goes no further. Each answer gets the security headers and the id, and leaves one line in the
//! log: never a query, a cookie, or the token at the end of a link.

pub mod address;
pub mod cookie;
pub mod forgery;
pub mod headers;
pub mod session;

use crate::answer;
use crate::console::Console;
use app::request::RequestId;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use headers::Nonce;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::time::Instant;
use tracing::Instrument;

/// The address of whoever asks. Found in the extensions of every request.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer of all routes.
pub async fn around(State(console): State<Console>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId(console.backend().random().id());
    let nonce = Nonce::new(console.backend().random());
    let address = client_address(&console, &request);
    let method = request.method().clone();
    // The route and not the path: a path may end in a token.
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(nonce.clone());
    request.extensions_mut().insert(ClientAddress(address));

    let span = tracing::info_span!("request", id = %id.0);
    let uri = request.uri().clone();
    let mut response = if forgery::is_own(&method, request.headers(), console.url().origin()) {
        let answer = AssertUnwindSafe(next.run(request).instrument(span)).catch_unwind();
        answer.await.unwrap_or_else(|_| broken(&console, uri, (&id, &nonce)))
    } else {
        answer::refusal(
            &console,
            &request,
            StatusCode::FORBIDDEN,
            "This request does not come from this console, so nothing was done. Open the page again and retry.",
        )
    };

    headers::add(response.headers_mut(), &nonce, console.url().is_secure());
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let route = route.as_deref().unwrap_or("no route");
    if is_told(route) {
        let status = response.status().as_u16();
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match response.status() {
            StatusCode::INTERNAL_SERVER_ERROR => {
                tracing::error!(id = %id.0, %method, route, status, milliseconds, %address, "answered");
            }
            _ => tracing::info!(id = %id.0, %method, route, status, milliseconds, %address, "answered"),
        }
    }
    response
}

/// The answer where a defect has stopped the request: a sentence, not a connection that ends. What happened
/// stands in the log already.
fn broken(console: &Console, uri: Uri, (id, nonce): (&RequestId, &Nonce)) -> Response {
    let mut asked = Request::new(Body::empty());
    *asked.uri_mut() = uri;
    asked.extensions_mut().insert(id.clone());
    asked.extensions_mut().insert(nonce.clone());
    let sentence = "Something failed on our side. Try again; if it fails again, tell your administrator.";
    answer::refusal(console, &asked, StatusCode::INTERNAL_SERVER_ERROR, sentence)
}

/// What asks all the time and says nothing leaves no line.
fn is_told(route: &str) -> bool {
    !matches!(route, "/healthz" | "/readyz" | "/events") && !route.starts_with("/assets/")
}

fn client_address(console: &Console, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    console.proxies().client(peer, request.headers())
}
