//! Ledgers (台账): the first sheet of a workbook as rows of text, dates written alike.

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use std::io::{Cursor, Read, Seek};
use std::path::Path;

/// A sheet: its headings, and its rows with their numbers as the spreadsheet shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Headings of the first row.
    pub headings: Vec<String>,
    /// Row number and cells; a row is as long as the headings.
    pub rows: Vec<(u32, Vec<String>)>,
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

fn first_sheet<R: Read + Seek>(mut book: Xlsx<R>) -> Result<Ledger, Unreadable> {
    let sheet = book
        .worksheet_range_at(0)
        .ok_or_else(|| Unreadable("no sheet".to_owned()))?
        .map_err(|error| Unreadable(error.to_string()))?;
    if sheet.height() > MOST_ROWS + 1 {
        return Err(Unreadable(format!("more than {MOST_ROWS} rows")));
    }
    let mut rows = sheet.rows();
    let headings: Vec<String> =
        rows.next().unwrap_or_default().iter().map(|cell| text(cell).trim().to_owned()).collect();
    if headings.iter().all(String::is_empty) {
        return Err(Unreadable("no headings in the first row".to_owned()));
    }
    let first = sheet.start().map_or(0, |(row, _)| row);
    let rows = (first + 2..)
        .zip(rows)
        .map(|(number, row)| (number, row.iter().map(text).collect::<Vec<_>>()))
        .filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()))
        .collect();
    Ok(Ledger { headings, rows })
}

/// A cell as text: a date-time as `2019-04-25 09:32:09`, a whole number without a point.
fn text(cell: &Data) -> String {
    if let Some(moment) = cell.is_datetime().then(|| cell.as_datetime()).flatten() {
        return moment.to_string();
    }
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
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
        book.save(&path).expect("save");
        let ledger = read(&path).expect("read");
        assert_eq!(ledger.headings, ["编号", "标题"]);
        assert_eq!(ledger.rows[0], (2, vec!["188006".to_owned(), "要求修路".to_owned()]));
        assert_eq!(ledger.rows[1].0, 4);
        std::fs::remove_dir_all(&folder).expect("clean");
    }
}
