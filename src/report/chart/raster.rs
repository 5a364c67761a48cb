//! From an SVG to a PNG, in memory, with the embedded font and those that the user adds; system fonts play no part.

use super::font::{FAMILY, embedded};
use super::palette::Colours;
use super::{ChartStyle, figure_error};
use crate::error::Result;
use plotters::style::RGBColor;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels of an SVG to the inch (CSS Values 4, §6.2).
const SVG_DPI: f32 = 96.0;

/// Renders an SVG of [`super::draw_svg`] as a PNG with the style's resolution, which the file names for those who print.
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
    let dpi = style.dpi.clamp(*ChartStyle::DPIS.start(), *ChartStyle::DPIS.end());
    let scale = dpi as f32 / SVG_DPI;
    let pixels = |x: f32| (x.ceil() * scale).round() as u32;
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or_else(|| figure_error("png", &"the picture is too large"))?;
    // Where the scale leaves part of a pixel at the border, the paper shows through and nothing is transparent.
    let RGBColor(r, g, b) = Colours::of(style.theme).paper;
    pixmap.fill(Color::from_rgba8(r, g, b, 255));
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    encode(pixmap, dpi).map_err(|e| figure_error("png", &e))
}

/// A PNG that carries its resolution in dots a metre.
fn encode(pixmap: Pixmap, dpi: u32) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let metre = (f64::from(dpi) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: metre, yppu: metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    // The paper is opaque, so premultiplied and plain colours are the same.
    writer.write_image_data(pixmap.data())?;
    writer.finish()?;
    Ok(bytes)
}
