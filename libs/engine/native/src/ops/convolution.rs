//! Dense and depthwise convolution with explicit padding, and their gradients, image by image on
//! bordered planes.

use super::geometry::Geometry;
use super::shared::{self, Shared};
use super::{gathered, pointwise};
use crate::cell::arena::{self, Arena};
use crate::cell::context::Plane;
use crate::kernels::Kernels;
use crate::kernels::convolution::{Multiply, MultiplyTransposed};
use crate::kernels::depthwise::Depthwise;
use crate::kernels::elementwise::{Axpy, FillPlane, StorePlane};
use crate::kernels::table::for_channels;
use crate::memory::Buffer;
use crate::simd::element::Values;
use crate::threads;
use std::ptr::null;

/// Partial kernel gradients, each summed by one task.
const GROUPS: usize = 16;

struct Setting {
    g: Geometry,
    kernels: &'static Kernels,
    in_pitch: usize,
    out_pitch: usize,
    border: usize,
}

impl Setting {
    fn new(g: &Geometry) -> Setting {
        let kernels = for_channels(g.in_channels.max(g.out_channels));
        Setting {
            g: *g,
            kernels,
            in_pitch: g.in_channels.next_multiple_of(kernels.lanes),
            out_pitch: g.out_channels.next_multiple_of(kernels.lanes),
            border: g.border(),
        }
    }

    fn plane(&self, arena: &mut Arena) -> Plane {
        Plane::new(arena, self.g.height, self.g.width, self.border, self.in_pitch)
    }

    /// Offset of a tap from the plane's first border pixel.
    fn tap(&self, plane: &Plane, ky: usize, kx: usize) -> usize {
        let y = self.border - self.g.padding.0 + ky * self.g.dilation.0;
        let x = self.border - self.g.padding.1 + kx * self.g.dilation.1;
        y * plane.row + x * plane.pitch
    }

    fn taps(&self, plane: &Plane) -> Vec<usize> {
        let (height, width) = self.g.kernel;
        (0..height * width).map(|tap| self.tap(plane, tap / width, tap % width)).collect()
    }

    /// The image itself where no tap leaves it and its channels are read one by one, else a plane
    /// of it.
    fn source(&self, arena: &mut Arena, x: *const f32) -> Plane {
        if self.border > 0 {
            return self.fill(arena, x);
        }
        Plane { pointer: x.cast_mut(), row: self.g.width * self.g.in_channels, pitch: self.g.in_channels, border: 0 }
    }

    fn fill(&self, arena: &mut Arena, x: *const f32) -> Plane {
        let plane = self.plane(arena);
        let call = FillPlane {
            source: Values::of(x),
            source_step: self.g.in_channels,
            height: self.g.height,
            width: self.g.width,
            channels: self.g.in_channels,
            scale: null(),
            shift: null(),
            relu: false,
            plane: plane.pointer,
            rounded: false,
            border: self.border,
            pitch: self.in_pitch,
        };
        // SAFETY: the plane was made for this image.
        unsafe { (self.kernels.fill_plane)(&call) };
        plane
    }

    fn store(&self, plane: &Plane, out: *mut f32) {
        let call = StorePlane {
            plane: plane.inside(),
            row: plane.row,
            pitch: plane.pitch,
            mask: null(),
            mask_row: 0,
            height: self.g.height,
            width: self.g.width,
            channels: self.g.in_channels,
            out,
            out_step: self.g.in_channels,
            accumulate: false,
        };
        // SAFETY: out is one input image.
        unsafe { (self.kernels.store_plane)(&call) };
    }

    /// The output gradient with its channels padded to whole vectors; only to be read.
    fn pad_gradient(&self, arena: &mut Arena, dy: *const f32) -> *mut f32 {
        if self.out_pitch == self.g.out_channels {
            return dy.cast_mut();
        }
        let plane = Plane::new(arena, self.g.out_height, self.g.out_width, 0, self.out_pitch);
        let call = FillPlane {
            source: Values::of(dy),
            source_step: self.g.out_channels,
            height: self.g.out_height,
            width: self.g.out_width,
            channels: self.g.out_channels,
            scale: null(),
            shift: null(),
            relu: false,
            plane: plane.pointer,
            rounded: false,
            border: 0,
            pitch: self.out_pitch,
        };
        // SAFETY: the plane was made for this image.
        unsafe { (self.kernels.fill_plane)(&call) };
        plane.pointer
    }
}

