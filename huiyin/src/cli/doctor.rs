//! `huiyin doctor`: what is wrong around an office, and what to do about it. It changes nothing.

use super::say;
use super::settings::Settings;
use crate::house::{Clock, statutes};
use crate::problem::Problem;
use casework::moment::Instant;
use jiff::civil::Date;
use std::process::ExitCode;
use store::vault::Vault;
use store::{Db, Error, almanac, blob, health, job, matter, migration, presence};

/// How far two clocks may be apart, in milliseconds.
const APART: i64 = 5_000;
/// In which month of a year the arrangement of holidays of the next should be there.
const ANNOUNCED: i8 = 12;

/// How it stands with one thing.
enum Finding {
    Fine(String),
    /// It works, and somebody should see to it.
    Warning {
        what: String,
        remedy: String,
    },
    Wrong {
        what: String,
        remedy: String,
    },
}

impl Finding {
    fn fine(what: impl Into<String>) -> Self {
        Self::Fine(what.into())
    }

    fn warning(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Warning { what: what.into(), remedy: remedy.into() }
    }

    fn wrong(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Wrong { what: what.into(), remedy: remedy.into() }
    }

    fn line(&self) -> String {
        match self {
            Self::Fine(what) => format!("正常  {what}"),
            Self::Warning { what, remedy } => format!("注意  {what}\n      → {remedy}"),
            Self::Wrong { what, remedy } => format!("有误  {what}\n      → {remedy}"),
        }
    }
}

