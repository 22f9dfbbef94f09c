//! The gradients of one operation for one image: of its kernels, into the slot of the image's
//! group, and of its input plane.

use super::arena::Arena;
use super::backward::Backward;
use super::context::{Plane, zeros};
use super::forward::{block_rows, depthwise_plane, taps};
use super::plan::*;
use super::trace::{Kind, span};
use crate::kernels::Kernels;
use crate::kernels::convolution::{Multiply, MultiplyTransposed};
use crate::kernels::depthwise::{Depthwise as DepthwiseKernel, KernelGradient};
use crate::kernels::elementwise::{Axpy, NormalGradient};
use crate::kernels::flat::{DepthwiseFlat, KernelGradientFlat};
use crate::kernels::table::flat_kernels;
use crate::simd::element::Values;
use std::ops::Range;
use std::ptr::null;

/// The gradient of a source plane, summed over the operations that read it.
pub struct PlaneGradient {
    pub plane: Plane,
    pub height: usize,
    /// Nothing was added yet: contents are stale.
    pub fresh: bool,
}

impl PlaneGradient {
    fn prepare_to_add(&mut self) {
        if self.fresh {
            self.plane.clear(self.height);
            self.fresh = false;
        }
    }
}

impl Backward<'_> {
    /// Adds an operation's gradients. `plane` is the source plane of the forward call; without
    /// `into`, only kernels are asked for.
    pub fn operation(
        &self,
        arena: &mut Arena,
        number: usize,
        image: usize,
        plane: Plane,
        mut into: Option<&mut PlaneGradient>,
    ) {
        let operation = &self.context.plan.operations[number];
        let slot = self.slot(number, image);
        let gradient = self.output_gradient(arena, number, image);
        let all = 0..operation.output.height;
        let Some(convolution) = &operation.convolution else {
            let dz = gradient.rows(arena, all);
            match &operation.depthwise {
                Some(depthwise) => self.depthwise(operation, depthwise, plane, dz, slot, into),
                None => {
                    if let Some(into) = into {
                        add_plane(operation, dz, into);
                    }
                }
            }
            return;
        };
        let mut middle = operation.depthwise.map(|depthwise| {
            let border = if depthwise.stride == 1 { depthwise.padding } else { 0 }.max(operation.middle_border());
            let shape = operation.middle;
            let plane = plane.like(arena, shape.height, shape.width, border, operation.flat);
            PlaneGradient { plane, height: shape.height, fresh: true }
        });
        // A pointwise convolution goes a few rows at a time, so that its gradients meet in the
        // first cache.
        let block = if convolution.is_pointwise() { block_rows(operation) } else { operation.output.height };
        let target = middle.as_mut().or(into.as_deref_mut());
        let overwrite = target.as_ref().is_some_and(|target| convolution.is_pointwise() && target.fresh);
        let mut target = target.map(|target| {
            if !overwrite {
                target.prepare_to_add();
            }
            target.fresh = false;
            target.plane
        });
        for start in (0..operation.output.height).step_by(block) {
            let rows = start..(start + block).min(operation.output.height);
            let mark = arena.mark();
            let dz = gradient.rows(arena, rows.clone());
            if let Some(slot) = slot {
                self.dense_kernel(arena, operation, convolution, plane, dz, rows.clone(), slot);
            }
            if let Some(target) = &mut target {
                self.dense_input(operation, convolution, dz, rows, *target, overwrite);
            }
            arena.rewind(mark);
        }
        if let (Some(depthwise), Some(middle)) = (&operation.depthwise, middle) {
            middle.plane.clear_border(operation.middle.height, operation.middle.width);
            self.depthwise(operation, depthwise, plane, middle.plane, slot, into);
        }
    }

    /// Where the image's group sums this operation's kernel gradients; cleared by the group's first
    /// image.
    fn slot(&self, number: usize, image: usize) -> Option<*mut f32> {
        if !self.want_weights {
            return None;
        }
        let plan = self.context.plan;
        let operation = &plan.operations[number];
        let (depthwise, convolution) = operation.packed_lengths();
        let group = (0..plan.image_groups).find(|&group| plan.images(group).contains(&image))?;
        let slot = self.work.wrapping_add(operation.at.slots + group * (depthwise + convolution));
        if plan.images(group).start == image {
            // SAFETY: the slot has this length and belongs to this group.
            unsafe { std::ptr::write_bytes(slot, 0, depthwise + convolution) };
        }
        Some(slot)
    }

    /// How to make the gradient before the norm; bordered when the depthwise convolution comes
    /// last.
    fn output_gradient(&self, arena: &mut Arena, number: usize, image: usize) -> OutputGradient {
        let context = &self.context;
        let operation = &context.plan.operations[number];
        let shape = operation.output;
        let border = match (&operation.convolution, &operation.depthwise) {
            (None, Some(depthwise)) if depthwise.stride == 1 => depthwise.padding,
            _ => 0,
        };
        let (d, coefficient) = match operation.consumer {
            Consumer::Operation(_) => (self.stage_gradient(number, image).cast_const(), 1.0),
            Consumer::Term(t) => {
                let term = &context.plan.terms[t];
                (self.state_gradient(term.target, image).cast_const(), context.coefficient(image, term.mix))
            }
        };
        let padded = padded(shape.channels);
        let factor = zeros(arena, padded);
        let factors = operation.norm.map(|norm| self.factors(norm).cast_const());
        for c in 0..shape.channels {
            // SAFETY: both vectors are padded.
            unsafe { *factor.add(c) = coefficient * factors.map_or(1.0, |f| *f.add(c)) };
        }
        let centred = operation.norm.filter(|_| context.train);
        OutputGradient {
            kernels: operation.kernels,
            border,
            pitch: operation.output_pitch(),
            d,
            z: centred.map(|_| context.operation_output(number, image)),
            width: shape.width,
            channels: shape.channels,
            factor,
            offset: factors.map_or(null(), |f| f.wrapping_add(padded)),
            slope: factors.map_or(null(), |f| f.wrapping_add(2 * padded)),
            mean: centred.map_or(null(), |norm| context.mean(norm).cast_const()),
            rounded: operation.rounds_operands(),
        }
    }

    /// The dense convolution's kernel gradient from some output rows.
    #[allow(clippy::too_many_arguments)]
    fn dense_kernel(
        &self,
        arena: &mut Arena,
        operation: &Operation,
        convolution: &Convolution,
        plane: Plane,
        dz: Plane,
        rows: Range<usize>,
        slot: *mut f32,
    ) {
        let whole = rows.len() == operation.output.height;
        let weights = self.work.wrapping_add(operation.at.depthwise_again);
        let made = if whole { 0..operation.middle.height } else { rows.clone() };
        let middle = depthwise_plane(arena, operation, plane, weights, made);
        let skipped = if operation.depthwise.is_some() { 0 } else { rows.start };
        let taps = taps(convolution, &middle);
        let width = operation.output.width;
        let run = convolution.is_pointwise() && middle.row == width * middle.pitch;
        let call = MultiplyTransposed {
            a: middle.at(convolution.padding).wrapping_add(skipped * middle.row * convolution.stride),
            a_row: middle.row * convolution.stride,
            a_step: middle.pitch * convolution.stride,
            taps: taps.as_ptr(),
            tap_count: taps.len(),
            inner: operation.middle.channels,
            d: dz.inside(),
            d_row: dz.row,
            d_step: dz.pitch,
            out: slot.wrapping_add(operation.packed_lengths().0),
            columns: operation.output_pitch(),
            rows: if run { 1 } else { rows.len() },
            width: if run { rows.len() * width } else { width },
        };
        // SAFETY: the plane has the border the taps need; out is the dense part of a slot.
        span(Kind::ConvolutionKernelGradient, || unsafe { (operation.kernels.multiply_transposed)(&call) });
    }

    /// The dense convolution's input gradient from some output rows: its transpose, tap by tap.
    fn dense_input(
        &self,
        operation: &Operation,
        convolution: &Convolution,
        dz: Plane,
        rows: Range<usize>,
        plane: Plane,
        overwrite: bool,
    ) {
        let outputs = operation.output.channels;
        let width = operation.output.width;
        let run = convolution.is_pointwise() && plane.row == width * plane.pitch;
        for (tap, offset) in taps(convolution, &plane).iter().enumerate() {
            let call = Multiply {
                a: dz.inside(),
                a_row: dz.row,
                a_step: dz.pitch,
                taps: &0,
                tap_count: 1,
                inner: outputs,
                b: self.work.wrapping_add(operation.at.transposed + tap * outputs * operation.middle_pitch()),
                b_pitch: operation.middle_pitch(),
                out: plane.at(convolution.padding).wrapping_add(*offset + rows.start * plane.row * convolution.stride),
                out_row: plane.row * convolution.stride,
                out_step: plane.pitch * convolution.stride,
                columns: plane.pitch,
                rows: if run { 1 } else { rows.len() },
                width: if run { rows.len() * width } else { width },
                accumulate: !overwrite,
            };
            // SAFETY: the plane's border covers every tap of every output pixel.
            span(Kind::ConvolutionInputGradient, || unsafe { (operation.kernels.multiply)(&call) });
        }
    }

    fn depthwise(
        &self,
        operation: &Operation,
        depthwise: &Depthwise,
        plane: Plane,
        gradient: Plane,
        slot: Option<*mut f32>,
        into: Option<&mut PlaneGradient>,
    ) {
        if operation.flat {
            return self.flat_depthwise(operation, depthwise, plane, gradient, slot, into);
        }
        let shape = operation.middle;
        if let Some(slot) = slot {
            let call = KernelGradient {
                size: depthwise.size,
                dilation: depthwise.dilation,
                stride: depthwise.stride,
                input: plane.at(depthwise.padding),
                input_row: plane.row,
                gradient: gradient.inside(),
                gradient_row: gradient.row,
                rows: shape.height,
                width: shape.width,
                channels: plane.pitch,
                out: slot,
            };
            // SAFETY: the plane's border covers the taps; the slot starts with the depthwise
            // kernel.
            span(Kind::DepthwiseKernelGradient, || unsafe { (operation.kernels.depthwise_kernel_gradient)(&call) });
        }
        let Some(into) = into else { return };
        let overwrite = depthwise.stride == 1 && into.fresh;
        if !overwrite {
            into.prepare_to_add();
        }
        let direct = depthwise.stride == 1;
        let call = DepthwiseKernel {
            size: depthwise.size,
            dilation: depthwise.dilation,
            stride: depthwise.stride,
            input: if direct { gradient.at(depthwise.padding) } else { into.plane.at(depthwise.padding) },
            input_row: if direct { gradient.row } else { into.plane.row },
            weights: self.work.wrapping_add(if direct { operation.at.flipped } else { operation.at.depthwise_again }),
            out: if direct { into.plane.inside() } else { gradient.inside() },
            out_row: if direct { into.plane.row } else { gradient.row },
            rows: shape.height,
            width: shape.width,
            channels: plane.pitch,
            accumulate: !overwrite,
            rounded: false,
        };
        let kernel = if direct { operation.kernels.depthwise } else { operation.kernels.depthwise_scatter };
        // SAFETY: both planes have the border that the taps need.
        span(Kind::DepthwiseInputGradient, || unsafe { kernel(&call) });
        into.fresh = false;
    }

    fn flat_depthwise(
        &self,
        operation: &Operation,
        depthwise: &Depthwise,
        plane: Plane,
        gradient: Plane,
        slot: Option<*mut f32>,
        into: Option<&mut PlaneGradient>,
    ) {
        let shape = operation.middle;
        if let Some(slot) = slot {
            let call = KernelGradientFlat {
                size: depthwise.size,
                dilation: depthwise.dilation,
                channels: plane.pitch,
                input: plane.at(depthwise.padding),
                input_row: plane.row,
                gradient: gradient.inside(),
                gradient_row: gradient.row,
                rows: shape.height,
                length: shape.width * plane.pitch,
                out: slot,
                tile: operation.tap_length(),
            };
            // SAFETY: the plane's border covers the taps; the slot starts with the depthwise
            // kernel.
            span(Kind::DepthwiseKernelGradient, || unsafe { (flat_kernels().kernel_gradient_flat)(&call) });
        }
        let Some(into) = into else { return };
        let call = DepthwiseFlat {
            size: depthwise.size,
            dilation: depthwise.dilation,
            channels: plane.pitch,
            input: gradient.at(depthwise.padding),
            input_row: gradient.row,
            weights: self.work.wrapping_add(operation.at.flipped),
            tile: operation.tap_length(),
            out: into.plane.inside(),
            out_row: into.plane.row,
            rows: shape.height,
            length: shape.width * plane.pitch,
            accumulate: !into.fresh,
            rounded: false,
        };
        // SAFETY: both planes have the border that the taps need.
        span(Kind::DepthwiseInputGradient, || unsafe { (flat_kernels().depthwise_flat)(&call) });
        into.fresh = false;
    }
}

