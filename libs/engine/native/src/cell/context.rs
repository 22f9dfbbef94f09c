//! What forward and backward share: the arrays of one call, and the views of them that steps ask
//! for.

use super::arena::Arena;
use super::plan::*;
use super::trace::{Kind, span};
use crate::kernels::elementwise::FillPlane;
use crate::kernels::flat::{self, FillFlat};
use crate::kernels::pool::Pool;
use crate::kernels::table::flat_kernels;
use crate::simd::element::Values;

/// The arrays of one call.
///
/// Invariants, which all unsafe code of this module's users rests on:
/// - every pointer is valid for the length that the plan gives it, for the whole call;
/// - within a region, a task (image group) writes only the parts of memory that belong to its own
///   images or group, and reads of others' parts only what an earlier region or the serial part
///   between regions has written.
pub struct Context<'a> {
    pub plan: &'a Plan,
    pub inputs: &'a [*const f32],
    pub weights: *const f32,
    pub mix: *const f32,
    pub mix_per_image: bool,
    /// Batch statistics; otherwise constants.
    pub train: bool,
    pub kept: *mut f32,
    /// The cell's output: written by forward, read by backward.
    pub output: *mut f32,
}

// SAFETY: see the invariants on the type: tasks write disjoint memory.
unsafe impl Sync for Context<'_> {}

/// Pixels of one image, `step` values apart.
#[derive(Clone, Copy)]
pub struct View {
    pub values: Values,
    pub step: usize,
}

/// Pixels of one image in float32, likewise.
#[derive(Clone, Copy)]
pub struct Floats {
    pub pointer: *const f32,
    pub step: usize,
}

impl From<Floats> for View {
    fn from(floats: Floats) -> View {
        View { values: Values::of(floats.pointer), step: floats.step }
    }
}

/// A plane: its first border pixel, floats per row, floats per pixel, and border.
#[derive(Clone, Copy)]
pub struct Plane {
    pub pointer: *mut f32,
    pub row: usize,
    pub pitch: usize,
    pub border: usize,
}

impl Plane {
    pub fn new(arena: &mut Arena, height: usize, width: usize, border: usize, pitch: usize) -> Plane {
        let row = (width + 2 * border) * pitch;
        Plane { pointer: arena.take((height + 2 * border) * row), row, pitch, border }
    }

    /// Without padding between pixels; rows of bordered planes are whole vectors. Ends with slack
    /// for one vector.
    pub fn flat(arena: &mut Arena, height: usize, width: usize, border: usize, channels: usize) -> Plane {
        let inside = (width + 2 * border) * channels;
        let row = if border > 0 { inside.next_multiple_of(16) } else { inside };
        Plane { pointer: arena.take((height + 2 * border) * row + 16), row, pitch: channels, border }
    }

    /// A plane laid out like this one.
    pub fn like(&self, arena: &mut Arena, height: usize, width: usize, border: usize, is_flat: bool) -> Plane {
        let make = if is_flat { Plane::flat } else { Plane::new };
        make(arena, height, width, border, self.pitch)
    }

    /// The pixel at (row, column) counted from the inside's first, shifted up and left by
    /// `padding`.
    pub fn at(&self, padding: usize) -> *mut f32 {
        let offset = (self.border - padding) * (self.row + self.pitch);
        // SAFETY: padding is at most the border, so the offset lies in the plane.
        unsafe { self.pointer.add(offset) }
    }

    pub fn inside(&self) -> *mut f32 {
        self.at(0)
    }

    pub fn clear(&self, height: usize) {
        // SAFETY: the plane has height + 2 border rows.
        unsafe { std::ptr::write_bytes(self.pointer, 0, (height + 2 * self.border) * self.row) };
    }

    /// Zeroes the border only; `height` and `width` are the inside's.
    pub fn clear_border(&self, height: usize, width: usize) {
        if self.border == 0 {
            return;
        }
        let (edge, inside) = (self.border * self.pitch, width * self.pitch);
        // SAFETY: offsets follow the plane's rows.
        unsafe {
            std::ptr::write_bytes(self.pointer, 0, self.border * self.row);
            std::ptr::write_bytes(self.pointer.add((self.border + height) * self.row), 0, self.border * self.row);
            for y in 0..height {
                let row = self.pointer.add((self.border + y) * self.row);
                std::ptr::write_bytes(row, 0, edge);
                std::ptr::write_bytes(row.add(edge + inside), 0, edge);
            }
        }
    }
}

