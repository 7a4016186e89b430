//! What the operator has said about this console, checked once at the start.

use std::net::Ipv6Addr;

/// The address at which people reach the console: scheme, host and port, nothing after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    secure: bool,
}

/// Why an address cannot be the public one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadUrl {
    /// Not an address.
    #[error("“{0}” is not an address. Write one such as https://access.example.com.")]
    NotAnAddress(String),
    /// A path follows.
    #[error(
        "The public address is scheme, host and port alone; “{0}” goes on. Hosting under a path is not offered."
    )]
    Path(String),
    /// Plain http over a network.
    #[error(
        "“{0}” is plain http: browsers would not keep the session's cookie, and passwords would cross the network \
         readable. Put a proxy with https before Rolecall and give its https address as --public-url. Plain http \
         is for http://localhost only."
    )]
    NotSecure(String),
}

impl PublicUrl {
    /// The console of this machine alone, on that port.
    #[must_use]
    pub fn local(port: u16) -> Self {
        Self { origin: format!("http://localhost:{port}"), secure: false }
    }

    /// Reads an address.
    ///
    /// # Errors
    /// When it is none, has a path, or would send passwords over a network in the clear.
    pub fn parse(text: &str) -> Result<Self, BadUrl> {
        let wrong = || BadUrl::NotAnAddress(text.to_owned());
        let lower = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let (scheme, rest) = lower.split_once("://").ok_or_else(wrong)?;
        if rest.contains(['/', '?', '#']) {
            return Err(BadUrl::Path(text.to_owned()));
        }
        let host = host(rest).ok_or_else(wrong)?;
        let secure = match scheme {
            "https" => true,
            "http" if matches!(host, "localhost" | "127.0.0.1" | "[::1]") => false,
            "http" => return Err(BadUrl::NotSecure(text.to_owned())),
            _ => return Err(wrong()),
        };
        // As browsers write an origin: the scheme's own port is left out.
        let default_port = if secure { ":443" } else { ":80" };
        let rest = rest.strip_suffix(default_port).unwrap_or(rest);
        Ok(Self { origin: format!("{scheme}://{rest}"), secure })
    }

    /// Scheme, host and port, as browsers send them in `Origin`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether it is https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }
}

/// The host of `host`, `host:port` or `[v6]:port`; `None` for anything else.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.rfind(']') {
        Some(end) => authority.split_at_checked(end + 1)?,
        None => authority.split_at_checked(authority.find(':').unwrap_or(authority.len()))?,
    };
    let port_reads = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok_and(|port| port > 0);
    let is_name = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    let is_v6 = || host.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok();
    (port_reads && (is_name || is_v6().is_some())).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_browsers_write_it() {
        let table = [
            ("http://localhost:3000", "http://localhost:3000", false),
            ("http://127.0.0.1:80", "http://127.0.0.1", false),
            ("http://[::1]:8080/", "http://[::1]:8080", false),
            ("https://Access.Example.com/", "https://access.example.com", true),
            ("https://access.example.com:443", "https://access.example.com", true),
            ("https://10.0.0.5:8443", "https://10.0.0.5:8443", true),
        ];
        for (text, origin, secure) in table {
            assert_eq!(PublicUrl::parse(text), Ok(PublicUrl { origin: origin.to_owned(), secure }), "{text}");
        }
    }

    #[test]
    fn plain_http_over_a_network_is_refused_with_what_to_do() {
        for text in ["http://access.example.com", "http://10.0.0.5:3000", "http://localhost.example.com"] {
            let refused = PublicUrl::parse(text).unwrap_err();
            assert_eq!(refused, BadUrl::NotSecure(text.to_owned()));
            assert!(refused.to_string().contains("https"), "{refused}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "localhost:3000", "ftp://a", "https://", "https://a b", "https://u@h", "https://a:0"]
        {
            assert!(matches!(PublicUrl::parse(text), Err(BadUrl::NotAnAddress(_))), "{text}");
        }
        assert!(matches!(PublicUrl::parse("https://a.example/access"), Err(BadUrl::Path(_))));
    }
}