/// The gradient before an operation's norm, made some rows at a time.
struct OutputGradient {
    kernels: &'static Kernels,
    border: usize,
    pitch: usize,
    d: *const f32,
    /// None when the statistics are constants.
    z: Option<Values>,
    width: usize,
    channels: usize,
    factor: *const f32,
    offset: *const f32,
    slope: *const f32,
    mean: *const f32,
    rounded: bool,
}

impl OutputGradient {
    fn rows(&self, arena: &mut Arena, rows: Range<usize>) -> Plane {
        let plane = Plane::new(arena, rows.len(), self.width, self.border, self.pitch);
        plane.clear_border(rows.len(), self.width);
        let start = rows.start * self.width * self.channels;
        let call = NormalGradient {
            d: self.d.wrapping_add(start),
            d_step: self.channels,
            z: self.z.map_or(Values::of(null()), |z| z.at(start)),
            z_step: self.channels,
            height: rows.len(),
            width: self.width,
            channels: self.channels,
            factor: self.factor,
            offset: self.offset,
            slope: self.slope,
            mean: self.mean,
            plane: plane.inside(),
            rounded: self.rounded,
            row: plane.row,
            pitch: plane.pitch,
        };
        // SAFETY: all tensors have the operation's output shape; the vectors are padded.
        span(Kind::NormalGradient, || unsafe { (self.kernels.normal_gradient)(&call) });
        plane
    }
}

fn add_plane(operation: &Operation, dz: Plane, into: &mut PlaneGradient) {
    into.prepare_to_add();
    for y in 0..operation.output.height {
        let call = Axpy {
            factor: 1.0,
            x: dz.inside().wrapping_add(y * dz.row),
            y: into.plane.inside().wrapping_add(y * into.plane.row),
            length: operation.output.width * dz.pitch,
        };
        // SAFETY: one row of both planes; without convolutions the shapes agree.
        unsafe { (operation.kernels.axpy)(&call) };
    }
}
