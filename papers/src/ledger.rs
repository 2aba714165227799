//! Ledgers (台账): the first sheet of a workbook as rows of text, dates written alike.

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Seek};
use std::path::Path;

/// A row of a sheet (台账行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number as the spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells, from left to right.
    pub cells: Vec<String>,
}

/// A sheet: its headings, and its rows with their numbers as the spreadsheet shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Headings of the first row.
    pub headings: Vec<String>,
    /// Row number and cells; a row is as long as the headings.
    pub rows: Vec<SheetRow>,
    /// Columns that hold something and have no heading, by their names in the spreadsheet; nobody knows what they
    /// mean, so whoever reads the ledger is told of them.
    pub unnamed: Vec<String>,
}

/// The ledger could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

/// Most rows that are taken from one ledger.
pub const MOST_ROWS: usize = 200_000;

/// Reads the first sheet of an .xlsx file.
///
/// # Errors
/// The file is none, is empty, or holds more than [`MOST_ROWS`] rows.
pub fn read(path: &Path) -> Result<Ledger, Unreadable> {
    let book = open_workbook(path);
    first_sheet(book.map_err(|error: calamine::XlsxError| Unreadable(error.to_string()))?)
}

/// Reads the first sheet of an .xlsx file that was handed in.
///
/// # Errors
/// As [`read`].
pub fn parse(content: &[u8]) -> Result<Ledger, Unreadable> {
    let book = Xlsx::new(Cursor::new(content));
    first_sheet(book.map_err(|error: calamine::XlsxError| Unreadable(error.to_string()))?)
}

/// The widest ledger; what stands further to the right belongs to none.
const MOST_COLUMNS: u32 = 200;

/// Cell by cell, so that a cell far out on the sheet takes no more room than any other: what stands to the right
/// of the headings is left out.
fn first_sheet<R: Read + Seek>(mut book: Xlsx<R>) -> Result<Ledger, Unreadable> {
    let wrong = |error: calamine::XlsxError| Unreadable(error.to_string());
    let name = book.sheet_names().into_iter().next();
    let name = name.ok_or_else(|| Unreadable("no sheet".to_owned()))?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(wrong)?;
    let mut sheet: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut filled = BTreeSet::new();
    while let Some(cell) = cells.next_cell().map_err(wrong)? {
        let (row, column) = cell.get_position();
        let text = text(&Data::from(cell.get_value().clone()));
        if text.trim().is_empty() {
            continue;
        }
        filled.insert(column);
        if column >= MOST_COLUMNS {
            continue;
        }
        sheet.entry(row).or_default().insert(column, text);
        if sheet.len() > MOST_ROWS + 1 {
            return Err(Unreadable(format!("more than {MOST_ROWS} rows")));
        }
    }
    let (_, first) =
        sheet.pop_first().ok_or_else(|| Unreadable("no headings in the first row".to_owned()))?;
    let width = first.keys().next_back().map_or(0, |last| last + 1);
    let row = |cells: &BTreeMap<u32, String>| -> Vec<String> {
        (0..width).map(|column| cells.get(&column).cloned().unwrap_or_default()).collect()
    };
    let headings = row(&first).iter().map(|text| text.trim().to_owned()).collect();
    let rows =
        sheet.iter().map(|(number, cells)| SheetRow { number: number + 1, cells: row(cells) });
    let rows = rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
    let unnamed = filled.iter().filter(|column| !first.contains_key(column));
    let unnamed = unnamed.map(|column| self::column(*column as usize)).collect();
    Ok(Ledger { headings, rows, unnamed })
}

/// A cell as text: a date-time as `2019-04-25 09:32:09`, a whole number without a point. A number of more than fifteen
/// digits has lost the rest in the spreadsheet; it is written as the power that it is, so that nobody takes zeros for
/// what was typed. A formula that failed says so.
fn text(cell: &Data) -> String {
    if let Some(moment) = cell.is_datetime().then(|| cell.as_datetime()).flatten() {
        return moment.to_string();
    }
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::Float(number) if number.abs() >= 1e15 => format!("{number:e}"),
        Data::Empty => String::new(),
        Data::Int(_)
        | Data::Float(_)
        | Data::Error(_)
        | Data::String(_)
        | Data::Bool(_)
        | Data::DateTime(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_) => cell.to_string(),
    }
}

/// The spreadsheet's name of a column: 0 is `A`, 26 is `AA`.
pub fn column(mut index: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(index % 26).unwrap_or_default()));
        if index < 26 {
            return name;
        }
        index = index / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 701, 702].map(column), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_cell_far_out_takes_no_room() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, column, text) in [
            (0u32, 0u16, "标题"),
            (1, 0, "要求修路"),
            (1_048_575, 16_383, "x"),
            (1_048_575, 0, "最后一行"),
        ] {
            sheet.write(row, column, text).expect("write");
        }
        let ledger = parse(&book.save_to_buffer().expect("save")).expect("read");
        assert_eq!(ledger.headings, ["标题"]);
        assert_eq!(ledger.unnamed, ["XFD"]);
        let row = |number, text: &str| SheetRow { number, cells: vec![text.to_owned()] };
        let rows = [row(2, "要求修路"), row(1_048_576, "最后一行")];
        assert_eq!(ledger.rows, rows);
    }

    #[test]
    fn a_ledger_comes_back_as_it_was_written() {
        let folder = std::env::temp_dir().join(format!("huiyin-ledger-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("folder");
        let path = folder.join("ledger.xlsx");
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (column, heading) in [(0u16, "编号"), (1, "标题")] {
            sheet.write(0, column, heading).expect("write");
        }
        sheet.write(1, 0, 188_006).expect("write");
        sheet.write(1, 1, "要求修路").expect("write");
        sheet.write(3, 1, "隔了一行").expect("write");
        sheet.write(3, 0, 532_901_198_001_010_015_f64).expect("write");
        book.save(&path).expect("save");
        let ledger = read(&path).expect("read");
        assert_eq!(ledger.headings, ["编号", "标题"]);
        let first =
            SheetRow { number: 2, cells: vec!["188006".to_owned(), "要求修路".to_owned()] };
        assert_eq!(ledger.rows[0], first);
        assert_eq!(ledger.rows[1].number, 4);
        assert_eq!(ledger.rows[1].cells[0], "5.3290119800101e17", "the last digits are lost");
        assert_eq!(ledger.unnamed, Vec::<String>::new());
        std::fs::remove_dir_all(&folder).expect("clean");
    }
}
