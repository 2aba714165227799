//! Old ledgers: a dry run, bad rows named, nothing twice, labels on people dropped.

use crate::office::Office;
use casework::figure::PetitionFigure;
use casework::org::Role;
use huiyin::import::{RowOutcome, run};
use huiyin::report;
use papers::ledger::{Ledger, read};
use store::account;

fn ledger() -> Ledger {
    const SHEET: &str = "\
信访件编号|姓名|信访人数|手机号码|问题属地|内容分类(一级_二级_三级)|信访日期|登记日期|信访形式|概况|答复意见|答复日期|是否重点人员|民族
LF1|钱一|1|13900000001|东河镇|农村农业_村务管理|2025-01-02|2025-01-02|来访|要求公开账目|已公开|2025-01-10|是|汉
LF2|孙二|6||||2025/1/3|2025/1/3|来访|要求补发工资
LF3|李三|1||||2025-02-30|2025-02-28|来信|日期不对
LF4|周四|1||||2025-01-05|2025-01-05|来信|先答后收|答复|2025-01-01
LF1|钱一|1||||2025-01-02|2025-01-02|来访|同一编号";
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0u32..).zip(SHEET.lines()) {
        for (column, cell) in (0u16..).zip(line.split('|')) {
            sheet.write(row, column, cell).expect("write");
        }
    }
    let folder = tempfile::TempDir::new().expect("folder");
    let path = folder.path().join("ledger.xlsx");
    book.save(&path).expect("save");
    read(&path).expect("read")
}

#[test]
fn a_ledger_is_taken_in_once_and_its_bad_rows_are_named() {
    let office = Office::new();
    let clerk = office
        .house
        .db
        .read(account::list)
        .expect("accounts")
        .into_iter()
        .find(|account| account.actor.is(Role::RegistrationClerk))
        .expect("clerk")
        .actor;
    let total = || {
        report::of_year(&office.house, &casework::role::Scope::whole(), 2025, None)
            .expect("report")
            .count(PetitionFigure::Total)
    };
    let dry = run(&office.house, &clerk, &ledger(), true, |_| ()).expect("dry run");
    assert_eq!((dry.count(|o| *o == RowOutcome::Taken), total()), (2, 0));

    let first = run(&office.house, &clerk, &ledger(), false, |_| ()).expect("import");
    assert_eq!(first.layout, "national");
    assert_eq!(first.dropped, ["是否重点人员", "民族"]);
    let bad: Vec<_> = first
        .rows
        .iter()
        .filter_map(|(row, outcome)| match outcome {
            RowOutcome::Bad { cell, .. } => Some((*row, cell.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(bad, [(4, "G4"), (5, "L5")]);
    assert_eq!(first.rows[4].1, RowOutcome::Known, "a number twice in one ledger");
    let report = report::of_year(&office.house, &casework::role::Scope::whole(), 2025, None)
        .expect("report");
    assert_eq!(
        (
            report.count(PetitionFigure::Total),
            report.count(PetitionFigure::Collective),
            report.count(PetitionFigure::Within15Days)
        ),
        (2, 1, 1)
    );

    let second = run(&office.house, &clerk, &ledger(), false, |_| ()).expect("again");
    assert_eq!((second.count(|o| *o == RowOutcome::Taken), total()), (0, 2));
}
