//! Reading a body (接收): bounded in bytes and time before anything is parsed; files lie aside until somebody keeps
//! them.

use super::Posted;
use super::upload::{keep, kept};
use crate::act::Name;
use crate::problem::{FieldError, Problem, Wrong};
use crate::web::{MOST_BYTES, Shared, blocking};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use http_body_util::BodyExt;
use std::time::Duration;
use store::files::Incoming;

/// The most fields of a form.
const MOST_FIELDS: usize = 2_000;

/// A form as it came in, its files not kept yet.
pub struct Received {
    /// Values, and files that were kept before.
    pub posted: Posted,
    uploads: Vec<Upload>,
}

/// A file on its way in (上传中的文件).
pub struct Upload {
    /// The field it came in.
    field: String,
    /// Its name as sent.
    pub name: String,
    /// What is in it.
    pub content: Incoming,
}

impl Received {
    /// How many bytes its files have.
    pub fn size(&self) -> u64 {
        self.uploads.iter().map(|upload| upload.content.size()).sum()
    }

    /// The form with the file of a field, which is read and not kept; none where the field was left empty.
    pub fn with_file(self, field: &str) -> (Posted, Option<Upload>) {
        let Self { posted, uploads } = self;
        let file = uploads.into_iter().find(|one| one.field == field && one.content.size() > 0);
        (posted, file)
    }

    /// The form, for a door that takes no files: whoever sends one hears so.
    ///
    /// # Errors
    /// [`Problem::Invalid`].
    pub fn without_files(self) -> Result<Posted, Problem> {
        match self.uploads.into_iter().next() {
            None => Ok(self.posted),
            Some(upload) => {
                let wrong = FieldError::new(upload.field, Wrong::NoFilesHere);
                Err(Problem::Invalid(vec![wrong]))
            }
        }
    }

    /// The form with its files kept, each of a kind that people hand in; of others the form says what is wrong.
    ///
    /// # Errors
    /// The store failed.
    pub async fn keep(self, house: &Shared) -> Result<Posted, Problem> {
        let Self { mut posted, uploads } = self;
        blocking(house, move |house| {
            for Upload { field, name, content } in uploads {
                match keep(house, &name, content)? {
                    Ok(attachment) => posted.answers.files.push(attachment),
                    Err(wrong) => posted.errors.push(FieldError::new(field, wrong)),
                }
            }
            Ok(posted)
        })
        .await
    }
}

/// How much a door takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A few words.
    Words,
    /// Texts and files.
    Files,
}

impl Room {
    /// The most bytes of the whole body.
    fn bytes(self) -> usize {
        match self {
            Self::Words => 64 * 1024,
            Self::Files => MOST_BYTES,
        }
    }

    /// How long the whole body may take.
    fn time(self) -> Duration {
        match self {
            Self::Words => Duration::from_secs(30),
            Self::Files => Duration::from_secs(15 * 60),
        }
    }
}

/// The most bytes of all texts of a form together.
const MOST_TEXT: usize = 1024 * 1024;

/// Reads a form of a few words, which takes no files.
///
/// # Errors
/// As [`receive`].
pub async fn read(house: &Shared, request: Request) -> Result<Posted, Problem> {
    receive(house, request, Room::Words).await?.without_files()
}

/// Reads a form of either kind; its files lie aside until somebody keeps them.
///
/// # Errors
/// [`Problem::TooLarge`], [`Problem::TooSlow`], or a form that is none.
pub async fn receive(house: &Shared, request: Request, room: Room) -> Result<Received, Problem> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let multipart = media.is_some_and(|media| media.starts_with("multipart/form-data"));
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
    if length.and_then(|text| text.parse::<usize>().ok()).is_some_and(|n| n > room.bytes()) {
        return Err(Problem::TooLarge);
    }
    let reading = async {
        if multipart {
            read_parts(house, request, room).await
        } else {
            let posted = read_plain(request, room).await?;
            Ok(Received { posted, uploads: Vec::new() })
        }
    };
    let mut received =
        tokio::time::timeout(room.time(), reading).await.map_err(|_| Problem::TooSlow)??;
    let posted = &mut received.posted;
    for field in posted.answers.values.get("kept").cloned().unwrap_or_default() {
        match kept(house, &field) {
            Some(file) => posted.answers.files.push(file),
            None => posted.errors.push(FieldError::new(Name::Files, Wrong::FileGone)),
        }
    }
    Ok(received)
}

pub(crate) fn unreadable() -> Problem {
    Problem::Invalid(vec![FieldError::new("", Wrong::Form)])
}

async fn read_plain(request: Request, room: Room) -> Result<Posted, Problem> {
    // A text may take three times its bytes in this form.
    let most = room.bytes().min(3 * MOST_TEXT);
    let bytes =
        axum::body::to_bytes(request.into_body(), most).await.map_err(|_| Problem::TooLarge)?;
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

async fn read_parts(house: &Shared, request: Request, room: Room) -> Result<Received, Problem> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let (mut posted, mut uploads) = (Posted::default(), Vec::new());
    let (mut count, mut text, mut whole) = (0, 0, 0);
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        count += 1;
        if count > MOST_FIELDS {
            return Err(Problem::TooLarge);
        }
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name().map(str::to_owned) {
            let upload = upload(house, &mut part, name, file, room.bytes() - whole).await?;
            whole += usize::try_from(upload.content.size()).unwrap_or(usize::MAX);
            // A field for files that was left empty sends one without name and content.
            if upload.content.size() > 0 || !upload.name.is_empty() {
                uploads.push(upload);
            }
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            text += chunk.len();
            if text > MOST_TEXT {
                return Err(Problem::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let value = String::from_utf8(bytes).map_err(|_| unreadable())?;
        if value.contains('\0') {
            return Err(unreadable());
        }
        posted.answers.values.entry(name).or_default().push(value);
    }
    Ok(Received { posted, uploads })
}

async fn upload(
    house: &Shared,
    part: &mut Field<'_>,
    field: String,
    name: String,
    most: usize,
) -> Result<Upload, Problem> {
    let mut content = blocking(house, |house| Ok(house.blobs.incoming()?)).await?;
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        if content.size() + chunk.len() as u64 > most as u64 {
            return Err(Problem::TooLarge);
        }
        content = blocking(house, move |_| {
            content.write(&chunk)?;
            Ok(content)
        })
        .await?;
    }
    Ok(Upload { field, name, content })
}

/// A body that ended too early, took too long, or was no form.
fn broken(error: MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => unreadable(),
    }
}

/// Streams a whole body into a file that is not kept yet.
///
/// # Errors
/// [`Problem::TooLarge`], or a body that broke off.
pub async fn body(house: &Shared, request: Request) -> Result<Incoming, Problem> {
    let mut content = blocking(house, |house| Ok(house.blobs.incoming()?)).await?;
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame.map_err(|_| unreadable())?.into_data() else { continue };
        if content.size() + chunk.len() as u64 > MOST_BYTES as u64 {
            return Err(Problem::TooLarge);
        }
        content = blocking(house, move |_| {
            content.write(&chunk)?;
            Ok(content)
        })
        .await?;
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_text_is_refused() {
        assert!(form_pairs(b"title=%FF%FE").is_err());
        assert!(form_pairs(b"title=%zz").is_err());
        let pairs = form_pairs("title=%E5%9C%9F+a&x=".as_bytes()).expect("pairs");
        assert_eq!(pairs, [("title".into(), "土 a".into()), ("x".into(), String::new())]);
    }
}