/// Rows of `width` values, each padded with zeros to `pitch`.
fn pad_rows(rows: &[f32], width: usize, pitch: usize) -> Buffer {
    let count = rows.len() / width;
    let out = Buffer::new(count * pitch);
    for (i, row) in rows.chunks_exact(width).enumerate() {
        // SAFETY: the buffer has `count` rows of `pitch`.
        unsafe {
            let to = out.pointer().add(i * pitch);
            std::ptr::copy_nonoverlapping(row.as_ptr(), to, width);
            std::ptr::write_bytes(to.add(width), 0, pitch - width);
        }
    }
    out
}

fn image(values: &[f32], length: usize, n: usize) -> *const f32 {
    values[n * length..(n + 1) * length].as_ptr()
}

pub fn convolution(g: &Geometry, x: &[f32], kernel: &[f32], y: &mut [f32]) {
    if g.is_pointwise() {
        return pointwise::product(g.in_channels, g.out_channels, x, kernel, y);
    }
    let s = Setting::new(g);
    let packed = pad_rows(kernel, g.out_channels, s.out_pitch);
    let out = Shared::new(y);
    threads::run(g.batch, |n, _| {
        arena::with(|arena| {
            let plane = s.source(arena, image(x, g.input_image(), n));
            let taps = s.taps(&plane);
            // SAFETY: the border covers the taps; each task writes its own image.
            unsafe {
                (s.kernels.multiply)(&Multiply {
                    a: plane.pointer,
                    a_row: plane.row * g.stride.0,
                    a_step: plane.pitch * g.stride.1,
                    taps: taps.as_ptr(),
                    tap_count: taps.len(),
                    inner: g.in_channels,
                    b: packed.pointer(),
                    b_pitch: s.out_pitch,
                    out: out.at(n * g.output_image()),
                    out_row: g.out_width * g.out_channels,
                    out_step: g.out_channels,
                    columns: g.out_channels,
                    rows: g.out_height,
                    width: g.out_width,
                    accumulate: false,
                });
            }
        });
    });
}

pub fn convolution_input_gradient(g: &Geometry, dy: &[f32], kernel: &[f32], dx: &mut [f32]) {
    if g.is_pointwise() {
        return pointwise::input_gradient(g.in_channels, g.out_channels, dy, kernel, dx);
    }
    let s = Setting::new(g);
    let taps = g.kernel.0 * g.kernel.1;
    let packed = Buffer::new(taps * g.out_channels * s.in_pitch);
    let transposed = Shared::of(packed.pointer());
    threads::run(taps, |tap, _| {
        for o in 0..g.out_channels {
            for i in 0..s.in_pitch {
                let value = if i < g.in_channels { kernel[(tap * g.in_channels + i) * g.out_channels + o] } else { 0.0 };
                // SAFETY: the index lies in the buffer just made, in this tap's part.
                unsafe { *transposed.at((tap * g.out_channels + o) * s.in_pitch + i) = value };
            }
        }
    });
    let out = Shared::new(dx);
    threads::run(g.batch, |n, _| {
        arena::with(|arena| {
            let plane = s.plane(arena);
            plane.clear(g.height);
            for tap in 0..taps {
                // SAFETY: the border covers every tap of every output; the kernel has `taps` parts.
                unsafe {
                    (s.kernels.multiply)(&Multiply {
                        a: image(dy, g.output_image(), n),
                        a_row: g.out_width * g.out_channels,
                        a_step: g.out_channels,
                        taps: &0,
                        tap_count: 1,
                        inner: g.out_channels,
                        b: packed.pointer().add(tap * g.out_channels * s.in_pitch),
                        b_pitch: s.in_pitch,
                        out: plane.pointer.add(s.tap(&plane, tap / g.kernel.1, tap % g.kernel.1)),
                        out_row: plane.row * g.stride.0,
                        out_step: plane.pitch * g.stride.1,
                        columns: s.in_pitch,
                        rows: g.out_height,
                        width: g.out_width,
                        accumulate: true,
                    });
                }
            }
            // SAFETY: each task writes its own image.
            s.store(&plane, unsafe { out.at(n * g.input_image()) });
        });
    });
}

/// Sums of image groups, one after the other: `add(arena, image, slot)` for every image into its
/// group's slot.
fn grouped(batch: usize, length: usize, add: impl Fn(&mut Arena, usize, *mut f32) + Sync) -> Buffer {
    let groups = batch.min(GROUPS);
    let slots = Buffer::new(groups * length);
    let shared = Shared::of(slots.pointer());
    threads::run(groups, |group, _| {
        // SAFETY: each group has its own slot.
        let slot = unsafe { shared.at(group * length) };
        // SAFETY: the slot has this length.
        unsafe { std::ptr::write_bytes(slot, 0, length) };
        for n in shared::part(batch, groups, group) {
            arena::with(|arena| add(arena, n, slot));
        }
    });
    for group in 1..groups {
        let call = Axpy { factor: 1.0, x: slots.pointer().wrapping_add(group * length), y: slots.pointer(), length };
        // SAFETY: both slots have this length.
        unsafe { (for_channels(length).axpy)(&call) };
    }
    slots
}

