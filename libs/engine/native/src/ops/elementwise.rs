//! Element by element on flat arrays; a result may be one of the operands.

use super::shared::{Shared, part, parts};
use crate::threads;

/// Splits a length into fixed blocks and runs them on all threads.
fn blocks(length: usize, work: impl Fn(std::ops::Range<usize>) + Sync) {
    let count = parts(length, 1 << 14);
    threads::run(count, |block, _| work(part(length, count, block)));
}

/// `y[i] = f(x[i])`
///
/// # Safety
/// Both valid for `length` values; they may be the same but not overlap otherwise.
pub unsafe fn unary(length: usize, x: *const f32, y: *mut f32, f: impl Fn(f32) -> f32 + Sync) {
    let (x, y) = (Shared::of(x.cast_mut()), Shared::of(y));
    blocks(length, |own| {
        for i in own {
            // SAFETY: i < length; each block reads and writes its own elements.
            unsafe { *y.at(i) = f(*x.at(i)) };
        }
    });
}

/// `y[i] = f(a[i], b[i])`
///
/// # Safety
/// As [`unary`].
pub unsafe fn binary(length: usize, a: *const f32, b: *const f32, y: *mut f32, f: impl Fn(f32, f32) -> f32 + Sync) {
    let (a, b, y) = (Shared::of(a.cast_mut()), Shared::of(b.cast_mut()), Shared::of(y));
    blocks(length, |own| {
        for i in own {
            // SAFETY: i < length; each block reads and writes its own elements.
            unsafe { *y.at(i) = f(*a.at(i), *b.at(i)) };
        }
    });
}

/// `Σ f(x[i])`: eight float32 partial sums over 1024 values, then float64.
pub fn reduce(x: &[f32], f: impl Fn(f32) -> f32 + Sync) -> f64 {
    let count = parts(x.len(), 1 << 14);
    let mut sums = vec![0f64; count];
    let shared = Shared::new(&mut sums);
    threads::run(count, |block, _| {
        let mut total = 0f64;
        for chunk in x[part(x.len(), count, block)].chunks(1024) {
            let mut lanes = [0f32; 8];
            let mut eights = chunk.chunks_exact(8);
            for eight in &mut eights {
                lanes.iter_mut().zip(eight).for_each(|(lane, v)| *lane += f(*v));
            }
            let rest: f32 = eights.remainder().iter().map(|v| f(*v)).sum();
            total += lanes.iter().map(|lane| f64::from(*lane)).sum::<f64>() + f64::from(rest);
        }
        // SAFETY: each block has its own sum.
        unsafe { *shared.at(block) = total };
    });
    sums.iter().sum()
}

/// `[batch, spatial, channels]` to `[batch, channels]`.
pub fn global_average(spatial: usize, channels: usize, x: &[f32], y: &mut [f32]) {
    let out = Shared::new(y);
    threads::run(x.len() / (spatial * channels).max(1), |n, _| {
        let mut sums = vec![0f64; channels];
        for pixel in x[n * spatial * channels..(n + 1) * spatial * channels].chunks_exact(channels) {
            sums.iter_mut().zip(pixel).for_each(|(sum, v)| *sum += f64::from(*v));
        }
        for (c, sum) in sums.iter().enumerate() {
            // SAFETY: each image has its own row.
            unsafe { *out.at(n * channels + c) = (*sum / spatial as f64) as f32 };
        }
    });
}

pub fn global_average_gradient(spatial: usize, channels: usize, dy: &[f32], dx: &mut [f32]) {
    let scale = 1.0 / spatial as f32;
    let out = Shared::new(dx);
    threads::run(dy.len() / channels.max(1), |n, _| {
        for pixel in 0..spatial {
            for c in 0..channels {
                // SAFETY: each image has its own part.
                unsafe { *out.at((n * spatial + pixel) * channels + c) = dy[n * channels + c] * scale };
            }
        }
    });
}
