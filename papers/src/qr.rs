//! QR codes (二维码) as SVG.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// A text as an SVG picture, black on white.
///
/// # Errors
/// The text is too long for a code.
pub fn svg(text: &str) -> Result<String, String> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| error.to_string())?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(120, 120).build())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_a_picture() {
        let picture = super::svg("539921-LF-2025-0002178").expect("picture");
        assert!(picture.contains("<svg") && picture.contains("path"));
        assert!(super::svg(&"长".repeat(5000)).is_err());
    }
}