/// Copies rows of `pitch` values into rows of `width`.
fn unpad_rows(slots: &Buffer, width: usize, pitch: usize, out: &mut [f32]) {
    for (i, row) in out.chunks_exact_mut(width).enumerate() {
        // SAFETY: the slot has as many rows as the output.
        unsafe { std::ptr::copy_nonoverlapping(slots.pointer().add(i * pitch), row.as_mut_ptr(), width) };
    }
}

pub fn convolution_kernel_gradient(g: &Geometry, x: &[f32], dy: &[f32], d_kernel: &mut [f32]) {
    if g.is_pointwise() {
        return pointwise::kernel_gradient(g.in_channels, g.out_channels, x, dy, d_kernel);
    }
    let s = Setting::new(g);
    let length = g.kernel.0 * g.kernel.1 * g.in_channels * s.out_pitch;
    let slots = grouped(g.batch, length, |arena, n, slot| {
        let plane = s.source(arena, image(x, g.input_image(), n));
        let gradient = s.pad_gradient(arena, image(dy, g.output_image(), n));
        let taps = s.taps(&plane);
        // SAFETY: the border covers the taps; the slot is this group's.
        unsafe {
            (s.kernels.multiply_transposed)(&MultiplyTransposed {
                a: plane.pointer,
                a_row: plane.row * g.stride.0,
                a_step: plane.pitch * g.stride.1,
                taps: taps.as_ptr(),
                tap_count: taps.len(),
                inner: g.in_channels,
                d: gradient,
                d_row: g.out_width * s.out_pitch,
                d_step: s.out_pitch,
                out: slot,
                columns: s.out_pitch,
                rows: g.out_height,
                width: g.out_width,
            });
        }
    });
    unpad_rows(&slots, g.out_channels, s.out_pitch, d_kernel);
}

impl Setting {
    /// The calls that make up a depthwise convolution: all of it where there is a kernel for its
    /// shape, else one tap and one row at a time (one pixel where the stride has no kernel either):
    /// `visit(first tap, call, first output pixel)`.
    fn each_call(&self, plane: &Plane, mut visit: impl FnMut(usize, &Depthwise, usize)) {
        let g = &self.g;
        let whole = Depthwise {
            size: g.kernel.0,
            dilation: g.dilation.0,
            stride: g.stride.0,
            input: plane.pointer.wrapping_add(self.tap(plane, 0, 0)),
            input_row: plane.row,
            weights: null(),
            out: std::ptr::null_mut(),
            out_row: g.out_width * self.in_pitch,
            rows: g.out_height,
            width: g.out_width,
            channels: self.in_pitch,
            accumulate: false,
            rounded: false,
        };
        let is_square = g.kernel.0 == g.kernel.1 && g.stride.0 == g.stride.1 && g.dilation.0 == g.dilation.1;
        if is_square && matches!(g.kernel.0, 3 | 5 | 7) && g.stride.0 <= 2 && g.dilation.0 <= 2 {
            return visit(0, &whole, 0);
        }
        let (width, stride) = if g.stride.1 <= 2 { (g.out_width, g.stride.1) } else { (1, 1) };
        for tap in 0..g.kernel.0 * g.kernel.1 {
            let offset = self.tap(plane, tap / g.kernel.1, tap % g.kernel.1);
            for pixel in (0..g.out_height * g.out_width).step_by(width) {
                let (y, x) = (pixel / g.out_width * g.stride.0, pixel % g.out_width * g.stride.1);
                let input = plane.pointer.wrapping_add(offset + y * plane.row + x * plane.pitch);
                let part = Depthwise { size: 1, dilation: 1, stride, input, rows: 1, width, accumulate: true, ..whole };
                visit(tap, &part, pixel);
            }
        }
    }
}

