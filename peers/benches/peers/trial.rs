//! One peer at one size, in a process of its own: its memory is its own, and it can be ended when it takes too much.

use crate::measure::times;
use crate::world::{Question, World};
use model::decide;
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a peer may take, in words: its set-up in s, the memory that it adds in MB, and the median of its answers in µs.
pub const LIMITS: &str = "when it is set up within 60 s and 4 GB, and then answers within 100 ms";

const SET_UP: f64 = 60.0;
const MEMORY: f64 = 4096.0;
const ANSWER: f64 = 100_000.0;

/// What the trial's process may take in all, with Rolecall's own world, in MB, and until it is through.
const PROCESS: f64 = MEMORY + 512.0;
const THROUGH: Duration = Duration::from_secs(600);

/// Answers slower than this, in µs, are measured in the thread's own time: what else runs on the machine would
/// interrupt them, and not the short ones.
const SLOW: f64 = 100.0;

/// Questions that Rolecall is asked, and a peer as many of them as it answers in time: all the same ones, in the
/// same order, every second one from what some grant gives.
const QUESTIONS: usize = 50_000;
const AT_LEAST: usize = 50;
const ASKING: Duration = Duration::from_secs(4);

/// Set in the process that tries one peer: its key and the percent of the world.
const CHILD: &str = "ROLECALL_PEER";

/// A peer, set up in one of the ways that its documentation advises.
pub trait Peer {
    /// A question in the peer's own types, made before the clock runs.
    type Request;

    /// Takes over a world.
    fn set_up(world: &World) -> Self;

    /// What it holds, in its own words and numbers.
    fn size(&self) -> String;

    /// The question, ready to be asked.
    fn request(&self, world: &World, question: &Question) -> Self::Request;

    /// The answer.
    fn allows(&self, request: &Self::Request) -> bool;
}

/// A way to set up a peer.
pub struct Form {
    pub key: &'static str,
    pub peer: &'static str,
    pub name: &'static str,
    pub run: fn(usize) -> Figures,
}

/// What one trial found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Figures {
    /// Rolecall's decision, the median in µs.
    pub rolecall: f64,
    /// The peer's, in µs.
    pub median: f64,
    pub p99: f64,
    /// Of the peer's set-up, in s.
    pub set_up: f64,
    /// Of the peer alone, in MB.
    pub memory: f64,
    /// What it holds.
    pub size: String,
    /// How many questions the peer answered, all of them as Rolecall does, and how many of them with yes.
    pub asked: usize,
    pub allowed: usize,
}

/// Tries a peer in this process.
pub fn run<P: Peer>(percent: usize) -> Figures {
    let world = World::new(percent);
    let questions = world.questions(QUESTIONS);
    let ask = |q: &Question| decide::may(&world.state, q.user, q.permission, q.object, 0);
    let answers: Vec<bool> = questions.iter().map(ask).collect();

    let before = resident("self");
    let started = own_time();
    let peer = P::set_up(&world);
    let set_up = (own_time() - started).as_secs_f64();
    let memory = resident("self") - before;

    let requests: Vec<P::Request> = questions.iter().map(|q| peer.request(&world, q)).collect();
    let started = own_time();
    let mut asked = 0;
    for (n, (request, answer)) in requests.iter().zip(&answers).enumerate() {
        assert!(
            peer.allows(request) == *answer,
            "{percent} %, question {n}: Rolecall says {answer}, the peer does not"
        );
        asked = n + 1;
        if asked >= AT_LEAST && own_time() - started > ASKING {
            break;
        }
    }
    let mean = (own_time() - started).as_secs_f64() * 1e6 / asked as f64;
    let asked_again = requests.get(..asked).unwrap();
    let (median, p99) = match mean < SLOW {
        true => times(asked_again, |request| peer.allows(request)),
        false => own_times(asked_again, |request| peer.allows(request)),
    };
    let (rolecall, _) = times(&questions, ask);
    let allowed = answers.iter().take(asked).filter(|answer| **answer).count();
    assert!(allowed * 2 == asked.next_multiple_of(2), "every second question should be allowed");
    Figures { rolecall, median, p99, set_up, memory, size: peer.size(), asked, allowed }
}

/// Whether this process is there for one trial, which is then done.
pub fn is_child(forms: &[Form]) -> bool {
    let Ok(wanted) = std::env::var(CHILD) else { return false };
    let (key, percent) = wanted.split_once(' ').unwrap();
    let form = forms.iter().find(|form| form.key == key).unwrap();
    println!("{}", serde_json::to_string(&(form.run)(percent.parse().unwrap())).unwrap());
    true
}

impl Form {
    /// Tries it at a size, in a process of its own, and says how it went.
    ///
    /// # Errors
    /// In words, when the peer does not hold that much. Another answer than Rolecall's is no error but the end.
    pub fn try_at(&self, percent: usize) -> Result<Figures, String> {
        let found = self.spawn(percent);
        match &found {
            Ok(run) => println!(
                "{}, {}, {percent} %: {}; set up in {:.1} s, {:.0} MB; {} answers, {} of them yes, all as Rolecall's; \
                 median {:.2} µs, p99 {:.2} µs (Rolecall {:.3} µs)",
                self.peer,
                self.name,
                run.size,
                run.set_up,
                run.memory,
                run.asked,
                run.allowed,
                run.median,
                run.p99,
                run.rolecall,
            ),
            Err(why) => println!("{}, {}, {percent} %: not held, {why}", self.peer, self.name),
        }
        found
    }

    fn spawn(&self, percent: usize) -> Result<Figures, String> {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(CHILD, format!("{} {percent}", self.key))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        if let Err(why) = watch(&mut child) {
            child.kill().unwrap();
            child.wait().unwrap();
            return Err(why);
        }
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{} at {percent} % of the world failed", self.key);
        let run: Figures = serde_json::from_slice(&output.stdout).unwrap();
        if run.set_up > SET_UP {
            return Err(format!("set up in {:.0} s", run.set_up));
        }
        if run.memory > MEMORY {
            return Err(format!("{:.0} MB", run.memory));
        }
        if run.median > ANSWER {
            return Err(format!("a decision takes {:.0} ms", run.median / 1e3));
        }
        Ok(run)
    }
}

/// Until it ends by itself, or takes more than a peer may.
fn watch(child: &mut Child) -> Result<(), String> {
    let started = Instant::now();
    let id = child.id().to_string();
    while child.try_wait().unwrap().is_none() {
        let memory = resident(&id);
        if memory > PROCESS {
            return Err(format!("more than {MEMORY:.0} MB after {:.0} s", started.elapsed().as_secs_f64()));
        }
        if started.elapsed() > THROUGH {
            return Err(format!("not through after {:.0} s", started.elapsed().as_secs_f64()));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Time that this thread has run.
fn own_time() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap()
}

/// [`times`] in the thread's own time.
fn own_times<Q, A>(questions: &[Q], ask: impl Fn(&Q) -> A) -> (f64, f64) {
    let mut samples: Vec<Duration> = questions
        .iter()
        .map(|question| {
            let started = own_time();
            black_box(ask(black_box(question)));
            own_time() - started
        })
        .collect();
    samples.sort_unstable();
    let at = |part: usize| samples.get(samples.len() * part / 100).unwrap().as_secs_f64() * 1e6;
    (at(50), at(99))
}

/// Memory of a process, in MB, as Linux counts it.
fn resident(process: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
}
