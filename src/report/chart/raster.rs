//! From an SVG to a PNG, in memory, with the embedded font and those that the user adds; system fonts play no part.

use super::font::{FAMILY, embedded};
use super::{ChartStyle, figure_error};
use crate::error::Result;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels of the PNG for each pixel of the SVG, so that print stays sharp.
pub const SCALE: u32 = 2;

/// Renders an SVG of [`super::draw_svg`] as a PNG of [`SCALE`] times its size.
///
/// # Errors
/// [`crate::Error::Figure`] if the SVG cannot be read or the picture is too large.
pub fn to_png(svg: &str, style: &ChartStyle) -> Result<Vec<u8>> {
    let mut options = Options { font_family: FAMILY.to_owned(), ..Options::default() };
    let fonts = options.fontdb_mut();
    embedded().iter().for_each(|bytes| fonts.load_font_data(bytes.to_vec()));
    style.fonts.iter().for_each(|bytes| fonts.load_font_data(bytes.clone()));
    fonts.set_sans_serif_family(FAMILY);
    let tree = Tree::from_str(svg, &options).map_err(|e| figure_error("png", &e))?;
    let size = tree.size();
    let pixels = |x: f32| x.ceil() as u32 * SCALE;
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or_else(|| figure_error("png", &"the picture is too large"))?;
    resvg::render(&tree, Transform::from_scale(SCALE as f32, SCALE as f32), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| figure_error("png", &e))
}
