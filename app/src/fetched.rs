//! What a page fetches: typed for the page, one type within.
//!
//! Leptos compiles a `Resource` anew for each type that it holds and each question that it depends on, some 13 kB
//! in the browser. [`Fetched`] is a `Resource` of [`Answer`]s, which forget their type until they are read.

use crate::problem::{Kind, Problem};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

/// What is fetched, again whenever the question turns out to be another.
///
/// ```ignore
/// let groups = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::groups(asked));
/// ```
pub struct Fetched<T> {
    outcome: Resource<Outcome, AsJson>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

pub(crate) type Outcome = Result<Answer, Problem>;
type Coming = Pin<Box<dyn Future<Output = Outcome> + Send>>;

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Fetched<T> {
    /// Asks the question at once, and again when the signals in it make it another.
    pub fn new<Q, F>(
        question: impl Fn() -> Q + Send + Sync + 'static,
        fetch: impl Fn(Q) -> F + Send + Sync + 'static,
    ) -> Self
    where
        Q: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = Result<T, Problem>> + Send + 'static,
    {
        let fetch = Arc::new(move |question| -> Coming {
            let answer = fetch(question);
            Box::pin(async move { answer.await.map(Answer::new) })
        });
        let asked =
            move || -> Arc<dyn Ask> { Arc::new(Asked { question: question(), fetch: Arc::clone(&fetch) }) };
        Self { outcome: resource(Box::new(asked)), of: PhantomData }
    }

    /// What came last; to be read inside `Suspense` or `Transition`. `None` while nothing has come yet.
    #[must_use]
    pub fn get(&self) -> Option<Result<T, Problem>> {
        let outcome = self.outcome.get()?;
        Some(outcome.and_then(|answer| answer.read().ok_or_else(unreadable)))
    }

    /// The same with its type forgotten.
    pub(crate) fn outcome(self) -> Resource<Outcome, AsJson> {
        self.outcome
    }
}

pub(crate) fn unreadable() -> Problem {
    Problem::new(Kind::Broken, "What the server sent could not be read. Load the page again.")
}

fn resource(asked: Box<dyn Fn() -> Arc<dyn Ask> + Send + Sync>) -> Resource<Outcome, AsJson> {
    Resource::new_with_options(asked, |ask| ask.fetch(), false)
}

/// A question with what answers it. Two are equal when their questions are.
trait Ask: Send + Sync {
    fn question(&self) -> &dyn Any;
    fn is(&self, other: &dyn Ask) -> bool;
    fn fetch(&self) -> Coming;
}

struct Asked<Q, F> {
    question: Q,
    fetch: Arc<F>,
}

impl<Q, F> Ask for Asked<Q, F>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Q) -> Coming + Send + Sync,
{
    fn question(&self) -> &dyn Any {
        &self.question
    }

    fn is(&self, other: &dyn Ask) -> bool {
        other.question().downcast_ref() == Some(&self.question)
    }

    fn fetch(&self) -> Coming {
        (self.fetch)(self.question.clone())
    }
}

impl PartialEq for dyn Ask {
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
    }
}

/// An answer that forgets its type until it is read. Two are equal only if they are the same.
#[derive(Clone)]
pub(crate) struct Answer(Arc<Held>);

struct Held {
    /// As it came with the page; empty where it was fetched.
    sent: String,
    value: OnceLock<Box<dyn Any + Send + Sync>>,
    #[cfg(feature = "ssr")]
    write: fn(&Answer) -> serde_json::Result<String>,
}

impl Answer {
    fn new<T: Clone + Serialize + Send + Sync + 'static>(value: T) -> Self {
        Self(Arc::new(Held {
            sent: String::new(),
            value: OnceLock::from(Box::new(value) as Box<dyn Any + Send + Sync>),
            #[cfg(feature = "ssr")]
            write: |answer| serde_json::to_string(&answer.value::<T>()),
        }))
    }

    fn sent(text: &str) -> Self {
        Self(Arc::new(Held {
            sent: text.to_owned(),
            value: OnceLock::new(),
            #[cfg(feature = "ssr")]
            write: |answer| Ok(answer.0.sent.clone()),
        }))
    }

    /// The answer as what it is; `None` when it does not read as that.
    pub(crate) fn read<T: Clone + DeserializeOwned + Send + Sync + 'static>(&self) -> Option<T> {
        self.0.value.get_or_init(|| match serde_json::from_str::<T>(&self.0.sent) {
            Ok(value) => Box::new(value),
            Err(_) => Box::new(()),
        });
        self.value().cloned()
    }

    fn value<T: 'static>(&self) -> Option<&T> {
        self.0.value.get()?.downcast_ref()
    }
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// How outcomes travel with the page: a sign, and JSON.
pub(crate) struct AsJson;

const ANSWER: char = '=';
const PROBLEM: char = '!';

impl Encoder<Outcome> for AsJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(outcome: &Outcome) -> Result<String, Self::Error> {
        match outcome {
            #[cfg(feature = "ssr")]
            Ok(answer) => Ok(format!("{ANSWER}{}", (answer.0.write)(answer)?)),
            // The browser sends no page.
            #[cfg(not(feature = "ssr"))]
            Ok(_) => Ok(String::new()),
            Err(problem) => Ok(format!("{PROBLEM}{}", serde_json::to_string(problem)?)),
        }
    }
}

impl Decoder<Outcome> for AsJson {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<Outcome, Self::Error> {
        match text.strip_prefix(PROBLEM) {
            Some(problem) => Ok(Err(serde_json::from_str(problem)?)),
            None => Ok(Ok(Answer::sent(text.trim_start_matches(ANSWER)))),
        }
    }
}
