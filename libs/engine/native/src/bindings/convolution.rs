//! Convolutions, pooling and products of matrices.

use super::array::{Array, apart, expect, fault, product};
use crate::ops::convolution as dense;
use crate::ops::geometry::Geometry;
use crate::ops::{matrix, pool};
use napi::Result;
use napi_derive::napi;

#[napi(object)]
pub struct ConvolutionGeometry {
    pub batch: u32,
    pub height: u32,
    pub width: u32,
    pub in_channels: u32,
    pub out_height: u32,
    pub out_width: u32,
    pub out_channels: u32,
    pub kernel_height: u32,
    pub kernel_width: u32,
    pub stride_height: u32,
    pub stride_width: u32,
    pub dilation_height: u32,
    pub dilation_width: u32,
    pub pad_top: u32,
    pub pad_left: u32,
}

impl ConvolutionGeometry {
    fn check(self) -> Result<Geometry> {
        let size = |n: u32| n as usize;
        let g = Geometry {
            batch: size(self.batch),
            height: size(self.height),
            width: size(self.width),
            in_channels: size(self.in_channels),
            out_height: size(self.out_height),
            out_width: size(self.out_width),
            out_channels: size(self.out_channels),
            kernel: (size(self.kernel_height), size(self.kernel_width)),
            stride: (size(self.stride_height), size(self.stride_width)),
            dilation: (size(self.dilation_height), size(self.dilation_width)),
            padding: (size(self.pad_top), size(self.pad_left)),
        };
        g.check().map_err(fault)?;
        Ok(g)
    }

    fn check_depthwise(self) -> Result<Geometry> {
        let g = self.check()?;
        if g.in_channels != g.out_channels {
            return Err(fault(format!("outChannels: found {}, allowed: {} as inChannels", g.out_channels, g.in_channels)));
        }
        Ok(g)
    }

    fn check_pool(self) -> Result<Geometry> {
        let g = self.check_depthwise()?;
        if g.dilation != (1, 1) {
            return Err(fault("dilation: pooling allows 1 only"));
        }
        let inside = |out: usize, stride: usize, padding: usize, kernel: usize, extent: usize| {
            padding < kernel && (out - 1) * stride < extent + padding
        };
        let rows = inside(g.out_height, g.stride.0, g.padding.0, g.kernel.0, g.height);
        if !rows || !inside(g.out_width, g.stride.1, g.padding.1, g.kernel.1, g.width) {
            return Err(fault("padding: every window must cover at least one input element"));
        }
        Ok(g)
    }
}

/// Lengths of x, kernel and y, in whatever order the arguments come; the last one is written.
fn check_three(
    g: &Geometry,
    kernel: usize,
    x: (&str, Array),
    k: (&str, Array),
    y: (&str, Array),
    written: usize,
) -> Result<()> {
    expect(x.0, x.1, g.batch * g.input_image())?;
    expect(k.0, k.1, kernel)?;
    expect(y.0, y.1, g.batch * g.output_image())?;
    let mut all = [x, k, y];
    all.swap(0, written);
    apart(1, &all)
}

fn dense_kernel(g: &Geometry) -> usize {
    g.kernel.0 * g.kernel.1 * g.in_channels * g.out_channels
}

fn depthwise_kernel(g: &Geometry) -> usize {
    g.kernel.0 * g.kernel.1 * g.in_channels
}

