//! `huiyin import`: an old ledger, row by row on the terminal.

use super::{machine, say, usage};
use crate::house::House;
use crate::import::RowOutcome;
use crate::locale::Lang;
use crate::problem::Problem;
use crate::web::page::text;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use store::account;

pub(super) fn run(
    house: Arc<House>,
    file: &Path,
    login: &str,
    dry: bool,
) -> Result<ExitCode, Problem> {
    let ledger = papers::ledger::read(file)
        .map_err(|error| machine(format!("{}: {error}", file.display())))?;
    let account = house.db.read(|tx| account::find(tx, login))?;
    let actor = account.ok_or_else(|| usage(format!("there is no account {login}")))?.actor;
    let bar = indicatif::ProgressBar::new(ledger.rows.len() as u64);
    let summary =
        crate::import::run(&house, &actor, &ledger, dry, |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    let left = summary.left();
    for (row, outcome) in &summary.rows {
        match outcome {
            RowOutcome::Bad { cell, wrong } => {
                say(format_args!("第 {row} 行\t{cell}\t{}", Lang::Hans.t(wrong.word())))
            }
            RowOutcome::Refused { cell, refusal } => {
                let words = text(Lang::Hans, &Problem::Refused(refusal.clone()));
                say(format_args!("第 {row} 行\t{cell}\t{words}"))
            }
            RowOutcome::Unanswered { cell } => {
                say(format_args!("第 {row} 行\t{cell}\t{}", Lang::Hans.t("import-unanswered")))
            }
            RowOutcome::Taken if dry => say(format_args!("第 {row} 行\t可以导入")),
            RowOutcome::Known if dry => say(format_args!("第 {row} 行\t已经导入过")),
            RowOutcome::Taken | RowOutcome::Known => {}
        }
    }
    for heading in &summary.dropped {
        say(format_args!("不收的列\t{heading}"));
    }
    for heading in &summary.ignored {
        say(format_args!("未使用的列\t{heading}"));
    }
    let count = |wanted: fn(&RowOutcome) -> bool| summary.count(wanted);
    say(format_args!(
        "{} 行：导入 {}，已有 {}，未导入 {}{}",
        summary.rows.len(),
        count(|outcome| *outcome == RowOutcome::Taken),
        count(|outcome| *outcome == RowOutcome::Known),
        left,
        if dry { "（试运行，没有写入）" } else { "" },
    ));
    Ok(ExitCode::SUCCESS)
}
