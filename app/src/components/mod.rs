//! The parts that pages are built of: one file each, in the words of the style sheets.
//!
//! Components draw and report; they fetch nothing and know no access rules. Whoever uses one with an `id`
//! makes it unique on its page: ids are the same on the server and in the browser only if nobody counts.

pub mod avatar;
pub mod banner;
pub mod button;
pub mod combobox;
pub mod confirm;
pub mod diagram;
pub mod dialog;
pub mod each;
pub mod effect;
pub mod empty;
pub mod field;
pub mod focus;
pub mod form_dialog;
pub mod head;
pub mod icon;
pub mod in_force;
pub mod leave;
pub mod loaded;
pub mod loading;
pub mod menu;
pub mod name_in_place;
pub mod pager;
pub mod pending_bar;
pub mod problem;
pub mod search_box;
pub mod show;
pub mod toast;
pub mod when;

pub use avatar::Avatar;
pub use banner::{Banner, Tone};
pub use button::{Button, Reason};
pub use combobox::Combobox;
pub use confirm::ConfirmDialog;
pub use dialog::{Dialog, open_about};
pub use each::For;
pub use empty::EmptyState;
pub use field::{Field, FieldAround};
pub use form_dialog::FormDialog;
pub use head::PageHead;
pub use icon::Icon;
pub use in_force::InForceLine;
pub use leave::AskBeforeLeaving;
pub use loaded::Loaded;
pub use loading::Loading;
pub use menu::{Menu, MenuItem, MenuLink};
pub use name_in_place::NameInPlace;
pub use pager::Pager;
pub use pending_bar::{PendingBar, StagedLine};
pub use problem::{PageProblem, ProblemBanner, or_show};
pub use search_box::SearchBox;
pub use show::Show;
pub use toast::{Toasts, toast, toast_with_undo};
pub use when::When;
