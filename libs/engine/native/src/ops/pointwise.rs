//! 1×1 convolution without stride or padding: products of matrices whose rows are the pixels of all
//! images, so that small maps fill tiles too.

use super::shared::{Shared, part};
use crate::kernels::Kernels;
use crate::kernels::convolution::{Multiply, MultiplyTransposed};
use crate::kernels::elementwise::Axpy;
use crate::kernels::table::for_channels;
use crate::memory::Buffer;
use crate::threads;
use std::ops::Range;

/// Floats of the left side that a task reads for every panel of the right: they stay in the second
/// cache.
const BLOCK: usize = 1 << 16;
/// Pixels of both sides of a kernel gradient that stay in the first cache.
const PIXELS: usize = 128;
/// Kernels of more values are cut by rows among tasks, smaller ones summed by groups of pixels.
const LARGE: usize = 1 << 14;
/// Rows of a kernel gradient per task: whole tiles of every instruction set.
const ROWS: usize = 12;
const GROUPS: usize = 16;

/// The right side of a product in panels of two vectors of columns, each `[inner][2 vectors]`, with
/// zeros behind the last column. The last has three where they are odd: one alone would keep no
/// tile busy.
struct Panels {
    values: Buffer,
    kernels: &'static Kernels,
    inner: usize,
    columns: usize,
    width: usize,
    count: usize,
}

impl Panels {
    /// `at(k, j)` is the value in row k and column j.
    fn new(inner: usize, columns: usize, at: impl Fn(usize, usize) -> f32 + Sync) -> Panels {
        let kernels = for_channels(columns);
        let width = 2 * kernels.lanes;
        let vectors = columns.div_ceil(kernels.lanes);
        let count = (vectors / 2).max(1);
        let values = Buffer::new(vectors.max(2) * kernels.lanes * inner);
        let panels = Panels { values, kernels, inner, columns, width, count };
        let shared = Shared::of(panels.values.pointer());
        threads::run(count, |panel, _| {
            let (own, pitch) = (panels.columns_of(panel), panels.pitch(panel));
            for k in 0..inner {
                // SAFETY: each task fills its own panel.
                let row = unsafe { std::slice::from_raw_parts_mut(shared.at(panel * inner * width + k * pitch), pitch) };
                row.iter_mut().zip(own.clone()).for_each(|(to, j)| *to = at(k, j));
                row[own.len()..].fill(0.0);
            }
        });
        panels
    }

    fn columns_of(&self, panel: usize) -> Range<usize> {
        let end = if panel + 1 == self.count { self.columns } else { (panel + 1) * self.width };
        panel * self.width..end
    }

    /// Floats from one row of a panel to the next.
    fn pitch(&self, panel: usize) -> usize {
        self.columns_of(panel).len().next_multiple_of(self.kernels.lanes).max(self.width)
    }

    /// `out [rows, columns] = a [rows, inner] · panels`.
    fn multiply(&self, a: &[f32], out: &mut [f32]) {
        let rows = a.len() / self.inner;
        let count = self.count;
        // Whole tiles, of any instruction set.
        let height = (BLOCK / self.inner).clamp(48, 1024).next_multiple_of(12);
        let blocks = rows.div_ceil(height);
        // Few blocks of rows are cut by columns as well.
        let cuts = 32usize.div_ceil(blocks).min(count);
        let (out, panels) = (Shared::new(out), Shared::of(self.values.pointer()));
        threads::run(blocks * cuts, |task, _| {
            let block = task / cuts;
            let own = block * height..(block * height + height).min(rows);
            for panel in part(count, cuts, task % cuts) {
                let columns = self.columns_of(panel);
                // SAFETY: each task writes its own rows and columns; the panels are only read.
                unsafe {
                    (self.kernels.multiply)(&Multiply {
                        a: a[own.start * self.inner..].as_ptr(),
                        a_row: 0,
                        a_step: self.inner,
                        taps: &0,
                        tap_count: 1,
                        inner: self.inner,
                        b: panels.at(panel * self.inner * self.width),
                        b_pitch: self.pitch(panel),
                        out: out.at(own.start * self.columns + columns.start),
                        out_row: 0,
                        out_step: self.columns,
                        columns: columns.len(),
                        rows: 1,
                        width: own.len(),
                        accumulate: false,
                    });
                }
            }
        });
    }
}

