//! Batch normalisation with batch statistics (Ioffe & Szegedy 2015) and the function behind it, on
//! `[count, channels]`. The backward pass makes the normalised values again.

use super::shared::{Shared, part, parts};
use crate::cell::plan::padded;
use crate::kernels::norm::{Behind, NormGradient, NormProducts, Normalise};
use crate::kernels::reduce::Moments;
use crate::kernels::table::for_channels;
use crate::threads;

/// What a norm learns, `[channels]` each, and what stands behind it.
#[derive(Clone, Copy)]
pub struct Norm<'a> {
    pub epsilon: f64,
    pub scale: &'a [f32],
    pub shift: &'a [f32],
    pub behind: Behind,
}

impl Norm<'_> {
    /// `f(factor · x + constant)` is the result.
    fn line(&self, c: usize, mean: f64, variance: f64) -> (f32, f32) {
        let factor = (f64::from(self.scale[c]) / (variance + self.epsilon).sqrt()) as f32;
        (factor, self.shift[c] - (mean * f64::from(factor)) as f32)
    }
}

fn split(count: usize, channels: usize) -> usize {
    parts(count, (1 << 13) / channels.max(1))
}

/// Sums over rows of one block each, `[2][padded channels]`, added up in float64 by block:
/// `add(rows of the block, its sums)`.
fn summed(count: usize, channels: usize, add: impl Fn(std::ops::Range<usize>, *mut f64) + Sync) -> Vec<f64> {
    let (blocks, length) = (split(count, channels), 2 * padded(channels));
    let mut sums = vec![0f64; blocks * length];
    let shared = Shared::new(&mut sums);
    // SAFETY: each block has its own sums.
    threads::run(blocks, |block, _| add(part(count, blocks, block), unsafe { shared.at(block * length) }));
    let (total, more) = sums.split_at_mut(length);
    for block in more.chunks_exact(length) {
        total.iter_mut().zip(block).for_each(|(total, sum)| *total += sum);
    }
    sums.truncate(length);
    sums
}

pub fn forward(norm: Norm, x: &[f32], y: &mut [f32], mean: &mut [f32], variance: &mut [f32]) {
    let channels = norm.scale.len();
    let count = x.len() / channels;
    if count == 0 {
        return;
    }
    let (kernels, padded) = (for_channels(channels), padded(channels));
    // The first row as shift keeps the squares small.
    let mut shift = vec![0f32; padded];
    shift[..channels].copy_from_slice(&x[..channels]);
    let sums = summed(count, channels, |own, sums| {
        let call = Moments {
            z: x[own.start * channels..].as_ptr(),
            step: channels,
            pixels: own.len(),
            channels,
            shift: shift.as_ptr(),
            sums,
            pitch: padded,
        };
        // SAFETY: x has the block's rows.
        unsafe { (kernels.moments)(&call) };
    });
    let (mut factor, mut constant) = (vec![0f32; padded], vec![0f32; padded]);
    for c in 0..channels {
        let (first, second) = (sums[c] / count as f64, sums[padded + c] / count as f64);
        let (m, v) = (f64::from(shift[c]) + first, (second - first * first).max(0.0));
        (mean[c], variance[c]) = (m as f32, v as f32);
        // From the rounded statistics, as the backward pass has them.
        (factor[c], constant[c]) = norm.line(c, f64::from(mean[c]), f64::from(variance[c]));
    }
    let out = Shared::new(y);
    let blocks = split(count, channels);
    threads::run(blocks, |block, _| {
        let own = part(count, blocks, block);
        let call = Normalise {
            x: x[own.start * channels..].as_ptr(),
            // SAFETY: each block writes its own rows.
            y: unsafe { out.at(own.start * channels) },
            pixels: own.len(),
            channels,
            factor: factor.as_ptr(),
            constant: constant.as_ptr(),
            behind: norm.behind,
        };
        // SAFETY: x and y have the block's rows.
        unsafe { (kernels.normalise)(&call) };
    });
}

/// What the forward call read and found.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    pub x: &'a [f32],
    pub mean: &'a [f32],
    pub variance: &'a [f32],
}

/// Writes dx and the gradients of scale and shift.
pub fn gradient(norm: Norm, batch: Batch, dy: &[f32], dx: &mut [f32], d_scale: &mut [f32], d_shift: &mut [f32]) {
    let channels = norm.scale.len();
    let count = batch.x.len() / channels;
    if count == 0 {
        d_scale.fill(0.0);
        d_shift.fill(0.0);
        return;
    }
    let (kernels, padded) = (for_channels(channels), padded(channels));
    let mut mean = vec![0f32; padded];
    mean[..channels].copy_from_slice(batch.mean);
    let mut factors = vec![0f32; 4 * padded];
    for c in 0..channels {
        (factors[c], factors[padded + c]) = norm.line(c, f64::from(batch.mean[c]), f64::from(batch.variance[c]));
    }
    let sums = summed(count, channels, |own, sums| {
        let call = NormProducts {
            x: batch.x[own.start * channels..].as_ptr(),
            d: dy[own.start * channels..].as_ptr(),
            pixels: own.len(),
            channels,
            factor: factors.as_ptr(),
            constant: factors[padded..].as_ptr(),
            mean: mean.as_ptr(),
            behind: norm.behind,
            sums,
            pitch: padded,
        };
        // SAFETY: x and dy have the block's rows.
        unsafe { (kernels.norm_products)(&call) };
    });
    for c in 0..channels {
        let (plain, product) = (sums[c], sums[padded + c]);
        let deviation = 1.0 / (f64::from(batch.variance[c]) + norm.epsilon).sqrt();
        let factor = f64::from(norm.scale[c]) * deviation;
        factors[2 * padded + c] = (-factor * plain / count as f64) as f32;
        factors[3 * padded + c] = (-factor * deviation * deviation * product / count as f64) as f32;
        (d_scale[c], d_shift[c]) = ((deviation * product) as f32, plain as f32);
    }
    let out = Shared::new(dx);
    let blocks = split(count, channels);
    threads::run(blocks, |block, _| {
        let own = part(count, blocks, block);
        let call = NormGradient {
            x: batch.x[own.start * channels..].as_ptr(),
            d: dy[own.start * channels..].as_ptr(),
            // SAFETY: each block writes its own rows.
            dx: unsafe { out.at(own.start * channels) },
            pixels: own.len(),
            channels,
            factor: factors.as_ptr(),
            constant: factors[padded..].as_ptr(),
            mean: mean.as_ptr(),
            offset: factors[2 * padded..].as_ptr(),
            slope: factors[3 * padded..].as_ptr(),
            behind: norm.behind,
        };
        // SAFETY: x, dy and dx have the block's rows.
        unsafe { (kernels.norm_gradient)(&call) };
    });
}
