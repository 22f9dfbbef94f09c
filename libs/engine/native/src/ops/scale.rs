//! Factors per image, per channel, and sums of several arrays.

use super::shared::{Shared, part, parts};
use crate::cell::plan::padded;
use crate::kernels::elementwise::{Assemble, Term};
use crate::kernels::reduce::Products;
use crate::kernels::table::for_channels;
use crate::simd::element::Values;
use crate::threads;

/// `y = x · factor` with one factor per image, or one for all.
pub fn image_scale(x: &[f32], factors: &[f32], y: &mut [f32]) {
    let length = x.len() / factors.len().max(1);
    let out = Shared::new(y);
    let blocks = parts(length, 1 << 14);
    threads::run(factors.len() * blocks, |task, _| {
        let image = task / blocks;
        let own = part(length, blocks, task % blocks);
        let from = &x[image * length..][own.clone()];
        // SAFETY: each task writes its own part of its image.
        let to = unsafe { std::slice::from_raw_parts_mut(out.at(image * length + own.start), own.len()) };
        let factor = factors[image];
        to.iter_mut().zip(from).for_each(|(y, x)| *y = factor * x);
    });
}

/// `Σ x · dy` per image: float32 sums of 1024 values in eight lanes, then float64.
pub fn image_scale_gradient(x: &[f32], dy: &[f32], sums: &mut [f32]) {
    let images = sums.len();
    let length = x.len() / images.max(1);
    let blocks = parts(length, 1 << 14);
    let mut partial = vec![0f64; images * blocks];
    let shared = Shared::new(&mut partial);
    threads::run(images * blocks, |task, _| {
        let (image, own) = (task / blocks, part(length, blocks, task % blocks));
        let (x, dy) = (&x[image * length..][own.clone()], &dy[image * length..][own]);
        let mut total = 0f64;
        for (x, dy) in x.chunks(1024).zip(dy.chunks(1024)) {
            let mut lanes = [0f32; 8];
            for (x, dy) in x.chunks(8).zip(dy.chunks(8)) {
                lanes.iter_mut().zip(x.iter().zip(dy)).for_each(|(lane, (x, dy))| *lane += x * dy);
            }
            total += lanes.iter().map(|lane| f64::from(*lane)).sum::<f64>();
        }
        // SAFETY: each task has its own sum.
        unsafe { *shared.at(task) = total };
    });
    for (sum, parts) in sums.iter_mut().zip(partial.chunks(blocks)) {
        *sum = parts.iter().sum::<f64>() as f32;
    }
}

/// `y = Σ factor · x` over arrays, from left to right; each has one factor per image, or one for
/// all.
pub fn weighted_sum(arrays: &[&[f32]], factors: &[&[f32]], images: usize, y: &mut [f32]) {
    let length = y.len() / images.max(1);
    let out = Shared::new(y);
    let blocks = parts(length, 1 << 13);
    threads::run(images * blocks, |task, _| {
        let (image, own) = (task / blocks, part(length, blocks, task % blocks));
        // Pieces that stay in the first cache while the arrays are added.
        for start in own.clone().step_by(2048) {
            let piece = image * length + start..image * length + (start + 2048).min(own.end);
            // SAFETY: each task writes its own part.
            let to = unsafe { std::slice::from_raw_parts_mut(out.at(piece.start), piece.len()) };
            to.fill(0.0);
            for (array, factors) in arrays.iter().zip(factors) {
                let factor = factors[if factors.len() == 1 { 0 } else { image }];
                to.iter_mut().zip(&array[piece.clone()]).for_each(|(sum, v)| *sum += factor * v);
            }
        }
    });
}

/// `y = a + b + …`, from left to right.
pub fn sum_arrays(arrays: &[&[f32]], y: &mut [f32]) {
    let length = y.len();
    let out = Shared::new(y);
    let blocks = parts(length, 1 << 13);
    threads::run(blocks, |block, _| {
        // Pieces that stay in the first cache while the arrays are added.
        let own = part(length, blocks, block);
        for start in own.clone().step_by(2048) {
            let piece = start..(start + 2048).min(own.end);
            // SAFETY: each task writes its own part.
            let to = unsafe { std::slice::from_raw_parts_mut(out.at(piece.start), piece.len()) };
            match arrays.split_first() {
                None => to.fill(0.0),
                Some((first, rest)) => {
                    to.copy_from_slice(&first[piece.clone()]);
                    for array in rest {
                        to.iter_mut().zip(&array[piece.clone()]).for_each(|(sum, v)| *sum += v);
                    }
                }
            }
        }
    });
}

fn widened(values: &[f32]) -> Vec<f32> {
    let mut out = vec![0f32; padded(values.len())];
    out[..values.len()].copy_from_slice(values);
    out
}

/// Rows of a block: few enough for all threads, many enough to be worth a task.
fn row_blocks(rows: usize, channels: usize) -> usize {
    parts(rows, (1 << 13) / channels.max(1))
}

/// `y = x · scale + shift` for rows of channels; no shift adds 0.
pub fn channel_scale_shift(x: &[f32], scale: &[f32], shift: Option<&[f32]>, y: &mut [f32]) {
    let channels = scale.len();
    let rows = x.len() / channels.max(1);
    let (factor, constant) = (widened(scale), shift.map_or_else(|| vec![0f32; padded(channels)], widened));
    let (kernels, blocks, out) = (for_channels(channels), row_blocks(rows, channels), Shared::new(y));
    threads::run(blocks, |block, _| {
        let own = part(rows, blocks, block);
        let term = Term { source: Values::of(x[own.start * channels..].as_ptr()), step: channels, factor: factor.as_ptr() };
        let call = Assemble {
            terms: &term,
            term_count: 1,
            constant: constant.as_ptr(),
            pixels: own.len(),
            channels,
            // SAFETY: each block writes its own rows.
            out: Values::Float32(unsafe { out.at(own.start * channels) }),
            out_step: channels,
            copy: std::ptr::null_mut(),
            copy_step: 0,
            accumulate: false,
        };
        // SAFETY: x and y have the block's rows.
        unsafe { (kernels.assemble)(&call) };
    });
}

/// `Σ dy · x` and `Σ dy` over rows, per channel: the gradients of [`channel_scale_shift`]'s
/// factors.
pub fn channel_sums(x: &[f32], dy: &[f32], d_scale: &mut [f32], d_shift: &mut [f32]) {
    let channels = d_scale.len();
    let rows = x.len() / channels.max(1);
    let (kernels, padded, blocks) = (for_channels(channels), padded(channels), row_blocks(rows, channels));
    let mean = vec![0f32; padded];
    let mut sums = vec![0f64; blocks * 2 * padded];
    let shared = Shared::new(&mut sums);
    threads::run(blocks, |block, _| {
        let own = part(rows, blocks, block);
        let call = Products {
            d: dy[own.start * channels..].as_ptr(),
            d_step: channels,
            z: Values::of(x[own.start * channels..].as_ptr()),
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
    let total = |offset: usize| (0..blocks).map(|block| sums[block * 2 * padded + offset]).sum::<f64>() as f32;
    for c in 0..channels {
        (d_scale[c], d_shift[c]) = (total(padded + c), total(c));
    }
}