impl Context<'_> {
    pub fn coefficient(&self, image: usize, mix: Option<usize>) -> f32 {
        let base = if self.mix_per_image { image * self.plan.mix_count } else { 0 };
        // SAFETY: lowering checked the index against the mix count.
        mix.map_or(1.0, |index| unsafe { *self.mix.add(base + index) })
    }

    /// A state's image; states in work memory have none.
    pub fn state(&self, state: usize, image: usize) -> View {
        let plan = self.plan;
        let shape = plan.states[state].shape;
        let first = image * length(shape);
        let values = match plan.states[state].place {
            Place::Input(input) => Values::of(self.inputs[input].wrapping_add(first)),
            Place::Kept(offset) => self.kept_values(offset, first),
            Place::Output(offset) => {
                let pointer = self.output.wrapping_add(image * length(plan.output) + offset);
                return View { values: Values::Float32(pointer), step: plan.output.channels };
            }
            Place::Work(_) => unreachable!("the branches of a partial connection are read by their shuffle only"),
        };
        View { values, step: shape.channels }
    }

    /// The same in float32, widened to scratch where it is not.
    pub fn state_floats(&self, arena: &mut Arena, state: usize, image: usize) -> Floats {
        let View { values, step } = self.state(state, image);
        if let Values::Float32(pointer) = values {
            return Floats { pointer, step };
        }
        let count = self.plan.state_length(state);
        let pointer = arena.take(count);
        // SAFETY: both hold one image of the state, whose pixels follow each other.
        unsafe { values.widen(count, pointer) };
        Floats { pointer, step }
    }

    /// Kept values from the `at`-th behind an offset.
    pub fn kept_values(&self, offset: usize, at: usize) -> Values {
        self.plan.precision.kept(self.kept.wrapping_add(offset), at)
    }

    pub fn operation_output(&self, operation: usize, image: usize) -> Values {
        let operation = &self.plan.operations[operation];
        self.kept_values(operation.at.kept, image * length(operation.output))
    }

    pub fn mean(&self, norm: usize) -> *mut f32 {
        // SAFETY: inside the kept memory.
        unsafe { self.kept.add(self.plan.norms[norm].kept) }
    }

    /// `1 / sqrt(variance + ε)`
    pub fn deviation(&self, norm: usize) -> *mut f32 {
        // SAFETY: inside the kept memory.
        unsafe { self.mean(norm).add(self.plan.norms[norm].padded()) }
    }

    pub fn scale(&self, norm: usize, channel: usize) -> f32 {
        // SAFETY: lowering checked the offsets.
        self.plan.norms[norm].affine.map_or(1.0, |at| unsafe { *self.weights.add(at + channel) })
    }

    pub fn shift(&self, norm: usize, channel: usize) -> f32 {
        let norm = &self.plan.norms[norm];
        // SAFETY: lowering checked the offsets.
        norm.affine.map_or(0.0, |at| unsafe { *self.weights.add(at + norm.channels + channel) })
    }

    /// The norm as `factor · x + constant`, multiplied by a coefficient; without a norm, the
    /// coefficient. `[padded]`, zero in the padding. The constants are added to `constant`.
    pub fn affine(
        &self,
        arena: &mut Arena,
        norm: Option<usize>,
        channels: usize,
        coefficient: f32,
        constant: &mut [f32],
    ) -> *const f32 {
        let factor = zeros(arena, padded(channels));
        let Some(norm) = norm else {
            // SAFETY: just taken with at least this length.
            unsafe { std::slice::from_raw_parts_mut(factor, channels).fill(coefficient) };
            return factor;
        };
        for (c, constant) in constant.iter_mut().enumerate().take(channels) {
            // SAFETY: both vectors of the norm are `padded` long, the factor too.
            unsafe {
                let a = self.scale(norm, c) * *self.deviation(norm).add(c);
                *factor.add(c) = coefficient * a;
                *constant += coefficient * (self.shift(norm, c) - *self.mean(norm).add(c) * a);
            }
        }
        factor
    }

    /// The plane that an operation, or a group of them, reads: behind the source's norm and the
    /// ReLU.
    pub fn plane(&self, arena: &mut Arena, source: Source, image: usize, group: &PlaneShape) -> Plane {
        let shape = group.shape;
        let (view, scale, shift) = match source {
            Source::State(state) => (self.state(state, image), std::ptr::null(), std::ptr::null()),
            Source::Operation(before) => {
                let view = View { values: self.operation_output(before, image), step: shape.channels };
                match self.plan.operations[before].norm {
                    None => (view, std::ptr::null(), std::ptr::null()),
                    Some(norm) => {
                        let shift = zeros(arena, padded(shape.channels));
                        // SAFETY: just taken with this length.
                        let constant = unsafe { std::slice::from_raw_parts_mut(shift, padded(shape.channels)) };
                        let scale = self.affine(arena, Some(norm), shape.channels, 1.0, constant);
                        (view, scale, shift.cast_const())
                    }
                }
            }
        };
        if group.flat {
            return self.flat_plane(arena, view, scale, shift, group);
        }
        let pitch = shape.channels.next_multiple_of(group.kernels.lanes);
        let plane = Plane::new(arena, shape.height, shape.width, group.border, pitch);
        let fill = FillPlane {
            source: view.values,
            source_step: view.step,
            height: shape.height,
            width: shape.width,
            channels: shape.channels,
            scale,
            shift,
            relu: group.relu,
            plane: plane.pointer,
            rounded: group.rounded,
            border: plane.border,
            pitch,
        };
        // SAFETY: the plane was made for this shape; see the invariants of Context.
        span(Kind::Prepare, || unsafe { (group.kernels.fill_plane)(&fill) });
        plane
    }

    fn flat_plane(&self, arena: &mut Arena, view: View, scale: *const f32, shift: *const f32, group: &PlaneShape) -> Plane {
        let shape = group.shape;
        let plane = Plane::flat(arena, shape.height, shape.width, group.border, shape.channels);
        let tile = flat::tile(shape.channels, flat_kernels().lanes);
        let fill = FillFlat {
            source: view.values,
            height: shape.height,
            length: shape.width * shape.channels,
            scale: tiled(arena, scale, shape.channels, tile),
            shift: tiled(arena, shift, shape.channels, tile),
            tile,
            relu: group.relu,
            plane: plane.pointer,
            rounded: group.rounded,
            row: plane.row,
            border_rows: plane.border,
            border: plane.border * plane.pitch,
        };
        // SAFETY: the plane was made for this shape, and groups are flat only where pixels of the
        // source follow each other.
        span(Kind::Prepare, || unsafe { (flat_kernels().fill_flat)(&fill) });
        plane
    }

    /// A pooled image, on a plane without border.
    pub fn pooled(&self, arena: &mut Arena, pooling: usize, image: usize) -> Floats {
        let pooling = &self.plan.poolings[pooling];
        let out = arena.take(pooling.pixels() * pooling.pitch());
        let source = self.state_floats(arena, pooling.state, image);
        let pool = Pool {
            windows: pooling.windows,
            maximum: pooling.kind == super::schedule::PoolKind::Max,
            source: source.pointer,
            source_step: source.step,
            channels: pooling.channels,
            out,
            out_step: pooling.pitch(),
        };
        // SAFETY: the output was taken for this shape; see the invariants of Context.
        span(Kind::Pool, || unsafe { (pooling.kernels.pool)(&pool) });
        Floats { pointer: out, step: pooling.pitch() }
    }
}

/// The shape of a source plane.
pub struct PlaneShape {
    pub shape: super::schedule::StateShape,
    pub relu: bool,
    pub border: usize,
    pub rounded: bool,
    pub flat: bool,
    pub kernels: &'static crate::kernels::Kernels,
}

/// A vector per channel repeated to a tile; null stays null.
pub fn tiled(arena: &mut Arena, values: *const f32, channels: usize, tile: usize) -> *const f32 {
    if values.is_null() {
        return values;
    }
    let out = arena.take(tile);
    for i in 0..tile / channels {
        // SAFETY: a tile is a whole number of repetitions; the values are at least `channels` long.
        unsafe { std::ptr::copy_nonoverlapping(values, out.add(i * channels), channels) };
    }
    out
}

pub fn zeros(arena: &mut Arena, length: usize) -> *mut f32 {
    let pointer = arena.take(length);
    // SAFETY: just taken with this length.
    unsafe { std::ptr::write_bytes(pointer, 0, length) };
    pointer
}
