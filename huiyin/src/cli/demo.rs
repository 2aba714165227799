//! `huiyin demo`: a fictional county's year, and the sign-ins to walk around in it.

use super::settings::new_key;
use super::{say, serve};
use crate::demo as play;
use crate::problem::Problem;
use crate::report;
use crate::serve::Connections;
use casework::figure::PetitionFigure;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use store::Db;

/// Plays the county and serves it.
///
/// # Errors
/// The folder holds something already, or the store failed.
pub(super) fn run(
    listen: SocketAddr,
    data: Option<PathBuf>,
    no_serve: bool,
) -> Result<ExitCode, Problem> {
    let kept =
        tempfile::Builder::new().prefix("huiyin-demo-").tempdir().map_err(store::Error::from)?;
    let folder = data.unwrap_or_else(|| kept.path().to_owned());
    std::fs::create_dir_all(&folder).map_err(store::Error::from)?;
    let key = new_key(&folder.join("master.key"), Some(play::SEED))?;
    let db = Db::sqlite(&folder.join("office.sqlite"))?;
    let bar = indicatif::ProgressBar::new(0);
    let house = play::play(db, &folder, &key, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    let report = report::of_year(&house, &casework::role::Scope::whole(), play::YEAR, None)?;
    say(format_args!(
        "云岭县 {} 年：{} 件信访件，{} 件已办结。",
        play::YEAR,
        report.count(PetitionFigure::Total),
        report.count(PetitionFigure::Concluded)
    ));
    say(format_args!("  群众门户   http://{listen}/"));
    say(format_args!("  工作台     http://{listen}/desk"));
    say(format_args!("  年度报告   http://{listen}/report?year={}", play::YEAR));
    say(format_args!("  密码都是   {}", play::PASSWORD));
    for (login, who) in play::sign_ins(&house)? {
        say(format_args!("  {login:<16} {who}"));
    }
    say(format_args!("  数据       {}", folder.display()));
    if no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    house.clock.run_on();
    serve(house, listen, Connections::default())
}
