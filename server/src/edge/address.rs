//! From which address a request comes, also behind proxies.
//!
//! `X-Forwarded-For` is what anybody may write. It is read only where the one who passed it on is a proxy
//! that the operator named, and only as far as such proxies vouch for it.

use axum::http::HeaderMap;
use std::net::IpAddr;
use std::str::FromStr;

/// A range of addresses: `10.0.0.0/8`, or one address alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: u128,
    mask: u128,
}

/// A text that is no range of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a range of addresses. Write one such as 10.0.0.0/8, fd00::/8 or 127.0.0.1.")]
pub struct NotANetwork(String);

/// Every address as one of IPv6, so that `::ffff:10.0.0.1` and `10.0.0.1` are the same.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let wrong = || NotANetwork(text.to_owned());
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix: u32 = prefix.map_or(Ok(longest), str::parse).map_err(|_| wrong())?;
        if prefix > longest {
            return Err(wrong());
        }
        // The 96 bits before a mapped IPv4 address belong to the range.
        let mask = u128::MAX.checked_shl(longest - prefix).unwrap_or(0);
        Ok(Self { address: bits(address) & mask, mask })
    }
}

impl Network {
    /// Whether the address lies in the range.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        bits(address) & self.mask == self.address
    }
}

/// The proxies whose word is taken.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// Proxies in these ranges.
    #[must_use]
    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// The nearest address that no trusted proxy stands behind: whoever really asked.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trusts(client) {
            return client;
        }
        let forwarded: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        for hop in forwarded.into_iter().rev() {
            let Some(address) = parse_hop(hop.trim()) else { break };
            client = address;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn parse_hop(text: &str) -> Option<IpAddr> {
    let bare = text.parse::<IpAddr>().ok();
    let with_port = || text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    bare.or_else(with_port).or_else(bracketed).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::new(trusted.iter().map(|text| text.parse().unwrap()).collect());
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_what_trusted_proxies_say_counts() {
        let table: &[(&[&str], &str, &[&str], &str)] = &[
            (&[], "203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            (&["10.0.0.0/8"], "203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            (&["10.0.0.0/8"], "10.1.2.3", &["198.51.100.1"], "198.51.100.1"),
            (&["10.0.0.0/8"], "10.1.2.3", &["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
            (&["10.0.0.0/8"], "10.1.2.3", &["1.1.1.1", "198.51.100.1, 10.9.9.9"], "198.51.100.1"),
            (&["10.0.0.0/8"], "10.1.2.3", &["nonsense"], "10.1.2.3"),
            (&["10.0.0.0/8"], "10.1.2.3", &[], "10.1.2.3"),
            (&["127.0.0.1"], "::ffff:127.0.0.1", &["[2001:db8::1]:443"], "2001:db8::1"),
            (&["::1"], "::1", &["198.51.100.1:5000"], "198.51.100.1"),
            (&["0.0.0.0/0"], "9.9.9.9", &["8.8.8.8, 7.7.7.7"], "8.8.8.8"),
            (&["0.0.0.0/0"], "2001:db8::1", &["8.8.8.8"], "2001:db8::1"),
        ];
        for (trusted, peer, forwarded, wanted) in table {
            assert_eq!(client(trusted, peer, forwarded), *wanted, "{trusted:?} {peer} {forwarded:?}");
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in ["", "10.0.0.0/33", "fd00::/129", "10.0.0/8", "10.0.0.0/-1", "host"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
