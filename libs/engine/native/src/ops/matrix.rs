//! Matrix products.

use super::shared::{Shared, part, parts};
use crate::cell::arena;
use crate::kernels::convolution::Multiply;
use crate::kernels::table::for_channels;
use crate::memory::Buffer;
use crate::threads;

/// Extents of `batch` products `[rows, inner] × [inner, columns]`.
#[derive(Clone, Copy)]
pub struct Extents {
    pub batch: usize,
    pub rows: usize,
    pub inner: usize,
    pub columns: usize,
}

/// `c = A B`, each operand transposed in memory when said so.
pub fn multiply(e: Extents, transpose_a: bool, transpose_b: bool, a: &[f32], b: &[f32], c: &mut [f32]) {
    let Extents { batch, rows, inner, columns } = e;
    let kernels = for_channels(columns);
    let pitch = columns.next_multiple_of(kernels.lanes);
    let packed = Buffer::new(batch * inner * pitch);
    let right = Shared::of(packed.pointer());
    let blocks = parts(batch * inner * pitch, 1 << 13).min((batch * inner).max(1));
    threads::run(blocks, |block, _| {
        for row in part(batch * inner, blocks, block) {
            let (n, k) = (row / inner, row % inner);
            // SAFETY: each task packs its own rows.
            unsafe {
                pack(
                    &b[n * inner * columns..(n + 1) * inner * columns],
                    k,
                    inner,
                    columns,
                    pitch,
                    transpose_b,
                    right.at(row * pitch),
                )
            };
        }
    });
    let out = Shared::new(c);
    let blocks = parts(rows * inner * columns, 1 << 14).min(rows.max(1));
    threads::run(batch * blocks, |task, _| {
        let (n, own) = (task / blocks, part(rows, blocks, task % blocks));
        let a = &a[n * rows * inner..(n + 1) * rows * inner];
        arena::with(|arena| {
            let left = if transpose_a {
                gather(arena.take(own.len() * inner), a, rows, inner, own.clone())
            } else {
                a[own.start * inner..].as_ptr()
            };
            // SAFETY: each task writes its own rows; the right side is only read.
            unsafe {
                (kernels.multiply)(&Multiply {
                    a: left,
                    a_row: 0,
                    a_step: inner,
                    taps: &0,
                    tap_count: 1,
                    inner,
                    b: right.at(n * inner * pitch),
                    b_pitch: pitch,
                    out: out.at((n * rows + own.start) * columns),
                    out_row: 0,
                    out_step: columns,
                    columns,
                    rows: 1,
                    width: own.len(),
                    accumulate: false,
                });
            }
        });
    });
}

/// Row `k` of a right side, zero beyond the columns.
///
/// # Safety
/// `out` has room for `pitch` values.
unsafe fn pack(b: &[f32], k: usize, inner: usize, columns: usize, pitch: usize, transposed: bool, out: *mut f32) {
    // SAFETY: columns <= pitch.
    unsafe {
        if transposed {
            (0..columns).for_each(|j| *out.add(j) = b[j * inner + k]);
        } else {
            std::ptr::copy_nonoverlapping(b[k * columns..].as_ptr(), out, columns);
        }
        std::ptr::write_bytes(out.add(columns), 0, pitch - columns);
    }
}

/// Rows of the transpose of `a`, which is stored `[inner][rows]`.
fn gather(out: *mut f32, a: &[f32], rows: usize, inner: usize, own: std::ops::Range<usize>) -> *const f32 {
    for k in 0..inner {
        for (i, value) in a[k * rows..][own.clone()].iter().enumerate() {
            // SAFETY: `out` was taken with room for these rows.
            unsafe { *out.add(i * inner + k) = *value };
        }
    }
    out
}
