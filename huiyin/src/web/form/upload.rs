//! Files that are handed in (上传附件): of kinds that people hand in, under names that pass for nothing else, and how
//! a form that comes back carries them.

use crate::house::House;
use crate::problem::{Problem, Wrong};
use casework::petition::Attachment;
use std::io::Read;
use store::files::Incoming;
use store::vault::Blind;

/// How long a kept file may wait for its form to be sent: as long as the sweep leaves it.
const KEPT_MILLIS: i64 = crate::sweep::KEPT_MILLIS;

/// A kept file as a hidden field carries it through a form that comes back.
pub fn keep_field(house: &House, file: &Attachment) -> String {
    let at = house.clock.now().0;
    let body = format!("{at}|{}|{}|{}|{}", file.hash, file.size, file.media, file.name);
    let seal = house.vault.blind(Blind::Query, &format!("file|{body}")).unwrap_or_default();
    format!("{seal}|{body}")
}

/// The file that a hidden field or an API token stands for, if it is one of ours and not too old.
pub fn kept(house: &House, field: &str) -> Option<Attachment> {
    let (seal, body) = field.split_once('|')?;
    (house.vault.blind(Blind::Query, &format!("file|{body}")).ok()? == seal).then_some(())?;
    let mut parts = body.splitn(5, '|');
    let at: i64 = parts.next()?.parse().ok()?;
    (at.saturating_add(KEPT_MILLIS) >= house.clock.now().0).then_some(())?;
    let (hash, size, media, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    Some(Attachment {
        hash: hash.to_owned(),
        name: name.to_owned(),
        media: media.to_owned(),
        size: size.parse().ok()?,
    })
}

/// Characters that turn the reading direction: a name could look like another.
const TURNING: [char; 12] = [
    '\u{200e}', '\u{200f}', '\u{061c}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// A file's name without folders, control characters, and whatever else would let it pass for another.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let sound = last.chars().filter(|c| !c.is_control() && !TURNING.contains(c));
    let name: String = sound.take(120).collect();
    if name.trim().is_empty() { "file".to_owned() } else { name }
}

/// Keeps a file of a kind that people hand in; otherwise says what is wrong with it.
///
/// # Errors
/// The store failed.
pub fn keep(
    house: &House,
    name: &str,
    content: Incoming,
) -> Result<Result<Attachment, Wrong>, Problem> {
    if content.size() == 0 {
        return Ok(Err(Wrong::FileEmpty));
    }
    let Some(media) = sniff(content.reader()?).map_err(store::Error::from)? else {
        return Ok(Err(Wrong::FileKind));
    };
    let size = content.size();
    let hash = house.blobs.take(content, house.clock.now())?;
    Ok(Ok(Attachment { hash, name: file_name(name), media: media.to_owned(), size }))
}

/// The media type by the first bytes; only kinds that people hand in and that nothing executes.
fn sniff(mut content: impl Read) -> std::io::Result<Option<&'static str>> {
    const TAKEN: [&str; 15] = [
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/heif",
        "image/tiff",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "audio/mpeg",
        "audio/m4a",
        "video/mp4",
        "video/quicktime",
    ];
    let mut head = Vec::new();
    content.by_ref().take(64 * 1024).read_to_end(&mut head)?;
    if let Some(kind) = infer::get(&head) {
        return Ok(TAKEN.into_iter().find(|media| *media == kind.mime_type()));
    }
    let page = head.trim_ascii_start().starts_with(b"<") || head.starts_with(b"#!");
    let text = !page && is_text(head.as_slice().chain(content))?;
    Ok(text.then_some("text/plain"))
}

/// Whether all of it is UTF-8 without zero bytes.
fn is_text(mut content: impl Read) -> std::io::Result<bool> {
    let mut rest: Vec<u8> = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        let read = content.read(&mut chunk)?;
        if read == 0 {
            return Ok(rest.is_empty());
        }
        rest.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let sound = match std::str::from_utf8(&rest) {
            Ok(text) => text.len(),
            // The last character may go on in the next chunk.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        if rest.drain(..sound).any(|byte| byte == 0) {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> Option<&'static str> {
        sniff(bytes).expect("reads")
    }

    #[test]
    fn a_long_text_is_one_however_its_characters_fall() {
        let text = "情况说明".repeat(30_000);
        assert_eq!(kind(format!("a{text}").as_bytes()), Some("text/plain"));
        assert_eq!(kind(format!("{text}\0").as_bytes()), None);
        assert_eq!(
            kind(&text.as_bytes()[..text.len() - 1]),
            None,
            "cut in the middle of a character"
        );
    }

    #[test]
    fn no_name_passes_for_another() {
        assert_eq!(file_name("../../etc/证明\u{202e}fdp.exe"), "证明fdp.exe");
        assert_eq!(file_name("\u{2066}\n"), "file");
    }

    #[test]
    fn files_are_known_by_their_bytes() {
        assert_eq!(kind(b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(kind("情况说明".as_bytes()), Some("text/plain"));
        assert_eq!(kind(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"), None);
        assert_eq!(kind(b"<html><script>"), None);
        assert_eq!(kind(b"#!/bin/sh\n"), None);
    }
}
