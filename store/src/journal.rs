//! The journal (日志): what happened outside of case files, and every unmasking. Append-only.

use crate::condition::{Params, Where};
use crate::row::Row;
use crate::table::{JOURNAL, named};
use crate::{Error, Tx, params, setting};
use casework::code::code_list;
use casework::matter::MatterId;
use casework::moment::Instant;
use casework::role::Scope;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;

code_list! {
    /// What kind of thing a line tells (日志事件); its word is a locale key under `journal-`.
    pub enum Event {
        /// 登录失败.
        SignInFailed = "sign-in-failed",
        /// 登录.
        SignedIn = "signed-in",
        /// 修改密码.
        PasswordChanged = "password-changed",
        /// 查重.
        LookedForRepeats = "looked-for-repeats",
        /// 按身份信息查询.
        SearchedByIdentity = "searched-by-identity",
        /// 查询登记: a petitioner asked after their own matter; how and what for, and how many came.
        Enquired = "enquired",
        /// 查看身份信息.
        Unmasked = "unmasked",
        /// 登记区划.
        PlaceRecorded = "place-recorded",
        /// 登记机构.
        UnitRecorded = "unit-recorded",
        /// 登记岗位.
        PostRecorded = "post-recorded",
        /// 开设账号.
        AccountOpened = "account-opened",
        /// 账号存证.
        AccountRecorded = "account-recorded",
        /// 请假代理存证.
        AbsenceRecorded = "absence-recorded",
        /// 开通领导信箱.
        MailboxOpened = "mailbox-opened",
        /// 关闭领导信箱.
        MailboxClosed = "mailbox-closed",
        /// 授予角色.
        RolesGranted = "roles-granted",
        /// 重置管理员.
        AdministratorReset = "administrator-reset",
        /// 发放令牌.
        TokenIssued = "token-issued",
        /// 收回令牌.
        TokenWithdrawn = "token-withdrawn",
        /// 公布放假安排.
        CalendarPublished = "calendar-published",
        /// 更换内容分类.
        CategoriesReplaced = "categories-replaced",
        /// 更换突出问题.
        HeadsReplaced = "heads-replaced",
        /// 导出列表.
        ListExported = "list-exported",
        /// 导入台账.
        LedgerImported = "ledger-imported",
        /// 查看文书.
        PaperMade = "paper-made",
        /// 补发查询码.
        CodeIssued = "code-issued",
        /// 查看密封件.
        SealedViewed = "sealed-viewed",
        /// 启封.
        SealBroken = "seal-broken",
        /// 责任台账存证.
        DutyRecorded = "duty-recorded",
        /// 更换主密钥.
        Rekeyed = "rekeyed",
    }
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct JournalLine {
    /// From 1.
    pub sequence: i64,
    /// When, UTC.
    pub at: Instant,
    /// Who: an account's login, `portal`, or `huiyin` for what the program does by itself.
    pub actor: String,
    /// What kind of thing happened.
    pub event: Event,
    /// To what.
    pub subject: String,
    /// Details; never personal data.
    pub body: String,
}

/// What is to be noted (日志事项): a line before it has its number.
#[derive(Debug, Clone)]
pub struct Note {
    at: Instant,
    actor: String,
    event: Event,
    subject: String,
    body: String,
}

impl Note {
    /// That somebody (a login, `portal`, or `huiyin` for the program itself) did something at an instant, UTC.
    pub fn new(at: Instant, actor: &str, event: Event) -> Self {
        let actor = actor.to_owned();
        Self { at, actor, event, subject: String::new(), body: String::new() }
    }

    /// To what: a number or a login.
    #[must_use]
    pub fn on(self, subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..self }
    }

    /// With what details; never personal data.
    #[must_use]
    pub fn saying(self, body: impl Into<String>) -> Self {
        Self { body: body.into(), ..self }
    }
}

/// Writes a line.
///
/// # Errors
/// The engine failed.
pub fn record(tx: &mut Tx<'_>, note: &Note) -> Result<(), Error> {
    let sequence = setting::draw(tx, "journal")?;
    let last = "SELECT hash FROM journal WHERE sequence = $1";
    let before = match tx.opt(last, params![sequence - 1])? {
        Some(row) => row.text("hash")?,
        None => String::new(),
    };
    let Note { at, actor, event, subject, body } = note.clone();
    let line = JournalLine { sequence, at, actor, event, subject, body };
    let row = named![
        sequence: sequence,
        at: at.0,
        actor: &line.actor,
        kind: event.word(),
        subject: &line.subject,
        body: &line.body,
        hash: chain(&before, &line),
    ];
    tx.insert(&JOURNAL, row)
}