pub fn depthwise(g: &Geometry, x: &[f32], kernel: &[f32], y: &mut [f32]) {
    if gathered::is_small(g) {
        return gathered::depthwise(g, x, kernel, y);
    }
    let s = Setting::new(g);
    let packed = pad_rows(kernel, g.in_channels, s.in_pitch);
    let out = Shared::new(y);
    threads::run(g.batch, |n, _| {
        arena::with(|arena| {
            let plane = s.fill(arena, image(x, g.input_image(), n));
            // SAFETY: each task writes its own image.
            let own = unsafe { out.at(n * g.output_image()) };
            let is_direct = s.in_pitch == g.in_channels;
            let result = if is_direct { own } else { Plane::new(arena, g.out_height, g.out_width, 0, s.in_pitch).pointer };
            let length = g.out_height * g.out_width * s.in_pitch;
            let mut is_first = true;
            s.each_call(&plane, |tap, part, pixel| {
                if part.accumulate && is_first {
                    // SAFETY: the result has this length.
                    unsafe { std::ptr::write_bytes(result, 0, length) };
                }
                is_first = false;
                let call = Depthwise {
                    weights: packed.pointer().wrapping_add(tap * s.in_pitch),
                    out: result.wrapping_add(pixel * s.in_pitch),
                    ..*part
                };
                // SAFETY: rows of output; the border covers the taps.
                unsafe { (s.kernels.depthwise)(&call) };
            });
            if is_direct {
                return;
            }
            let call = StorePlane {
                plane: result,
                row: g.out_width * s.in_pitch,
                pitch: s.in_pitch,
                mask: null(),
                mask_row: 0,
                height: g.out_height,
                width: g.out_width,
                channels: g.out_channels,
                out: own,
                out_step: g.out_channels,
                accumulate: false,
            };
            // SAFETY: the result has the output's shape.
            unsafe { (s.kernels.store_plane)(&call) };
        });
    });
}

/// The convolution that gives the input's gradient at stride 1: of the output's gradient, with taps
/// in reverse order. None where taps lie beyond its border.
fn reversed(g: &Geometry) -> Option<Geometry> {
    let padding = |kernel: usize, dilation: usize, padding: usize| ((kernel - 1) * dilation).checked_sub(padding);
    let rows = padding(g.kernel.0, g.dilation.0, g.padding.0)?;
    let columns = padding(g.kernel.1, g.dilation.1, g.padding.1)?;
    (g.stride == (1, 1)).then_some(Geometry {
        height: g.out_height,
        width: g.out_width,
        out_height: g.height,
        out_width: g.width,
        padding: (rows, columns),
        ..*g
    })
}

pub fn depthwise_input_gradient(g: &Geometry, dy: &[f32], kernel: &[f32], dx: &mut [f32]) {
    if gathered::is_small(g) {
        return gathered::input_gradient(g, dy, kernel, dx);
    }
    if let Some(g) = reversed(g) {
        let taps: Vec<f32> = kernel.rchunks_exact(g.in_channels).flatten().copied().collect();
        return depthwise(&g, dy, &taps, dx);
    }
    let s = Setting::new(g);
    let packed = pad_rows(kernel, g.in_channels, s.in_pitch);
    let out = Shared::new(dx);
    threads::run(g.batch, |n, _| {
        arena::with(|arena| {
            let plane = s.plane(arena);
            plane.clear(g.height);
            let gradient = s.pad_gradient(arena, image(dy, g.output_image(), n));
            s.each_call(&plane, |tap, part, pixel| {
                let call = Depthwise {
                    weights: packed.pointer().wrapping_add(tap * s.in_pitch),
                    out: gradient.wrapping_add(pixel * s.in_pitch),
                    ..*part
                };
                // SAFETY: rows of output; the border covers the taps.
                unsafe { (s.kernels.depthwise_scatter)(&call) };
            });
            // SAFETY: each task writes its own image.
            s.store(&plane, unsafe { out.at(n * g.input_image()) });
        });
    });
}

pub fn depthwise_kernel_gradient(g: &Geometry, x: &[f32], dy: &[f32], d_kernel: &mut [f32]) {
    if gathered::is_small(g) {
        return gathered::kernel_gradient(g, x, dy, d_kernel);
    }
    let s = Setting::new(g);
    let length = g.kernel.0 * g.kernel.1 * s.in_pitch;
    let slots = grouped(g.batch, length, |arena, n, slot| {
        let plane = s.fill(arena, image(x, g.input_image(), n));
        let gradient = s.pad_gradient(arena, image(dy, g.output_image(), n));
        s.each_call(&plane, |tap, part, pixel| {
            let call = crate::kernels::depthwise::KernelGradient {
                size: part.size,
                dilation: part.dilation,
                stride: part.stride,
                input: part.input,
                input_row: part.input_row,
                gradient: gradient.wrapping_add(pixel * s.in_pitch),
                gradient_row: part.out_row,
                rows: part.rows,
                width: part.width,
                channels: s.in_pitch,
                out: slot.wrapping_add(tap * s.in_pitch),
            };
            // SAFETY: rows of output; the border covers the taps; the slot is this group's.
            unsafe { (s.kernels.depthwise_kernel_gradient)(&call) };
        });
    });
    unpad_rows(&slots, g.in_channels, s.in_pitch, d_kernel);
}