/// Looks at everything that can be looked at; the exit code says whether something is wrong.
///
/// # Errors
/// There is no office here. What fails on the way is a finding.
pub(super) fn run(at: &Settings) -> Result<ExitCode, Problem> {
    if !at.is_set_up() {
        return Err(super::usage(format!("no office in {}", at.data.display())));
    }
    let now = Clock::real().now();
    let mut found = vec![folder(at), key(at)];
    match at.database() {
        Err(problem) => found.push(Finding::wrong(
            format!("数据库打不开：{problem}"),
            "看数据库是否在运行、地址和证书是否写对、磁盘是否已满",
        )),
        Ok(db) => found.extend(database(at, &db, now)),
    }
    for finding in &found {
        say(finding.line());
    }
    let wrong = found.iter().filter(|one| matches!(one, Finding::Wrong { .. })).count();
    let warnings = found.iter().filter(|one| matches!(one, Finding::Warning { .. })).count();
    say(format_args!("{} 项：{wrong} 项有误，{warnings} 项注意", found.len()));
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A finding in place of what could not be asked.
fn asked(what: &str, answer: Result<Finding, Error>) -> Finding {
    answer.unwrap_or_else(|error| Finding::wrong(format!("{what}：{error}"), "按提示处理后再查"))
}

fn folder(at: &Settings) -> Finding {
    let shown = at.data.display();
    match tempfile::tempfile_in(&at.data) {
        Ok(_) => Finding::fine(format!("目录 {shown} 可写")),
        Err(error) => Finding::wrong(
            format!("目录 {shown} 不能写：{error}"),
            "检查目录的属主、权限和磁盘空间",
        ),
    }
}

/// Who can read the key can read every name.
fn key(at: &Settings) -> Finding {
    if let Err(problem) = at.master_key() {
        return Finding::wrong(
            format!("主密钥：{problem}"),
            "把另外保管的主密钥放回原处；没有它，任何人的身份信息都读不出来",
        );
    }
    #[cfg(unix)]
    if let Ok(file) = std::fs::metadata(&at.master_key)
        && std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0
    {
        let path = at.master_key.display();
        return Finding::warning(format!("主密钥 {path} 别人也能读"), format!("chmod 600 {path}"));
    }
    Finding::fine("主密钥可读")
}

fn database(at: &Settings, db: &Db, now: Instant) -> Vec<Finding> {
    let mut found = vec![asked("数据库", damage(db)), asked("表结构", tables(db))];
    if matches!(found.last(), Some(Finding::Wrong { .. })) {
        return found;
    }
    found.extend([
        asked("主密钥", opens(at, db)),
        asked("时钟", clock(db, now)),
        asked("派生数据", derived(at, db)),
        asked("附件", attachments(at, db)),
        asked("放假安排", holidays(db, now)),
        asked("定时任务", jobs(db)),
        asked("运行中的程序", others(db)),
    ]);
    match db {
        Db::Sqlite(_) => {}
        Db::Postgres(_) => found.push(asked("数据库设置", server(db))),
    }
    found
}

fn damage(db: &Db) -> Result<Finding, Error> {
    let places = db.read(health::damage)?;
    Ok(match places.first() {
        None => Finding::fine("数据库的页完好"),
        Some(first) => Finding::wrong(
            format!("数据库有 {} 处损坏：{first}", places.len()),
            "停止程序，原样保留目录，用 huiyin restore 恢复最近的备份",
        ),
    })
}

fn tables(db: &Db) -> Result<Finding, Error> {
    let (done, known) = (db.read(migration::done)?, migration::known());
    Ok(match done.cmp(&known) {
        std::cmp::Ordering::Equal => Finding::fine(format!("表结构第 {done} 版")),
        std::cmp::Ordering::Less => Finding::wrong(
            format!("表结构第 {done} 版，程序需要第 {known} 版"),
            "先备份；下次启动时自动升级",
        ),
        std::cmp::Ordering::Greater => Finding::wrong(
            format!("表结构第 {done} 版由更新的程序写成，本程序只认到第 {known} 版"),
            "换用更新的程序",
        ),
    })
}

fn opens(at: &Settings, db: &Db) -> Result<Finding, Error> {
    let Ok(key) = at.master_key() else { return Ok(Finding::fine("（主密钥见上）")) };
    Ok(match db.read(|tx| Vault::open(tx, &key)) {
        Ok(_) => Finding::fine("主密钥能打开这套案卷"),
        Err(error) => {
            Finding::wrong(format!("主密钥打不开这套案卷：{error}"), "换回这套案卷自己的主密钥")
        }
    })
}

fn clock(db: &Db, now: Instant) -> Result<Finding, Error> {
    let (last, server) =
        db.read(|tx| Ok::<_, Error>((health::last_written(tx)?, health::servers_time(tx)?)))?;
    let shown = |at: Instant| {
        jiff::Timestamp::from_millisecond(at.0)
            .map_or_else(|_| at.0.to_string(), |at| at.to_string())
    };
    if let Some(last) = last.filter(|last| now.0 + APART < last.0) {
        return Ok(Finding::wrong(
            format!("本机时间 {}，早于最后一笔 {}", shown(now), shown(last)),
            "启用 NTP 校时；如果是那一笔当时记错，用 serve --clock-went-back 启动",
        ));
    }
    if let Some(server) = server.filter(|server| (server.0 - now.0).abs() > APART) {
        return Ok(Finding::wrong(
            format!("本机时间 {}，数据库服务器 {}", shown(now), shown(server)),
            "两台机器都启用 NTP 校时：任务的归属按时间判断",
        ));
    }
    Ok(Finding::fine(format!("时间 {}", shown(now))))
}

fn derived(at: &Settings, db: &Db) -> Result<Finding, Error> {
    let statutes = match statutes(&at.data) {
        Ok(statutes) => statutes,
        Err(problem) => {
            return Ok(Finding::wrong(
                format!("法规文本：{problem}"),
                "改正 statutes 目录里的文件",
            ));
        }
    };
    Ok(if db.read(|tx| matter::behind(tx, &statutes))? {
        Finding::wrong("由案卷推算的数据不是按现在的规则和法规算出的", "huiyin rebuild")
    } else {
        Finding::fine("由案卷推算的数据按现行规则；逐卷核对用 huiyin verify")
    })
}

fn attachments(at: &Settings, db: &Db) -> Result<Finding, Error> {
    let files = match at.files() {
        Ok(files) => files,
        Err(problem) => {
            return Ok(Finding::wrong(
                format!("附件存放处打不开：{problem}"),
                "看目录或对象存储的地址、账号和网络",
            ));
        }
    };
    let (hashes, mut missing) = (db.read(blob::belonging)?, 0);
    for hash in &hashes {
        missing += usize::from(!files.holds(hash)?);
    }
    Ok(if missing == 0 {
        Finding::fine(format!("{} 个附件都在", hashes.len()))
    } else {
        Finding::wrong(
            format!("{} 个附件缺 {missing} 个", hashes.len()),
            "从备份里找回附件；huiyin verify 逐个列出",
        )
    })
}

/// Years whose arrangement of holidays should have been published.
fn due_years(today: Date) -> impl Iterator<Item = i16> {
    let next = (today.month() >= ANNOUNCED).then(|| today.year() + 1);
    [today.year()].into_iter().chain(next)
}

fn holidays(db: &Db, now: Instant) -> Result<Finding, Error> {
    let schedules = db.read(almanac::schedules)?;
    let today = jiff::Timestamp::from_millisecond(now.0).unwrap_or_default();
    let today = today.to_zoned(jiff::tz::TimeZone::UTC).date();
    let missing: Vec<String> = due_years(today)
        .filter(|year| !schedules.iter().any(|one| one.year == *year))
        .map(|year| year.to_string())
        .collect();
    Ok(if missing.is_empty() {
        Finding::fine("放假安排已公布")
    } else {
        Finding::warning(
            format!("{} 年的放假安排还没有录入，期限是暂定的", missing.join("、")),
            "国务院办公厅通知发布后，在“日历”里公布",
        )
    })
}

fn jobs(db: &Db) -> Result<Finding, Error> {
    let runs = db.read(job::runs)?;
    let failed = runs.iter().find_map(|run| Some((run.job, run.problem.clone()?)));
    Ok(match failed {
        None => Finding::fine("定时任务没有报错"),
        Some((job, problem)) => Finding::warning(
            format!("定时任务 {} 上次没有办成：{problem}", job.word()),
            "处理后它会自己再试",
        ),
    })
}

fn others(db: &Db) -> Result<Finding, Error> {
    Ok(Finding::fine(match presence::alone(db)? {
        Some(_) => "没有别的程序在用",
        None => "另有程序正在运行",
    }))
}

fn server(db: &Db) -> Result<Finding, Error> {
    let reckless = db.read(health::reckless)?;
    let said: Vec<String> =
        reckless.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    Ok(if said.is_empty() {
        Finding::fine("数据库服务器提交即落盘")
    } else {
        Finding::wrong(
            format!("数据库服务器的 {}：断电会丢失已经答复的办理", said.join("、")),
            "在 postgresql.conf 里改为 on",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn next_years_holidays_are_looked_for_in_december() {
        let years = |on| due_years(on).collect::<Vec<_>>();
        assert_eq!(years(date(2026, 11, 30)), [2026]);
        assert_eq!(years(date(2026, 12, 1)), [2026, 2027]);
    }
}