/// `y [pixels, columns] = x [pixels, inner] · kernel [inner, columns]`
pub fn product(inner: usize, columns: usize, x: &[f32], kernel: &[f32], y: &mut [f32]) {
    Panels::new(inner, columns, |k, j| kernel[k * columns + j]).multiply(x, y);
}

/// `dx [pixels, inner] = dy [pixels, columns] · kernelᵀ`
pub fn input_gradient(inner: usize, columns: usize, dy: &[f32], kernel: &[f32], dx: &mut [f32]) {
    Panels::new(columns, inner, |k, j| kernel[j * columns + k]).multiply(dy, dx);
}

/// `d_kernel [inner, columns] = xᵀ · dy`
pub fn kernel_gradient(inner: usize, columns: usize, x: &[f32], dy: &[f32], d_kernel: &mut [f32]) {
    let kernels = for_channels(columns.max(inner));
    let pitch = columns.next_multiple_of(kernels.lanes);
    let pixels = x.len() / inner;
    // Whole vectors are read and written.
    let padded = (pitch > columns).then(|| {
        let buffer = Buffer::new(pixels * pitch);
        // SAFETY: the buffer has this many values.
        let values = unsafe { std::slice::from_raw_parts_mut(buffer.pointer(), pixels * pitch) };
        for (to, from) in values.chunks_exact_mut(pitch).zip(dy.chunks_exact(columns)) {
            to[..columns].copy_from_slice(from);
            to[columns..].fill(0.0);
        }
        buffer
    });
    let gradient = Shared::of(padded.as_ref().map_or(dy.as_ptr().cast_mut(), |buffer| buffer.pointer()));
    // Adds the products of some pixels to some rows of a sum.
    let add = |own: Range<usize>, rows: Range<usize>, out: *mut f32| {
        for start in own.clone().step_by(PIXELS) {
            // SAFETY: the pixels and rows lie in the arrays; the caller owns the rows of the sum.
            unsafe {
                (kernels.multiply_transposed)(&MultiplyTransposed {
                    a: x[start * inner + rows.start..].as_ptr(),
                    a_row: 0,
                    a_step: inner,
                    taps: &0,
                    tap_count: 1,
                    inner: rows.len(),
                    d: gradient.at(start * pitch),
                    d_row: 0,
                    d_step: pitch,
                    out: out.add(rows.start * pitch),
                    columns: pitch,
                    rows: 1,
                    width: PIXELS.min(own.end - start),
                });
            }
        }
    };
    let length = inner * pitch;
    let groups = if length > LARGE { 1 } else { pixels.div_ceil(PIXELS).min(GROUPS) };
    let sums = Buffer::new(groups * length);
    let shared = Shared::of(sums.pointer());
    let tasks = if groups == 1 { inner.div_ceil(ROWS) } else { groups };
    threads::run(tasks, |task, _| {
        let (own, rows, slot) = if groups == 1 {
            (0..pixels, task * ROWS..(task * ROWS + ROWS).min(inner), 0)
        } else {
            (part(pixels, groups, task), 0..inner, task)
        };
        // SAFETY: each task has its own rows of its sum.
        unsafe {
            let out = shared.at(slot * length);
            std::ptr::write_bytes(out.add(rows.start * pitch), 0, rows.len() * pitch);
            add(own, rows, out);
        }
    });
    for group in 1..groups {
        let call = Axpy { factor: 1.0, x: sums.pointer().wrapping_add(group * length), y: sums.pointer(), length };
        // SAFETY: both sums have this length.
        unsafe { (kernels.axpy)(&call) };
    }
    for (row, to) in d_kernel.chunks_exact_mut(columns).enumerate() {
        // SAFETY: the sum has as many rows.
        unsafe { std::ptr::copy_nonoverlapping(sums.pointer().add(row * pitch), to.as_mut_ptr(), columns) };
    }
}
