//! Choices in order: those that may be chosen, then those that may not, once for each reason.

/// Some choices that the same reason speaks against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barred<T> {
    /// The reason.
    pub reason: String,
    /// The choices.
    pub all: Vec<T>,
}

/// Takes the choices apart; each part keeps their order.
#[must_use]
pub fn by_reason<T>(all: Vec<T>, reason: impl Fn(&T) -> Option<String>) -> (Vec<T>, Vec<Barred<T>>) {
    let (mut free, mut barred) = (Vec::new(), Vec::<Barred<T>>::new());
    for one in all {
        let Some(reason) = reason(&one) else {
            free.push(one);
            continue;
        };
        match barred.iter_mut().find(|barred| barred.reason == reason) {
            Some(same) => same.all.push(one),
            None => barred.push(Barred { reason, all: vec![one] }),
        }
    }
    (free, barred)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_be_chosen_comes_last_with_each_reason_once() {
        let all = vec![("Admin", "not yours"), ("Auditor", ""), ("Lead", "elsewhere"), ("Desk", "not yours")];
        let (free, barred) = by_reason(all, |(_, why)| (!why.is_empty()).then(|| (*why).to_owned()));
        let names = |all: &[(&'static str, &str)]| all.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(names(&free), ["Auditor"]);
        let said: Vec<_> = barred.iter().map(|one| (one.reason.as_str(), names(&one.all))).collect();
        assert_eq!(said, [("not yours", vec!["Admin", "Desk"]), ("elsewhere", vec!["Lead"])]);
    }
}
