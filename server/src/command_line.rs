//! The words that the binary understands. Every option of `serve` is also an environment variable.

use crate::edge::address::Network;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Who may do what, where, and why.
#[derive(Debug, Parser)]
#[command(name = "rolecall", version, about, arg_required_else_help = true)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the console.
    Serve(Box<Serve>),
    /// Sets up the organization without a browser.
    Setup(Setup),
    /// Prints a link with which an administrator signs in once and sets a new password.
    Recover(Recover),
    /// Brings the database's tables up to this version.
    Migrate(Migrate),
    /// Examines the database and says what is wrong with it; ends with 1 if anything is.
    Doctor(Doctor),
    /// Says which version a stage of an application has.
    Stage(Stage),
    /// Says what keeps a robot or machine busy, and until when; it is kept as a job, and ends the one before.
    Occupancy(Occupancy),
}

/// Options of `occupancy`.
#[derive(Debug, Args)]
pub struct Occupancy {
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
    /// The robot or machine, with the names of what holds it before its own where several are called so:
    /// "Europe / Finance / fin-robot-01".
    #[arg(value_name = "ROBOT")]
    pub place: String,
    /// The process that keeps it busy, named likewise. It is told to those who may see that process.
    #[arg(long, value_name = "PROCESS", requires = "until")]
    pub process: Option<String>,
    /// From when, in UTC: 2026-11-25T13:00Z. Without it: from now. The same process from the same time is the same
    /// job told again, with another end.
    #[arg(long, value_name = "TIME", requires = "until")]
    pub from: Option<String>,
    /// Until about when, in UTC: 2026-11-25T14:20Z.
    #[arg(long, value_name = "TIME", required_unless_present = "clear")]
    pub until: Option<String>,
    /// Says that it is free.
    #[arg(long, conflicts_with_all = ["until", "from", "process"])]
    pub clear: bool,
}

/// What is said of stages of applications.
#[derive(Debug, Args)]
pub struct Stage {
    /// Of what.
    #[command(subcommand)]
    pub of: OfStage,
}

/// What is said of a stage.
#[derive(Debug, Subcommand)]
pub enum OfStage {
    /// Its version.
    Version(StageVersion),
}

/// What is done with the version of a stage.
#[derive(Debug, Args)]
pub struct StageVersion {
    /// What.
    #[command(subcommand)]
    pub act: VersionAct,
}

/// What is done with a version.
#[derive(Debug, Subcommand)]
pub enum VersionAct {
    /// Says which version a stage has now. Refused while a merge or rollback runs on it.
    Set(SetVersion),
}

