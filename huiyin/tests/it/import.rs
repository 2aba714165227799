//! Old ledgers: a dry run, bad rows named, nothing twice, labels on people dropped.

use crate::office::Office;
use casework::figure::PetitionFigure;
use casework::matter::StepKind;
use casework::matter::handling::LedgerAnswer;
use casework::matter::{Command, MatterId};
use casework::org::{Actor, Role};
use huiyin::act::act;
use huiyin::by::By;
use huiyin::import::{RowOutcome, run};
use huiyin::problem::Wrong;
use huiyin::report;
use papers::ledger::{Ledger, read};

fn ledger() -> Ledger {
    sheet(
        "\
信访件编号|姓名|信访人数|手机号码|问题属地|内容分类(一级_二级_三级)|信访日期|登记日期|信访形式|概况|答复意见|答复日期|是否重点人员|民族
LF1|钱一|1|13900000001|东河镇|农村农业_村务管理|2025-01-02|2025-01-02|来访|要求公开账目|已公开|2025-01-10|是|汉
LF2|孙二|6||||2025/1/3|2025/1/3|来访|要求补发工资
LF3|李三|1||||2025-02-30|2025-02-28|来信|日期不对
LF4|周四|1||||2025-01-05|2025-01-05|来信|先答后收|答复|2025-01-01|||散记
LF1|钱一|1||||2025-01-02|2025-01-02|来访|同一编号",
    )
}

/// A workbook of these lines, their cells between bars, as it is read from its file.
fn sheet(lines: &str) -> Ledger {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0u32..).zip(lines.lines()) {
        for (column, cell) in (0u16..).zip(line.split('|')) {
            sheet.write(row, column, cell).expect("write");
        }
    }
    let folder = tempfile::TempDir::new().expect("folder");
    let path = folder.path().join("ledger.xlsx");
    book.save(&path).expect("save");
    read(&path).expect("read")
}

fn clerk(office: &Office) -> Actor {
    let clerk = office.accounts().into_iter().find(|one| one.actor.is(Role::RegistrationClerk));
    clerk.expect("clerk").actor
}

#[test]
fn a_ledger_is_taken_in_once_and_its_bad_rows_are_named() {
    let office = Office::new();
    let clerk = clerk(&office);
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
    assert_eq!(first.ignored, ["O"], "what stands under no heading is not dropped in silence");
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

#[test]
fn nothing_that_a_ledger_says_is_lost_on_the_way() {
    let office = Office::new();
    let long = "很".repeat(201);
    let lines = format!(
        "信访件编号|信访日期|登记日期|标题|概况|投诉内容|答复意见|回复内容|答复时间|答复日期
L1|2025-01-02|2025-01-02|修路|路坏了|去年就坏了||已修好||2025-01-10
L2|2025-01-02|2025-01-02|{long}|路坏了
L3|2025-01-02|2025-01-02|修路|路坏了||已答||2025-12-31"
    );
    let done = run(&office.house, &clerk(&office), &sheet(&lines), false, |_| ()).expect("import");
    let bad = |cell: &str, wrong| RowOutcome::Bad { cell: cell.into(), wrong };
    let rows: Vec<_> = done.rows.into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(
        rows,
        [RowOutcome::Taken, bad("D3", Wrong::TooLong), bad("I4", Wrong::DateOrder)],
        "a title is not cut, and no answer lies after today"
    );
    let found = office.house.db.read(|tx| store::matter::find(tx, MatterId::new(2025, 1)));
    let matter = found.expect("a matter").expect("there");
    assert_eq!(matter.petitions[0].text, "路坏了\n\n去年就坏了", "both columns");
    let ledger = matter.answer.expect("an answer").ledger.expect("kept");
    assert_eq!(ledger.text, "已修好", "the first column that says something");
}

#[test]
fn a_matter_that_others_answered_is_left_to_them_and_the_next_row_is_taken() {
    let office = Office::new();
    let actor = clerk(&office);
    let first = "信访件编号|信访日期|登记日期|概况
K1|2025-01-02|2025-01-02|路坏了";
    run(&office.house, &actor, &sheet(first), false, |_| ()).expect("import");
    let own = LedgerAnswer { text: "由交通局修".into(), basis: "职责分工".into() };
    let (by, id) = (By::now(&office.house, &actor), MatterId::new(2025, 1));
    act(&office.house, by, id, None, Command::KeepLedgerAnswer(own)).expect("an answer");
    let later = "信访件编号|信访日期|登记日期|概况|答复意见|答复时间
K1|2025-01-02|2025-01-02|路坏了|已修好|2025-01-10
K2|2025-01-03|2025-01-03|灯坏了|已修好|2025-01-10";
    let done = run(&office.house, &actor, &sheet(later), false, |_| ()).expect("import");
    let rows: Vec<_> = done.rows.into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(rows, [RowOutcome::Unanswered { cell: "A2".into() }, RowOutcome::Taken]);
    let kept =
        office.house.db.read(|tx| store::matter::find(tx, id)).expect("read").expect("there");
    assert_eq!(kept.step.kind(), StepKind::Answered, "nobody served it for them");
}