#[napi(catch_unwind)]
pub fn convolution(g: ConvolutionGeometry, x: Array, kernel: Array, y: Array) -> Result<()> {
    let g = g.check()?;
    check_three(&g, dense_kernel(&g), ("x", x), ("kernel", kernel), ("y", y), 2)?;
    // SAFETY: checked to be apart.
    unsafe { dense::convolution(&g, x.read(), kernel.read(), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn convolution_input_gradient(g: ConvolutionGeometry, dy: Array, kernel: Array, dx: Array) -> Result<()> {
    let g = g.check()?;
    check_three(&g, dense_kernel(&g), ("dx", dx), ("kernel", kernel), ("dy", dy), 0)?;
    // SAFETY: checked to be apart.
    unsafe { dense::convolution_input_gradient(&g, dy.read(), kernel.read(), dx.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn convolution_kernel_gradient(g: ConvolutionGeometry, x: Array, dy: Array, d_kernel: Array) -> Result<()> {
    let g = g.check()?;
    check_three(&g, dense_kernel(&g), ("x", x), ("dKernel", d_kernel), ("dy", dy), 1)?;
    // SAFETY: checked to be apart.
    unsafe { dense::convolution_kernel_gradient(&g, x.read(), dy.read(), d_kernel.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn depthwise(g: ConvolutionGeometry, x: Array, kernel: Array, y: Array) -> Result<()> {
    let g = g.check_depthwise()?;
    check_three(&g, depthwise_kernel(&g), ("x", x), ("kernel", kernel), ("y", y), 2)?;
    // SAFETY: checked to be apart.
    unsafe { dense::depthwise(&g, x.read(), kernel.read(), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn depthwise_input_gradient(g: ConvolutionGeometry, dy: Array, kernel: Array, dx: Array) -> Result<()> {
    let g = g.check_depthwise()?;
    check_three(&g, depthwise_kernel(&g), ("dx", dx), ("kernel", kernel), ("dy", dy), 0)?;
    // SAFETY: checked to be apart.
    unsafe { dense::depthwise_input_gradient(&g, dy.read(), kernel.read(), dx.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn depthwise_kernel_gradient(g: ConvolutionGeometry, x: Array, dy: Array, d_kernel: Array) -> Result<()> {
    let g = g.check_depthwise()?;
    check_three(&g, depthwise_kernel(&g), ("x", x), ("dKernel", d_kernel), ("dy", dy), 1)?;
    // SAFETY: checked to be apart.
    unsafe { dense::depthwise_kernel_gradient(&g, x.read(), dy.read(), d_kernel.write()) };
    Ok(())
}

fn pooled(g: ConvolutionGeometry, maximum: bool, x: Array, y: Array) -> Result<()> {
    let g = g.check_pool()?;
    expect("x", x, g.batch * g.input_image())?;
    expect("y", y, g.batch * g.output_image())?;
    apart(1, &[("y", y), ("x", x)])?;
    // SAFETY: checked to be apart.
    unsafe { pool::pool(&g, maximum, x.read(), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn max_pool(g: ConvolutionGeometry, x: Array, y: Array) -> Result<()> {
    pooled(g, true, x, y)
}

#[napi(catch_unwind)]
pub fn average_pool(g: ConvolutionGeometry, x: Array, y: Array) -> Result<()> {
    pooled(g, false, x, y)
}

#[napi(catch_unwind)]
pub fn max_pool_gradient(g: ConvolutionGeometry, x: Array, dy: Array, dx: Array) -> Result<()> {
    let g = g.check_pool()?;
    expect("x", x, g.batch * g.input_image())?;
    expect("dy", dy, g.batch * g.output_image())?;
    expect("dx", dx, g.batch * g.input_image())?;
    apart(1, &[("dx", dx), ("x", x), ("dy", dy)])?;
    // SAFETY: checked to be apart.
    unsafe { pool::pool_gradient(&g, true, x.read(), dy.read(), dx.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn average_pool_gradient(g: ConvolutionGeometry, dy: Array, dx: Array) -> Result<()> {
    let g = g.check_pool()?;
    expect("dy", dy, g.batch * g.output_image())?;
    expect("dx", dx, g.batch * g.input_image())?;
    apart(1, &[("dx", dx), ("dy", dy)])?;
    // SAFETY: checked to be apart.
    unsafe { pool::pool_gradient(&g, false, &[], dy.read(), dx.write()) };
    Ok(())
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn mat_mul(
    batch: u32,
    rows: u32,
    inner: u32,
    columns: u32,
    transpose_a: bool,
    transpose_b: bool,
    a: Array,
    b: Array,
    c: Array,
) -> Result<()> {
    let e = matrix::Extents { batch: batch as usize, rows: rows as usize, inner: inner as usize, columns: columns as usize };
    expect("a", a, product("batch, rows, inner", &[batch, rows, inner])?)?;
    expect("b", b, product("batch, inner, columns", &[batch, inner, columns])?)?;
    expect("c", c, product("batch, rows, columns", &[batch, rows, columns])?)?;
    apart(1, &[("c", c), ("a", a), ("b", b)])?;
    // SAFETY: checked to be apart.
    unsafe { matrix::multiply(e, transpose_a, transpose_b, a.read(), b.read(), c.write()) };
    Ok(())
}
