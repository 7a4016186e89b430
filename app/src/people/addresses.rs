//! A pasted list, read line by line: addresses, or names with addresses, as mail programs and spreadsheets
//! write them. Whether an address is well formed, the server says.

use model::view::invitations::Invitee;

/// Everybody on the list, with the number of their line.
///
/// ```ignore
/// read("Ada Holm <ada@x.example>; bo@x.example") // two people of line 1
/// ```
#[must_use]
pub fn read(text: &str) -> Vec<Invitee> {
    let lines = text.lines().zip(1_u32..);
    lines.flat_map(|(line, number)| read_line(line, number)).collect()
}

fn read_line(line: &str, number: u32) -> Vec<Invitee> {
    let parts = split(line);
    let with_address = parts.iter().filter(|part| part.contains('@')).count();
    // The heads of a spreadsheet's columns.
    if number == 1 && with_address == 0 && is_heading(&parts) {
        return Vec::new();
    }
    // One address and other cells beside it: a row of a spreadsheet, with the name in the first other cell.
    if with_address == 1 && parts.len() > 1 {
        let beside = parts.iter().find(|part| !part.contains('@'));
        let address = parts.iter().find(|part| part.contains('@'));
        return address
            .map(|part| {
                let (name, email) = name_and_address(part);
                let name = if name.is_empty() { beside.cloned().unwrap_or_default() } else { name };
                Invitee { line: number, name, email }
            })
            .into_iter()
            .collect();
    }
    let people = parts.iter().map(|part| {
        let (name, email) = name_and_address(part);
        Invitee { line: number, name, email }
    });
    people.collect()
}

fn is_heading(parts: &[String]) -> bool {
    parts.iter().any(|part| {
        let word = part.to_ascii_lowercase();
        word.contains("mail") || word == "address" || word == "name"
    })
}

/// Cuts at commas, semicolons and tabs that stand in no quotes; empty parts are left out.
fn split(line: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' | ';' | '\t' if !quoted => parts.push(std::mem::take(&mut part)),
            _ => part.push(letter),
        }
    }
    parts.push(part);
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// `Ada Holm <ada@x.example>` or `ada@x.example`.
fn name_and_address(part: &str) -> (String, String) {
    match part.strip_suffix('>').and_then(|part| part.rsplit_once('<')) {
        Some((name, email)) => (name.trim().to_owned(), email.trim().to_owned()),
        None => (String::new(), part.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u32, String, String)> {
        read(text).into_iter().map(|one| (one.line, one.name, one.email)).collect()
    }

    fn one(line: u32, name: &str, email: &str) -> (u32, String, String) {
        (line, name.to_owned(), email.to_owned())
    }

    #[test]
    fn lists_are_read_as_mail_programs_and_spreadsheets_write_them() {
        let table = [
            ("a@x\n\nb@x", vec![one(1, "", "a@x"), one(3, "", "b@x")]),
            ("a@x, b@x; c@x", vec![one(1, "", "a@x"), one(1, "", "b@x"), one(1, "", "c@x")]),
            ("Ada Holm <ada@x>", vec![one(1, "Ada Holm", "ada@x")]),
            ("\"Holm, Ada\" <ada@x>; bo@x", vec![one(1, "Holm, Ada", "ada@x"), one(1, "", "bo@x")]),
            ("Name,E-mail\nAda Holm,ada@x\r\n", vec![one(2, "Ada Holm", "ada@x")]),
            ("ada@x;Ada Holm;Finance", vec![one(1, "Ada Holm", "ada@x")]),
            ("nonsense", vec![one(1, "", "nonsense")]),
            (" \n,;\n", vec![]),
        ];
        for (text, wanted) in table {
            assert_eq!(all(text), wanted, "{text:?}");
        }
    }
}
