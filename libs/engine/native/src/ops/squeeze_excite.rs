//! Squeeze-and-excitation: channels scaled by what their means say (Hu et al. 2018), with the hard
//! sigmoid of Howard et al. 2019.

use super::pointwise;
use super::shared::Shared;
use crate::cell::plan::padded;
use crate::kernels::elementwise::{Assemble, Term};
use crate::kernels::reduce::Products;
use crate::kernels::table::for_channels;
use crate::simd::element::Values;
use crate::threads;

/// The two dense layers: `[channels, squeeze]`, `[squeeze]`, `[squeeze, channels]`, `[channels]`.
#[derive(Clone, Copy)]
pub struct Excitation<'a> {
    pub reduce: &'a [f32],
    pub reduce_bias: &'a [f32],
    pub expand: &'a [f32],
    pub expand_bias: &'a [f32],
}

/// What the forward call leaves for the backward one: means `[images, channels]`, the bottleneck
/// `[images, squeeze]`, factors `[images, channels]`.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    pub mean: &'a [f32],
    pub squeezed: &'a [f32],
    pub factor: &'a [f32],
}

/// As [`Kept`], to be written.
pub struct Keeping<'a> {
    pub mean: &'a mut [f32],
    pub squeezed: &'a mut [f32],
    pub factor: &'a mut [f32],
}

/// Gradients of [`Excitation`], in its order.
pub struct Gradients<'a> {
    pub reduce: &'a mut [f32],
    pub reduce_bias: &'a mut [f32],
    pub expand: &'a mut [f32],
    pub expand_bias: &'a mut [f32],
}

/// Sums over the pixels of each image, `[images, channels]`: of `d`, or of `d · z`.
fn sums(images: usize, channels: usize, d: &[f32], z: Option<&[f32]>, factor: f64, out: &mut [f32]) {
    let (kernels, padded) = (for_channels(channels), padded(channels));
    let length = d.len() / images;
    let zeros = vec![0f32; padded];
    let out = Shared::new(out);
    threads::run(images, |n, _| {
        let mut sums = vec![0f64; 2 * padded];
        let call = Products {
            d: d[n * length..].as_ptr(),
            d_step: channels,
            z: Values::of(z.map_or(std::ptr::null(), |z| z[n * length..].as_ptr())),
            z_step: channels,
            mean: zeros.as_ptr(),
            pixels: length / channels,
            channels,
            plain: z.is_none(),
            sums: sums.as_mut_ptr(),
            pitch: padded,
        };
        // SAFETY: both have the image's pixels.
        unsafe { (kernels.products)(&call) };
        let found = if z.is_none() { &sums[..channels] } else { &sums[padded..padded + channels] };
        for (c, sum) in found.iter().enumerate() {
            // SAFETY: each image has its own row.
            unsafe { *out.at(n * channels + c) = (factor * sum) as f32 };
        }
    });
}

/// `y = x · factor + constant`, both `[images, channels]`; no constant adds 0.
fn scaled(images: usize, channels: usize, x: &[f32], factor: &[f32], constant: Option<&[f32]>, y: &mut [f32]) {
    let (kernels, padded) = (for_channels(channels), padded(channels));
    let length = x.len() / images;
    let out = Shared::new(y);
    threads::run(images, |n, _| {
        let mut rows = vec![0f32; 2 * padded];
        let (own, offset) = rows.split_at_mut(padded);
        own[..channels].copy_from_slice(&factor[n * channels..(n + 1) * channels]);
        if let Some(constant) = constant {
            offset[..channels].copy_from_slice(&constant[n * channels..(n + 1) * channels]);
        }
        let term = Term { source: Values::of(x[n * length..].as_ptr()), step: channels, factor: own.as_ptr() };
        let call = Assemble {
            terms: &term,
            term_count: 1,
            constant: offset.as_ptr(),
            pixels: length / channels,
            channels,
            // SAFETY: each task writes its own image.
            out: Values::Float32(unsafe { out.at(n * length) }),
            out_step: channels,
            copy: std::ptr::null_mut(),
            copy_step: 0,
            accumulate: false,
        };
        // SAFETY: x and y have the image's pixels.
        unsafe { (kernels.assemble)(&call) };
    });
}

