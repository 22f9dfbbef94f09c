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
    let out = Shared::new(c);
    for n in 0..batch {
        let a = &a[n * rows * inner..(n + 1) * rows * inner];
        let b = &b[n * inner * columns..(n + 1) * inner * columns];
        let packed = pack(b, inner, columns, pitch, transpose_b);
        let right = Shared::of(packed.pointer());
        let blocks = parts(rows * inner * columns, 1 << 14).min(rows.max(1));
        threads::run(blocks, |block, _| {
            let own = part(rows, blocks, block);
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
                        b: right.at(0),
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
}

/// `[inner][pitch]`, zero beyond the columns.
fn pack(b: &[f32], inner: usize, columns: usize, pitch: usize, transposed: bool) -> Buffer {
    let out = Buffer::new(inner * pitch);
    for k in 0..inner {
        for j in 0..pitch {
            let value = match (j < columns, transposed) {
                (false, _) => 0.0,
                (true, false) => b[k * columns + j],
                (true, true) => b[j * inner + k],
            };
            // SAFETY: the index lies in the buffer just made.
            unsafe { *out.pointer().add(k * pitch + j) = value };
        }
    }
    out
}

/// Rows of the transpose of `a`, which is stored `[inner][rows]`.
fn gather(out: *mut f32, a: &[f32], rows: usize, inner: usize, own: std::ops::Range<usize>) -> *const f32 {
    for (i, row) in own.enumerate() {
        for k in 0..inner {
            // SAFETY: `out` was taken with room for these rows.
            unsafe { *out.add(i * inner + k) = a[k * rows + row] };
        }
    }
    out
}
