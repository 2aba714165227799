//! Reading what is sent (表单): forms with or without files, with limits, keeping what was typed.

use crate::acts::Answers;
use crate::house::House;
use crate::locale::Lang;
use crate::problem::{FieldError, Problem};
use crate::web::page::{cited, problem_page, text};
use crate::web::session::Desk;
use crate::web::{MOST_BYTES, Shared, blocking};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::Response;
use casework::petition::Attachment;
use store::vault::Blind;

/// A form as it came.
#[derive(Debug, Clone, Default)]
pub struct Posted {
    /// Values and files.
    pub answers: Answers,
    /// What was wrong with the files.
    pub errors: Vec<FieldError>,
}

const MOST_FIELDS: usize = 2_000;
/// A field name of the form itself, not of the act: the token, the version seen, kept files.
const OWN: [&str; 3] = ["csrf", "version", "kept"];

/// A form that comes back (退回的表单): what was typed, what is wrong with it, what was kept.
#[derive(Default)]
pub struct Back {
    /// Values and files as they came.
    pub values: Answers,
    /// Fields that can't be used, each with its reason.
    pub errors: Vec<FieldError>,
    /// Why it was not done, with the rule.
    pub refused: Option<(String, String)>,
    /// Files that need not be chosen again: hidden field and name.
    pub kept: Vec<(String, String)>,
    /// The status to answer with.
    pub status: StatusCode,
}

impl Back {
    /// What came, and the problem with it if there is one.
    pub fn of(house: &House, lang: Lang, posted: &Posted, problem: Option<&Problem>) -> Self {
        let mut errors = posted.errors.clone();
        let refused = match problem {
            Some(Problem::Invalid(fields)) => {
                errors.extend(fields.clone());
                None
            }
            Some(other) => Some((text(lang, other), cited(house, lang, other))),
            None => None,
        };
        let status = problem.map_or(200, Problem::status);
        let files = &posted.answers.files;
        Self {
            values: posted.answers.clone(),
            errors,
            refused,
            kept: files.iter().map(|file| (keep_field(house, file), file.name.clone())).collect(),
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::OK),
        }
    }

    /// A field's first value.
    pub fn v(&self, name: &str) -> String {
        self.at(name, &0)
    }

    /// A repeated field's value.
    pub fn at(&self, name: &str, index: &usize) -> String {
        let values = self.values.values.get(name);
        values.and_then(|values| values.get(*index)).cloned().unwrap_or_default()
    }

    /// A repeated field's values, filled up with empty ones.
    pub fn all(&self, name: &str, least: &usize) -> Vec<String> {
        let mut values = self.values.values.get(name).cloned().unwrap_or_default();
        values.resize(values.len().max(*least), String::new());
        values
    }

    /// Whether a choice of several was made.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.values.values.get(name).is_some_and(|values| values.iter().any(|v| v == value))
    }

    /// Gives a field a value where none was typed.
    pub fn fill(&mut self, name: &str, value: impl Into<String>) {
        self.values.values.entry(name.to_owned()).or_insert_with(|| vec![value.into()]);
    }
}

/// A form of a session (本人会话提交的表单), its token checked.
pub struct Sent {
    /// Who sent it.
    pub desk: Desk,
    /// What.
    pub posted: Posted,
}

impl FromRequest<Shared> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, house: &Shared) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let desk = Desk::from_request_parts(&mut parts, house).await?;
        match read(house, Request::from_parts(parts, body)).await {
            Ok(posted) if posted.raw("csrf") == desk.csrf => Ok(Self { desk, posted }),
            Ok(_) => Err(problem_page(house, desk.lang, &Problem::Forged)),
            Err(problem) => Err(problem_page(house, desk.lang, &problem)),
        }
    }
}

impl Posted {
    /// A field without the blanks around it.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }

    /// A field as typed.
    pub fn raw(&self, name: &str) -> String {
        self.answers.values.get(name).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    /// The version of the matter that the form was made for.
    pub fn version(&self) -> Option<i64> {
        self.text("version").parse().ok()
    }

    /// The act's own answers, without the form's fields.
    pub fn of_act(&self) -> Answers {
        let mut answers = self.answers.clone();
        answers.values.retain(|name, _| !OWN.contains(&name.as_str()));
        answers
    }
}

/// A kept file as a hidden field carries it through a form that comes back.
pub fn keep_field(house: &House, file: &Attachment) -> String {
    let body = format!("{}|{}|{}|{}", file.hash, file.size, file.media, file.name);
    let seal = house.vault.blind(Blind::Query, &format!("file|{body}")).unwrap_or_default();
    format!("{seal}|{body}")
}

/// The file that a hidden field or an API token stands for, if it is one of ours.
pub fn kept(house: &House, field: &str) -> Option<Attachment> {
    let (seal, body) = field.split_once('|')?;
    (house.vault.blind(Blind::Query, &format!("file|{body}")).ok()? == seal).then_some(())?;
    let mut parts = body.splitn(4, '|');
    let (hash, size, media, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    Some(Attachment {
        hash: hash.to_owned(),
        name: name.to_owned(),
        media: media.to_owned(),
        size: size.parse().ok()?,
    })
}

/// Reads a form of either kind.
///
/// # Errors
/// [`Problem::TooLarge`], or a form that is none.
pub async fn read(house: &Shared, request: Request) -> Result<Posted, Problem> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let multipart = media.is_some_and(|media| media.starts_with("multipart/form-data"));
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
    if length.and_then(|text| text.parse::<usize>().ok()).is_some_and(|n| n > MOST_BYTES) {
        return Err(Problem::TooLarge);
    }
    let mut posted =
        if multipart { read_parts(house, request).await? } else { read_plain(request).await? };
    let fields = posted.answers.values.get("kept").cloned().unwrap_or_default();
    posted.answers.files.extend(fields.iter().filter_map(|field| kept(house, field)));
    Ok(posted)
}

pub(crate) fn unreadable() -> Problem {
    Problem::Invalid(vec![FieldError::new("", "wrong-form")])
}

async fn read_plain(request: Request) -> Result<Posted, Problem> {
    let bytes = axum::body::to_bytes(request.into_body(), 2 * 1024 * 1024)
        .await
        .map_err(|_| Problem::TooLarge)?;
    let pairs: Vec<(String, String)> = form_pairs(&bytes)?;
    if pairs.len() > MOST_FIELDS {
        return Err(Problem::TooLarge);
    }
    let mut posted = Posted::default();
    for (name, value) in pairs {
        posted.answers.values.entry(name).or_default().push(value);
    }
    Ok(posted)
}

/// Pairs of an urlencoded body; text that is no UTF-8 is refused, not repaired.
pub fn form_pairs(bytes: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let mut pairs = Vec::new();
    for pair in bytes.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
        let mut halves = pair.splitn(2, |b| *b == b'=');
        let name = percent(halves.next().unwrap_or_default())?;
        let value = percent(halves.next().unwrap_or_default())?;
        if value.contains('\0') {
            return Err(unreadable());
        }
        pairs.push((name, value));
    }
    Ok(pairs)
}

fn percent(bytes: &[u8]) -> Result<String, Problem> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let mut digit = || rest.next().and_then(|b| char::from(*b).to_digit(16));
                let (high, low) =
                    (digit().ok_or_else(unreadable)?, digit().ok_or_else(unreadable)?);
                out.push(u8::try_from(high * 16 + low).map_err(|_| unreadable())?);
            }
            other => out.push(*other),
        }
    }
    String::from_utf8(out).map_err(|_| unreadable())
}

async fn read_parts(house: &Shared, request: Request) -> Result<Posted, Problem> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let mut posted = Posted::default();
    let mut count = 0;
    while let Some(part) = parts.next_field().await.map_err(too_large)? {
        count += 1;
        if count > MOST_FIELDS {
            return Err(Problem::TooLarge);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(too_large)?;
        match file {
            None => {
                let value = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?;
                posted.answers.values.entry(name).or_default().push(value);
            }
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => match keep(house, file, bytes).await? {
                Ok(attachment) => posted.answers.files.push(attachment),
                Err(wrong) => posted.errors.push(FieldError::new(name, wrong)),
            },
        }
    }
    Ok(posted)
}

fn too_large(_: axum::extract::multipart::MultipartError) -> Problem {
    Problem::TooLarge
}

/// Keeps a file of a kind that people hand in; otherwise says what is wrong with it.
///
/// # Errors
/// The store failed.
pub async fn keep(
    house: &Shared,
    name: String,
    bytes: Bytes,
) -> Result<Result<Attachment, &'static str>, Problem> {
    let Some(media) = sniff(&bytes) else { return Ok(Err("wrong-file-kind")) };
    blocking(house, move |house| {
        let hash = house.blobs.keep(&bytes)?;
        let name: String = name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or("file")
            .chars()
            .filter(|c| !c.is_control())
            .take(120)
            .collect();
        Ok(Ok(Attachment { hash, name, media: media.to_owned(), size: bytes.len() as u64 }))
    })
    .await
}

/// The media type by the first bytes; only kinds that people hand in and that nothing executes.
fn sniff(bytes: &[u8]) -> Option<&'static str> {
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
    match infer::get(bytes) {
        Some(kind) => TAKEN.into_iter().find(|media| *media == kind.mime_type()),
        None => std::str::from_utf8(bytes)
            .is_ok_and(|text| {
                !text.contains('\0')
                    && !text.trim_start().starts_with('<')
                    && !text.starts_with("#!")
            })
            .then_some("text/plain"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        assert_eq!(sniff(b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(sniff("情况说明".as_bytes()), Some("text/plain"));
        assert_eq!(sniff(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"), None);
        assert_eq!(sniff(b"<html><script>"), None);
        assert_eq!(sniff(b"#!/bin/sh\n"), None);
    }

    #[test]
    fn broken_text_is_refused() {
        assert!(form_pairs(b"title=%FF%FE").is_err());
        assert!(form_pairs(b"title=%zz").is_err());
        let pairs = form_pairs("title=%E5%9C%9F+a&x=".as_bytes()).expect("pairs");
        assert_eq!(pairs, [("title".into(), "土 a".into()), ("x".into(), String::new())]);
    }
}
