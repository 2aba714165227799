//! Spreadsheets out (导出表格): one sheet of text with headings that stay in view.

use rust_xlsxwriter::{Format, Workbook};

pub use rust_xlsxwriter::XlsxError as Unwritable;

/// A workbook of one sheet, as the bytes of an .xlsx file. Every cell is text, so that nothing typed
/// by a petitioner is ever taken for a formula.
///
/// # Errors
/// More rows than a sheet holds, or a text longer than a cell.
pub fn write(headings: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Unwritable> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, heading) in (0u16..).zip(headings) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    for (number, row) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row) {
            sheet.write_string(number, column, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::SheetRow;

    #[test]
    fn what_is_written_is_read_again() {
        let headings = ["编号".to_owned(), "标题".to_owned()];
        let rows = [vec!["2025-1".to_owned(), "=1+1".to_owned()]];
        let bytes = write(&headings, &rows).expect("writes");
        let ledger = crate::ledger::parse(&bytes).expect("reads");
        assert_eq!(ledger.headings, headings);
        assert_eq!(ledger.rows, [SheetRow { number: 2, cells: rows[0].clone() }]);
    }
}
