//! Batch normalisation with batch statistics (Ioffe & Szegedy 2015), on `[count, channels]`.

use super::shared::{Shared, part, parts};
use crate::cell::arena;
use crate::cell::context::zeros;
use crate::cell::plan::padded;
use crate::kernels::elementwise::{Assemble, NormalGradient, Term};
use crate::kernels::reduce::{Moments, Products};
use crate::kernels::table::for_channels;
use crate::threads;

/// `[channels]` each; scale and shift default to 1 and 0.
#[derive(Clone, Copy)]
pub struct Affine<'a> {
    pub scale: Option<&'a [f32]>,
    pub shift: Option<&'a [f32]>,
}

fn split(count: usize, channels: usize) -> usize {
    parts(count, (1 << 13) / channels.max(1))
}

pub fn forward(
    channels: usize,
    epsilon: f64,
    x: &[f32],
    affine: Affine,
    y: &mut [f32],
    mean: &mut [f32],
    variance: &mut [f32],
) {
    let count = x.len() / channels;
    if count == 0 {
        return;
    }
    let (kernels, padded, blocks) = (for_channels(channels), padded(channels), split(count, channels));
    // The first row as shift keeps the squares small.
    let mut shift = vec![0f32; padded];
    shift[..channels].copy_from_slice(&x[..channels]);
    let mut sums = vec![0f64; blocks * 2 * padded];
    let shared = Shared::new(&mut sums);
    threads::run(blocks, |block, _| {
        let own = part(count, blocks, block);
        let call = Moments {
            z: x[own.start * channels..].as_ptr(),
            step: channels,
            pixels: own.len(),
            channels,
            shift: shift.as_ptr(),
            // SAFETY: each block has its own sums.
            sums: unsafe { shared.at(block * 2 * padded) },
            pitch: padded,
        };
        // SAFETY: x has the block's rows.
        unsafe { (kernels.moments)(&call) };
    });
    let (mut factor, mut constant) = (vec![0f32; padded], vec![0f32; padded]);
    for c in 0..channels {
        let total = |offset: usize| (0..blocks).map(|block| sums[block * 2 * padded + offset]).sum::<f64>() / count as f64;
        let (first, second) = (total(c), total(padded + c));
        let (m, v) = (f64::from(shift[c]) + first, (second - first * first).max(0.0));
        (mean[c], variance[c]) = (m as f32, v as f32);
        factor[c] = (f64::from(affine.scale.map_or(1.0, |s| s[c])) / (v + epsilon).sqrt()) as f32;
        constant[c] = affine.shift.map_or(0.0, |s| s[c]) - (m * f64::from(factor[c])) as f32;
    }
    let out = Shared::new(y);
    threads::run(blocks, |block, _| {
        let own = part(count, blocks, block);
        let term = Term { source: x[own.start * channels..].as_ptr(), step: channels, factor: factor.as_ptr() };
        let call = Assemble {
            terms: &term,
            term_count: 1,
            constant: constant.as_ptr(),
            pixels: own.len(),
            channels,
            // SAFETY: each block writes its own rows.
            out: unsafe { out.at(own.start * channels) },
            out_step: channels,
            copy: std::ptr::null_mut(),
            copy_step: 0,
            accumulate: false,
        };
        // SAFETY: x and y have the block's rows.
        unsafe { (kernels.assemble)(&call) };
    });
}

/// What the forward call read and found.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    pub x: &'a [f32],
    pub scale: Option<&'a [f32]>,
    pub mean: &'a [f32],
    pub variance: &'a [f32],
}

/// Writes dx, and the gradients of scale and shift where asked for.
pub fn gradient(
    channels: usize,
    epsilon: f64,
    batch: Batch,
    dy: &[f32],
    dx: &mut [f32],
    d_scale: Option<&mut [f32]>,
    d_shift: Option<&mut [f32]>,
) {
    let count = batch.x.len() / channels;
    if count == 0 {
        return;
    }
    let (kernels, padded, blocks) = (for_channels(channels), padded(channels), split(count, channels));
    let mut mean = vec![0f32; padded];
    mean[..channels].copy_from_slice(batch.mean);
    let mut sums = vec![0f64; blocks * 2 * padded];
    let shared = Shared::new(&mut sums);
    threads::run(blocks, |block, _| {
        let own = part(count, blocks, block);
        let call = Products {
            d: dy[own.start * channels..].as_ptr(),
            d_step: channels,
            z: batch.x[own.start * channels..].as_ptr(),
            z_step: channels,
            mean: mean.as_ptr(),
            pixels: own.len(),
            channels,
            plain: true,
            // SAFETY: each block has its own sums.
            sums: unsafe { shared.at(block * 2 * padded) },
            pitch: padded,
        };
        // SAFETY: x and dy have the block's rows.
        unsafe { (kernels.products)(&call) };
    });
    let mut factors = vec![0f32; 3 * padded];
    let (mut scales, mut shifts) = (vec![0f32; channels], vec![0f32; channels]);
    for c in 0..channels {
        let total = |offset: usize| (0..blocks).map(|block| sums[block * 2 * padded + offset]).sum::<f64>();
        let (plain, product) = (total(c), total(padded + c));
        let deviation = 1.0 / (f64::from(batch.variance[c]) + epsilon).sqrt();
        let factor = f64::from(batch.scale.map_or(1.0, |s| s[c])) * deviation;
        factors[c] = factor as f32;
        factors[padded + c] = (-factor * plain / count as f64) as f32;
        factors[2 * padded + c] = (-factor * deviation * deviation * product / count as f64) as f32;
        (scales[c], shifts[c]) = ((deviation * product) as f32, plain as f32);
    }
    if let Some(out) = d_scale {
        out.copy_from_slice(&scales);
    }
    if let Some(out) = d_shift {
        out.copy_from_slice(&shifts);
    }
    let out = Shared::new(dx);
    let lanes = kernels.lanes;
    threads::run(blocks, |block, _| {
        arena::with(|arena| {
            // The kernel writes whole vectors: a scratch row block, then the channels of it.
            let pitch = channels.next_multiple_of(lanes);
            for row in part(count, blocks, block).step_by(64) {
                let mark = arena.mark();
                let rows = (part(count, blocks, block).end - row).min(64);
                let scratch = zeros(arena, rows * pitch);
                let call = NormalGradient {
                    d: dy[row * channels..].as_ptr(),
                    d_step: channels,
                    z: batch.x[row * channels..].as_ptr(),
                    z_step: channels,
                    height: 1,
                    width: rows,
                    channels,
                    factor: factors.as_ptr(),
                    offset: factors[padded..].as_ptr(),
                    slope: factors[2 * padded..].as_ptr(),
                    mean: mean.as_ptr(),
                    plane: scratch,
                    row: 0,
                    pitch,
                };
                // SAFETY: x and dy have these rows, the scratch too; each block writes its own
                // rows.
                unsafe {
                    (kernels.normal_gradient)(&call);
                    for i in 0..rows {
                        std::ptr::copy_nonoverlapping(scratch.add(i * pitch), out.at((row + i) * channels), channels);
                    }
                }
                arena.rewind(mark);
            }
        });
    });
}
