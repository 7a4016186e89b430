//! The HTTP edges and the command line of Rolecall.
//!
//! [`routes`] is the table of everything that answers; [`edge`] stands around all of it; [`pages`] are the
//! few that work without scripts, and [`screens`] the application itself. Nothing here decides who may do
//! what: the backend does, whoever calls it.

pub mod answer;
pub mod command_line;
pub mod commands;
pub mod console;
pub mod edge;
pub mod events;
pub mod files;
pub mod health;
pub mod pages;
pub mod routes;
pub mod screens;
pub mod serve;
pub mod settings;
pub mod site;
