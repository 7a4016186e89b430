//! The pages that the menu and the finder lead to, and what opens them.

use model::view::shell::Shell;

/// A page of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub path: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The permission that opens it, by key and by name; everybody may open a page without.
    pub needs: Option<(&'static str, &'static str)>,
    /// Whether a new part of the menu begins here.
    pub apart: bool,
}

/// The menu, in its order.
pub const PLACES: [Place; 9] = [
    Place { path: "/", name: "Overview", icon: "overview", needs: None, apart: false },
    Place {
        path: "/people",
        name: "People",
        icon: "people",
        needs: Some(("people.view", "See people and groups")),
        apart: false,
    },
    Place {
        path: "/roles",
        name: "Roles & permissions",
        icon: "grid",
        needs: Some(("roles.view", "See roles & permissions")),
        apart: false,
    },
    Place { path: "/tenants", name: "Tenants", icon: "tenant", needs: None, apart: true },
    Place { path: "/folders", name: "Folders & robots", icon: "robot", needs: None, apart: false },
    Place {
        path: "/applications",
        name: "Applications & sandboxes",
        icon: "stages",
        needs: None,
        apart: false,
    },
    // Everybody may ask about themselves.
    Place { path: "/check", name: "Check access", icon: "ask", needs: None, apart: true },
    Place {
        path: "/history",
        name: "History",
        icon: "clock",
        needs: Some(("history.view", "See history")),
        apart: false,
    },
    Place {
        path: "/settings",
        name: "Settings",
        icon: "settings",
        needs: Some(("settings.manage", "Manage settings")),
        apart: false,
    },
];

/// Pages that are part of another one's place in the menu.
const WITHIN: [(&str, &str); 1] = [("/groups", "/people")];

/// Pages that belong to an area, by its key: while it is off they are nowhere.
const IN_AREA: [(&str, &str); 3] =
    [("/tenants", "packaging"), ("/folders", "automation"), ("/applications", "applications")];

impl Place {
    /// Whether it is there: what belongs to an area that is off is not.
    #[must_use]
    pub fn is_there(&self, shell: &Shell) -> bool {
        let area = IN_AREA.iter().find(|(path, _)| *path == self.path);
        area.is_none_or(|(_, area)| shell.areas.iter().any(|on| on == area))
    }

    /// Why the reader may not open it.
    #[must_use]
    pub fn barred(&self, shell: &Shell) -> Option<String> {
        let (key, name) = self.needs?;
        (!shell.opens(key)).then(|| format!("You need “{name}” to open this. Ask an Admin."))
    }

    /// The place in the menu that an address belongs to.
    #[must_use]
    pub fn of(path: &str) -> Option<&'static Self> {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let first = format!("/{first}");
        let first = WITHIN.iter().find(|(part, _)| *part == first).map_or(first.as_str(), |(_, whole)| whole);
        PLACES.iter().find(|place| place.path == first)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn every_address_has_its_place_in_the_menu() {
        let table = [
            ("/", Some("Overview")),
            ("/people", Some("People")),
            ("/people/000000000001a", Some("People")),
            ("/groups/000000000001a", Some("People")),
            ("/roles/000000000001a", Some("Roles & permissions")),
            ("/check", Some("Check access")),
            ("/tenants/000000000001a/access", Some("Tenants")),
            ("/folders/000000000001a", Some("Folders & robots")),
            ("/applications/rights", Some("Applications & sandboxes")),
            ("/account", None),
            ("/peoples", None),
        ];
        for (path, wanted) in table {
            assert_eq!(Place::of(path).map(|place| place.name), wanted, "{path}");
        }
    }
}