/// `f(value + bias)` for rows of values.
fn biased(values: &mut [f32], bias: &[f32], f: impl Fn(f32) -> f32) {
    for row in values.chunks_exact_mut(bias.len()) {
        row.iter_mut().zip(bias).for_each(|(value, bias)| *value = f(*value + bias));
    }
}

/// Sums of rows, in float64.
fn column_sums(rows: &[f32], out: &mut [f32]) {
    let mut sums = vec![0f64; out.len()];
    for row in rows.chunks_exact(out.len()) {
        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += f64::from(*value));
    }
    out.iter_mut().zip(&sums).for_each(|(out, sum)| *out = *sum as f32);
}

/// `x [images, pixels, channels]` to `y` of its shape.
pub fn forward(images: usize, layers: Excitation, x: &[f32], y: &mut [f32], keeping: Keeping) {
    let (channels, squeeze) = (layers.expand_bias.len(), layers.reduce_bias.len());
    let Keeping { mean, squeezed, factor } = keeping;
    if x.is_empty() {
        return;
    }
    let pixels = x.len() / (images * channels);
    sums(images, channels, x, None, 1.0 / pixels as f64, mean);
    pointwise::product(channels, squeeze, mean, layers.reduce, squeezed);
    biased(squeezed, layers.reduce_bias, |v| if v > 0.0 || v.is_nan() { v } else { 0.0 });
    pointwise::product(squeeze, channels, squeezed, layers.expand, factor);
    biased(factor, layers.expand_bias, |v| (v * (1.0 / 6.0) + 0.5).clamp(0.0, 1.0));
    scaled(images, channels, x, factor, None, y);
}

/// Writes dx, and the gradients of the layers where they are wanted.
pub fn gradient(
    images: usize,
    layers: Excitation,
    x: &[f32],
    kept: Kept,
    dy: &[f32],
    dx: &mut [f32],
    wanted: Option<Gradients>,
) {
    let (channels, squeeze) = (layers.expand_bias.len(), layers.reduce_bias.len());
    if x.is_empty() {
        if let Some(Gradients { reduce, reduce_bias, expand, expand_bias }) = wanted {
            [reduce, reduce_bias, expand, expand_bias].into_iter().for_each(|each| each.fill(0.0));
        }
        return;
    }
    let pixels = x.len() / (images * channels);
    let mut d_factor = vec![0f32; images * channels];
    sums(images, channels, dy, Some(x), 1.0 / 6.0, &mut d_factor);
    for (d, factor) in d_factor.iter_mut().zip(kept.factor) {
        // The hard sigmoid is flat where it has reached 0 or 1.
        if *factor <= 0.0 || *factor >= 1.0 {
            *d = 0.0;
        }
    }
    let mut d_squeezed = vec![0f32; images * squeeze];
    pointwise::input_gradient(squeeze, channels, &d_factor, layers.expand, &mut d_squeezed);
    for (d, squeezed) in d_squeezed.iter_mut().zip(kept.squeezed) {
        if *squeezed <= 0.0 {
            *d = 0.0;
        }
    }
    let mut d_mean = vec![0f32; images * channels];
    pointwise::input_gradient(channels, squeeze, &d_squeezed, layers.reduce, &mut d_mean);
    d_mean.iter_mut().for_each(|d| *d /= pixels as f32);
    scaled(images, channels, dy, kept.factor, Some(&d_mean), dx);
    if let Some(Gradients { reduce, reduce_bias, expand, expand_bias }) = wanted {
        pointwise::kernel_gradient(channels, squeeze, kept.mean, &d_squeezed, reduce);
        column_sums(&d_squeezed, reduce_bias);
        pointwise::kernel_gradient(squeeze, channels, kept.squeezed, &d_factor, expand);
        column_sums(&d_factor, expand_bias);
    }
}