/// The hash of a line over the one before.
pub fn chain(before: &str, line: &JournalLine) -> String {
    let mut digest = Sha256::new();
    digest.update(format!(
        "{before}\n{}\n{}\n{}\n{}\n{}\n{}",
        line.sequence,
        line.at.0,
        line.actor,
        line.event.word(),
        line.subject,
        line.body
    ));
    hex::encode(digest.finalize())
}

/// Lines before a sequence number, newest first.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>, before: Option<i64>, limit: u32) -> Result<Vec<JournalLine>, Error> {
    let sql = format!("{} WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2", JOURNAL.select());
    tx.all(&sql, params![before.unwrap_or(i64::MAX), limit])?.iter().map(line).collect()
}

/// As [`list`], for a reader: of what walls keep them out of, a line says neither which matter nor what.
///
/// # Errors
/// The engine failed.
pub fn list_for(
    tx: &mut Tx<'_>,
    scope: &Scope,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<JournalLine>, Error> {
    let mut lines = list(tx, before, limit)?;
    for line in &mut lines {
        let matter = match MatterId::parse(&line.subject) {
            Some(id) => Some(id),
            None => crate::petition::find(tx, &line.subject)?.map(|(id, _)| id),
        };
        if let Some(id) = matter
            && crate::wall::keeps_out(tx, id, scope)?
        {
            line.subject.clear();
            line.body.clear();
        }
    }
    Ok(lines)
}

/// The lines of these events from one instant until another (exclusive), newest first.
///
/// # Errors
/// The engine failed.
pub fn of_events(
    tx: &mut Tx<'_>,
    events: &[Event],
    span: Range<Instant>,
) -> Result<Vec<JournalLine>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let events: Vec<String> = events.iter().map(|one| all.place(one.word())).collect();
    all.and(format!("kind IN ({})", events.join(", ")));
    all.is("at >= ?", span.start.0);
    all.is("at < ?", span.end.0);
    let sql = format!("{} WHERE {} ORDER BY sequence DESC", JOURNAL.select(), all.sql());
    tx.all(&sql, params.values())?.iter().map(line).collect()
}

fn line(row: &Row) -> Result<JournalLine, Error> {
    Ok(JournalLine {
        sequence: row.int("sequence")?,
        at: row.instant("at")?,
        actor: row.text("actor")?,
        event: row.word("kind")?,
        subject: row.text("subject")?,
        body: row.text("body")?,
    })
}

/// What the lines of an event said last of each subject.
pub(crate) fn last_of(tx: &mut Tx<'_>, event: Event) -> Result<BTreeMap<String, String>, Error> {
    let sql = format!("{} WHERE kind = $1 ORDER BY sequence", JOURNAL.select());
    let rows = tx.all(&sql, params![event.word()])?;
    rows.iter().map(|row| Ok((row.text("subject")?, row.text("body")?))).collect()
}

/// The first line whose hash does not follow from the one before, or that nothing of ours wrote, if any.
///
/// # Errors
/// The engine failed.
pub fn broken_at(tx: &mut Tx<'_>) -> Result<Option<i64>, Error> {
    const AT_ONCE: i64 = 1000;
    let sql = format!("{} WHERE sequence > $1 ORDER BY sequence LIMIT $2", JOURNAL.select());
    let (mut before, mut done) = (String::new(), 0);
    loop {
        let rows = tx.all(&sql, params![done, AT_ONCE])?;
        if rows.is_empty() {
            return Ok(None);
        }
        for row in rows {
            let (sequence, hash) = (row.int("sequence")?, row.text("hash")?);
            let follows = match line(&row) {
                Ok(line) => sequence == done + 1 && chain(&before, &line) == hash,
                Err(Error::Corrupt { .. }) => false,
                Err(error) => return Err(error),
            };
            if !follows {
                return Ok(Some(sequence));
            }
            (before, done) = (hash, sequence);
        }
    }
}
