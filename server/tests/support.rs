//! A console in a temporary folder, and browsers that use it.

use crate::world::{self, World};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use backend::clock::Clock;
use backend::database::{Database, migrate};
use backend::mail::Mailer;
use backend::random::Random;
use server::console::Console;
use server::edge::address::TrustedProxies;
use server::routes;
use server::serve::{self, Wired};
use server::settings::PublicUrl;
use std::path::Path;
use tempfile::TempDir;
use tower::ServiceExt;

/// The console's address in these tests.
pub const ORIGIN_HERE: &str = "http://localhost:3000";

/// A console, and what it stands on.
pub struct Place {
    pub console: Console,
    pub clock: Clock,
    pub world: &'static World,
    _folder: TempDir,
}

pub async fn open(folder: &Path, clock: &Clock, url: &str) -> Console {
    let url_of_file = format!("sqlite:{}", folder.join("rolecall.sqlite").display());
    let database = Database::open(&url_of_file).await.unwrap();
    migrate(&database, clock).await.unwrap();
    let wired = Wired {
        mailer: Mailer::none(),
        url: PublicUrl::parse(url).unwrap(),
        proxies: TrustedProxies::default(),
    };
    serve::console(database, clock.clone(), Random::system(), wired).await.unwrap()
}

impl Place {
    /// An organization with the people of [`world`].
    pub async fn new() -> Self {
        Self::at(ORIGIN_HERE).await
    }

    /// The same, reached at another address.
    pub async fn at(url: &str) -> Self {
        let world = world::prepared();
        let folder = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(world.folder.path()).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let clock = Clock::fixed(world::NOW);
        Self { console: open(folder.path(), &clock, url).await, clock, world, _folder: folder }
    }

    /// Nothing set up.
    pub async fn untouched() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(world::NOW);
        let console = open(folder.path(), &clock, ORIGIN_HERE).await;
        Self { console, clock, world: world::prepared(), _folder: folder }
    }

    /// A browser that nobody has signed in with.
    pub fn browser(&self) -> Browser {
        Browser::on(&self.console)
    }

    /// The browser of one of the people of [`world`], signed in.
    pub fn browser_of(&self, who: &str) -> Browser {
        let token = &self.world.tokens[who];
        let cookie = format!("{}={token}", self.console.cookie().name());
        Browser { cookie: Some(cookie), ..self.browser() }
    }
}

/// Keeps its cookie, follows nothing, runs no script.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    /// What it sends as `Origin` with forms.
    pub origin: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    /// A browser that nobody has signed in with.
    pub fn on(console: &Console) -> Self {
        let origin = console.url().origin().to_owned();
        Self { router: routes::router(console.clone()), cookie: None, origin: Some(origin) }
    }

    /// Asks for a page and reads no more than its head.
    pub async fn begin(&self, path: &str) -> Response {
        self.ask(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    async fn ask(&self, mut request: Request<Body>) -> Response {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(COOKIE, cookie.parse().unwrap());
        }
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.ask(request).await;
        let (parts, body) = response.into_parts();
        if let Some(set) = parts.headers.get(SET_COOKIE).map(|value| value.to_str().unwrap()) {
            let pair = set.split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let builder = Request::builder().method(&method).uri(path);
        match &self.origin {
            Some(origin) if !method.is_safe() => builder.header(ORIGIN, origin),
            _ => builder,
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Asks without reading the body.
    pub async fn head(&mut self, path: &str) -> Answer {
        let request = self.request(Method::HEAD, path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_as(path, "application/x-www-form-urlencoded", body).await
    }

    /// Calls a function with JSON.
    pub async fn call(&mut self, path: &str, body: &serde_json::Value) -> Answer {
        self.post_as(path, "application/json", body.to_string()).await
    }

    pub async fn post_as(&mut self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, kind).body(body.into()).unwrap();
        self.send(request).await
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", password)]).await
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// The input of that name, as it is drawn.
    pub fn input(&self, name: &str) -> &str {
        let wanted = format!(" name=\"{name}\"");
        let inputs = self.body.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap());
        inputs
            .into_iter()
            .find(|input| input.contains(&wanted))
            .unwrap_or_else(|| panic!("no {name}: {}", self.body))
    }
}
