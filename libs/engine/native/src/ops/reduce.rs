//! Sums along one axis, softmax and layer normalisation along the last.

use super::activation::exp;
use super::shared::{Shared, part, parts};
use crate::threads;

/// `x [outer, length, inner]` → `y [outer, inner] = factor · Σ x`, summed in float64 in the order
/// of the axis.
pub fn sum_axis(outer: usize, length: usize, inner: usize, factor: f64, x: &[f32], y: &mut [f32]) {
    let out = Shared::new(y);
    // A task sums some columns of one outer index, or some outer indices.
    let columns = parts(inner * length, 1 << 14).min(inner.div_ceil(16).max(1));
    let blocks = if columns > 1 { outer } else { parts(outer * inner * length, 1 << 14).min(outer.max(1)) };
    threads::run(blocks * columns, |task, _| {
        let own = part(inner, columns, task % columns);
        let mut sums = vec![0f64; own.len()];
        for o in part(outer, blocks, task / columns) {
            sums.fill(0.0);
            for i in 0..length {
                let row = &x[(o * length + i) * inner..][own.clone()];
                sums.iter_mut().zip(row).for_each(|(sum, v)| *sum += f64::from(*v));
            }
            for (c, sum) in own.clone().zip(&sums) {
                // SAFETY: each task has its own columns of its own outer indices.
                unsafe { *out.at(o * inner + c) = (factor * sum) as f32 };
            }
        }
    });
}

/// Runs `work(row)` for all rows on all threads.
fn each_row(rows: usize, columns: usize, work: impl Fn(usize) + Sync) {
    let blocks = parts(rows * columns, 1 << 13).min(rows.max(1));
    threads::run(blocks, |block, _| part(rows, blocks, block).for_each(&work));
}

/// Rows `[rows, columns]` to `e^x / Σ e^x`.
pub fn softmax(columns: usize, x: &[f32], y: &mut [f32]) {
    let out = Shared::new(y);
    each_row(x.len() / columns.max(1), columns, |r| {
        let row = &x[r * columns..(r + 1) * columns];
        // SAFETY: each row is written by one task.
        let to = unsafe { std::slice::from_raw_parts_mut(out.at(r * columns), columns) };
        let largest = row.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a || b.is_nan() { b } else { a });
        to.iter_mut().zip(row).for_each(|(y, x)| *y = exp(x - largest));
        let sum: f64 = to.iter().map(|v| f64::from(*v)).sum();
        let inverse = (1.0 / sum) as f32;
        to.iter_mut().for_each(|y| *y *= inverse);
    });
}

/// `dx = dy·p - (Σ dy·p)·p` for rows of probabilities p.
pub fn softmax_gradient(columns: usize, p: &[f32], dy: &[f32], dx: &mut [f32]) {
    let out = Shared::new(dx);
    each_row(p.len() / columns.max(1), columns, |r| {
        let own = r * columns..(r + 1) * columns;
        let (p, dy) = (&p[own.clone()], &dy[own]);
        // SAFETY: each row is written by one task.
        let to = unsafe { std::slice::from_raw_parts_mut(out.at(r * columns), columns) };
        to.iter_mut().zip(p).zip(dy).for_each(|((to, p), d)| *to = d * p);
        let sum = to.iter().map(|v| f64::from(*v)).sum::<f64>() as f32;
        to.iter_mut().zip(p).for_each(|(to, p)| *to -= sum * p);
    });
}

/// Rows `[rows, columns]` to mean 0 and variance 1 (Ba et al. 2016); writes each row's
/// `1 / sqrt(variance + epsilon)`.
pub fn layer_norm(columns: usize, epsilon: f64, x: &[f32], y: &mut [f32], deviation: &mut [f32]) {
    let (out, deviation) = (Shared::new(y), Shared::new(deviation));
    each_row(x.len() / columns.max(1), columns, |r| {
        let row = &x[r * columns..(r + 1) * columns];
        // SAFETY: each row and its number are written by one task.
        let to = unsafe { std::slice::from_raw_parts_mut(out.at(r * columns), columns) };
        let m = row.iter().map(|v| f64::from(*v)).sum::<f64>() / columns as f64;
        let v = row.iter().map(|v| (f64::from(*v) - m).powi(2)).sum::<f64>() / columns as f64;
        let (m, d) = (m as f32, (1.0 / (v + epsilon).sqrt()) as f32);
        to.iter_mut().zip(row).for_each(|(y, x)| *y = (x - m) * d);
        // SAFETY: as above.
        unsafe { *deviation.at(r) = d };
    });
}

/// `dx = d·(dy - mean(dy) - y·mean(dy·y))` per row, with `d` the row's
/// `1 / sqrt(variance + epsilon)` and `y` its normalised values.
pub fn layer_norm_gradient(columns: usize, y: &[f32], deviation: &[f32], dy: &[f32], dx: &mut [f32]) {
    let out = Shared::new(dx);
    each_row(y.len() / columns.max(1), columns, |r| {
        let own = r * columns..(r + 1) * columns;
        let (y, dy, d) = (&y[own.clone()], &dy[own], deviation[r]);
        // SAFETY: each row is written by one task.
        let to = unsafe { std::slice::from_raw_parts_mut(out.at(r * columns), columns) };
        let mean = |sum: f64| (sum / columns as f64) as f32;
        let plain = mean(dy.iter().map(|v| f64::from(*v)).sum());
        let product = mean(dy.iter().zip(y).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum());
        for ((to, y), dy) in to.iter_mut().zip(y).zip(dy) {
            *to = d * (dy - plain - y * product);
        }
    });
}
