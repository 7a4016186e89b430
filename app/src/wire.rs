//! How the arguments and answers of server functions travel: as JSON, by POST.
//!
//! Server functions name [`Json`] as their protocol. It is Leptos' own JSON, except that the server says which value
//! of a call it could not read ([`Unread`] carries the path to it to the problem that is answered), and that the
//! browser's half of a call is compiled once and not for each function.

use crate::problem::Problem;
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::client::Client;
use server_fn::codec::Post;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use server_fn::request::ClientReq;
use server_fn::response::ClientRes;
use server_fn::server::Server;
use server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, Http, Protocol};
use std::fmt;
use std::pin::Pin;

/// JSON in the body of a POST request, and of its answer.
pub struct Json;

/// What does the server's half of it.
type Served = Http<Post<Named>, Post<Named>>;

impl<I, O, C, S> Protocol<I, O, C, S, Problem> for Json
where
    I: Serialize + DeserializeOwned + Send,
    O: Serialize + DeserializeOwned + Send,
    C: Client<Problem>,
    S: Server<Problem>,
{
    const METHOD: Method = Method::POST;

    async fn run_server<F, A>(request: S::Request, function: F) -> Result<S::Response, Problem>
    where
        F: Fn(I) -> A + Send,
        A: Future<Output = Result<O, Problem>> + Send,
    {
        <Served as Protocol<I, O, C, S, Problem>>::run_server(request, function).await
    }

    fn run_client(path: &str, input: I) -> impl Future<Output = Result<O, Problem>> + Send {
        let sent = Named::encode(&input).map(|body| send::<C>(path, body));
        async move {
            let answer = sent.map_err(|cause| failed(ServerFnErrorErr::Serialization, &cause))?.await?;
            Named::decode(answer).map_err(|cause| failed(ServerFnErrorErr::Deserialization, &cause))
        }
    }
}

fn failed(at: fn(String) -> ServerFnErrorErr, cause: &dyn fmt::Display) -> Problem {
    Problem::from_server_fn_error(at(cause.to_string()))
}

/// Sends a call and waits for its answer: the same code whatever is called.
fn send<C: Client<Problem>>(
    path: &str,
    body: Bytes,
) -> Pin<Box<dyn Future<Output = Result<Bytes, Problem>> + Send>> {
    let request = C::Request::try_new_post_bytes(path, Named::CONTENT_TYPE, Named::CONTENT_TYPE, body);
    Box::pin(async move {
        let response = C::send(request?).await?;
        let has_failed = response.status() >= 400;
        let answer = response.try_into_bytes().await?;
        if has_failed { Err(Problem::de(answer)) } else { Ok(answer) }
    })
}

/// JSON that names what is wrong with it.
pub struct Named;

impl ContentType for Named {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for Named {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Named {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

#[cfg(not(feature = "ssr"))]
impl<T: DeserializeOwned> Decodes<T> for Named {
    type Error = serde_json::Error;

    /// From text, as Leptos reads what came with the page: from bytes, all of this would be compiled once more.
    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_str(std::str::from_utf8(&bytes).map_err(serde::de::Error::custom)?)
    }
}

#[cfg(feature = "ssr")]
impl<T: DeserializeOwned> Decodes<T> for Named {
    type Error = Unread;

    fn decode(bytes: Bytes) -> Result<T, Unread> {
        serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(&bytes))
            .map_err(|error| Unread::of(&error.path().to_string(), &error.inner().to_string()))
    }
}

/// The value that could not be read. Written as `path: reason`, which is how a codec's error passes through
/// `server_fn`; [`Unread::read`] takes it apart again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands: `wish.people[0]`. Empty for the call as a whole.
    pub field: String,
    /// What is wrong with it, without the place in the text.
    pub reason: String,
}

impl Unread {
    #[cfg(feature = "ssr")]
    fn of(path: &str, said: &str) -> Self {
        let reason = said.split(" at line ").next().unwrap_or(said).trim_end_matches('.');
        let path = path.trim_start_matches('.');
        // serde names what is missing, and where it was looked for.
        let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
        match (path, missing) {
            (path, None) => Self { field: path.to_owned(), reason: reason.to_owned() },
            ("", Some(name)) => Self { field: name.to_owned(), reason: "it is missing".to_owned() },
            (path, Some(name)) => {
                Self { field: format!("{path}.{name}"), reason: "it is missing".to_owned() }
            }
        }
    }

    /// What [`fmt::Display`] has written.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let (field, reason) = written.split_once(": ")?;
        Some(Self { field: field.to_owned(), reason: reason.to_owned() })
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.field, self.reason)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use model::id::UserId;

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only read into")]
    struct Call {
        people: Vec<UserId>,
        page: u32,
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let table = [
            (r#"{"people": ["x"], "page": 1}"#, "people[0]", "This is not an id"),
            (r#"{"people": [], "page": -1}"#, "page", "invalid value: integer `-1`, expected u32"),
            (r#"{"people": []}"#, "page", "it is missing"),
            (r#"[]"#, "", "invalid length 0"),
        ];
        for (sent, field, reason) in table {
            let unread = <Named as Decodes<Call>>::decode(Bytes::from_static(sent.as_bytes())).unwrap_err();
            assert_eq!(unread.field, field, "{sent}");
            assert!(unread.reason.starts_with(reason), "{sent}: {}", unread.reason);
            assert_eq!(Unread::read(&unread.to_string()), Some(unread));
        }
    }
}