/// Options of `stage version set`.
#[derive(Debug, Args)]
pub struct SetVersion {
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
    /// The name of the application.
    #[arg(long, value_name = "NAME")]
    pub application: String,
    /// The name of the stage.
    #[arg(long, value_name = "NAME")]
    pub stage: String,
    /// The version, as the platform calls it: 5.3.0-42.
    #[arg(value_name = "VERSION")]
    pub version: String,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Storage {
    /// The folder for everything that Rolecall keeps on this machine.
    #[arg(long, env = "ROLECALL_DATA_DIR", default_value = "data", value_name = "FOLDER")]
    pub data_dir: PathBuf,
    /// sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME. Without it: a SQLite file in the data folder.
    #[arg(long, env = "ROLECALL_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// A file that holds the database's address, so that its password stands in no process list.
    #[arg(long, env = "ROLECALL_DATABASE_URL_FILE", value_name = "FILE", conflicts_with = "database_url")]
    pub database_url_file: Option<PathBuf>,
}

/// The address at which people reach the console.
#[derive(Debug, Clone, Args)]
pub struct Address {
    /// The address in people's browsers. Anything but this machine itself needs https.
    #[arg(long, env = "ROLECALL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The address and port to listen on.
    #[arg(long, env = "ROLECALL_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
    /// Where people find the console.
    #[command(flatten)]
    pub address: Address,
    /// Proxies whose X-Forwarded-For is believed: an address or a range, several with commas.
    #[arg(long, env = "ROLECALL_TRUSTED_PROXY", value_delimiter = ',', value_name = "CIDR")]
    pub trusted_proxy: Vec<Network>,
    /// How log lines are written.
    #[arg(long, env = "ROLECALL_LOG", default_value = "text", value_name = "FORM")]
    pub log: LogForm,
    /// How mail is sent.
    #[command(flatten)]
    pub mail: Mail,
}

/// How mail is sent. Without it, links are shown to administrators to hand over.
#[derive(Debug, Clone, Args)]
pub struct Mail {
    /// smtps://USER:PASSWORD@HOST or smtp://HOST?tls=required.
    #[arg(
        long,
        env = "ROLECALL_SMTP_URL",
        hide_env_values = true,
        value_name = "URL",
        requires = "mail_from"
    )]
    pub smtp_url: Option<String>,
    /// A file that holds the address of the mail server.
    #[arg(
        long,
        env = "ROLECALL_SMTP_URL_FILE",
        value_name = "FILE",
        conflicts_with = "smtp_url",
        requires = "mail_from"
    )]
    pub smtp_url_file: Option<PathBuf>,
    /// The sender of mail: rolecall@example.com or "Rolecall <rolecall@example.com>".
    #[arg(long, env = "ROLECALL_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// One JSON object a line, for programs.
    Json,
    /// For people.
    Text,
}

/// Options of `setup`.
#[derive(Debug, Args)]
pub struct Setup {
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
    /// The name of the organization.
    #[arg(long, value_name = "NAME")]
    pub organization: String,
    /// The e-mail address of the first administrator.
    #[arg(long, value_name = "ADDRESS")]
    pub admin_email: String,
    /// The name of the first administrator.
    #[arg(long, value_name = "NAME")]
    pub admin_name: String,
    /// Reads the administrator's password from standard input: its first line.
    #[arg(long, required_unless_present = "password_file")]
    pub password_stdin: bool,
    /// Reads the administrator's password from a file: its first line.
    #[arg(long, env = "ROLECALL_PASSWORD_FILE", value_name = "FILE", conflicts_with = "password_stdin")]
    pub password_file: Option<PathBuf>,
    /// What the organization manages: `packaging`, `applications`. Once for each.
    #[arg(long = "area", value_name = "AREA")]
    pub areas: Vec<String>,
    /// Loads the sample organization.
    #[arg(long)]
    pub sample: bool,
}

/// Options of `recover`.
#[derive(Debug, Args)]
pub struct Recover {
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
    /// Where people find the console; the link starts with it.
    #[command(flatten)]
    pub address: Address,
    /// For which administrator. Without it: the only one, or a list to choose from.
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
}

/// Options of `migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
}

/// Options of `doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_option_of_serve_is_an_environment_variable_of_the_same_name() {
        let mut all = CommandLine::command();
        let serve = all.find_subcommand_mut("serve").unwrap();
        let options: Vec<_> =
            serve.get_arguments().filter_map(|option| Some((option.get_long()?, option.get_env()))).collect();
        assert!(options.iter().any(|(name, _)| *name == "listen"), "{options:?}");
        for (name, variable) in options {
            let wanted = format!("ROLECALL_{}", name.replace('-', "_").to_uppercase());
            assert_eq!(variable.and_then(|name| name.to_str()), Some(&*wanted), "--{name}");
        }
    }

    #[test]
    fn every_option_that_holds_a_secret_can_be_read_from_a_file() {
        let all = CommandLine::command();
        for command in all.get_subcommands() {
            let has = |name: &str| command.get_arguments().any(|option| option.get_long() == Some(name));
            for secret in ["database-url", "smtp-url"].into_iter().filter(|secret| has(secret)) {
                assert!(has(&format!("{secret}-file")), "{} --{secret}", command.get_name());
            }
        }
    }
}
