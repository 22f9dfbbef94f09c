//! The gradients of one operation for one image: of its kernels, into the slot of the image's group, and of its input plane.

use super::arena::Arena;
use super::backward::Backward;
use super::context::{Plane, zeros};
use super::forward::{depthwise_plane, taps};
use super::plan::*;
use super::trace::{Kind, span};
use crate::kernels::convolution::{Multiply, MultiplyTransposed};
use crate::kernels::depthwise::{Depthwise as DepthwiseKernel, KernelGradient};
use crate::kernels::elementwise::{Axpy, NormalGradient};
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
    /// Adds an operation's gradients. `plane` is the source plane of the forward call; without `into`, only kernels are asked for.
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
        let depthwise_length = operation.packed_lengths().0;
        let dz = self.output_gradient(arena, number, image);
        let Some(convolution) = &operation.convolution else {
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
        if let Some(slot) = slot {
            let weights = self.work.wrapping_add(operation.at.depthwise_again);
            let middle = depthwise_plane(arena, operation, plane, weights);
            kernel_gradient(operation, convolution, middle, dz, slot.wrapping_add(depthwise_length));
        }
        match &operation.depthwise {
            None => {
                if let Some(into) = into.as_mut() {
                    self.input_gradient(operation, convolution, dz, into);
                }
            }
            Some(depthwise) => {
                let border = if depthwise.stride == 1 { depthwise.padding } else { 0 }.max(operation.middle_border());
                let shape = operation.middle;
                let plane_of_middle = Plane::new(arena, shape.height, shape.width, border, plane.pitch);
                let mut middle = PlaneGradient { plane: plane_of_middle, height: shape.height, fresh: true };
                self.input_gradient(operation, convolution, dz, &mut middle);
                middle.plane.clear_border(shape.height, shape.width);
                self.depthwise(operation, depthwise, plane, middle.plane, slot, into);
            }
        }
    }

    /// Where the image's group sums this operation's kernel gradients; cleared by the group's first image.
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

    /// The gradient before the norm, on a plane; bordered when the depthwise convolution comes last.
    fn output_gradient(&self, arena: &mut Arena, number: usize, image: usize) -> Plane {
        let context = &self.context;
        let operation = &context.plan.operations[number];
        let shape = operation.output;
        let border = match (&operation.convolution, &operation.depthwise) {
            (None, Some(depthwise)) if depthwise.stride == 1 => depthwise.padding,
            _ => 0,
        };
        let plane = Plane::new(arena, shape.height, shape.width, border, operation.output_pitch());
        plane.clear_border(shape.height, shape.width);
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
        let call = NormalGradient {
            d,
            d_step: shape.channels,
            z: if centred.is_some() { context.operation_output(number, image) } else { null() },
            z_step: shape.channels,
            height: shape.height,
            width: shape.width,
            channels: shape.channels,
            factor,
            offset: factors.map_or(null(), |f| f.wrapping_add(padded)),
            slope: factors.map_or(null(), |f| f.wrapping_add(2 * padded)),
            mean: centred.map_or(null(), |norm| context.mean(norm)),
            plane: plane.inside(),
            row: plane.row,
            pitch: plane.pitch,
        };
        // SAFETY: all tensors have the operation's output shape.
        span(Kind::NormalGradient, || unsafe { (operation.kernels.normal_gradient)(&call) });
        plane
    }

    /// The dense convolution's input gradient: its transpose, tap by tap.
    fn input_gradient(&self, operation: &Operation, convolution: &Convolution, dz: Plane, into: &mut PlaneGradient) {
        let overwrite = convolution.is_pointwise() && into.fresh;
        if !overwrite {
            into.prepare_to_add();
        }
        let plane = into.plane;
        let offsets = taps(convolution, &plane);
        let outputs = operation.output.channels;
        let origin = [0usize];
        for (tap, offset) in offsets.iter().enumerate() {
            let call = Multiply {
                a: dz.inside(),
                a_row: dz.row,
                a_step: dz.pitch,
                taps: origin.as_ptr(),
                tap_count: 1,
                inner: outputs,
                b: self.work.wrapping_add(operation.at.transposed + tap * outputs * plane.pitch),
                b_pitch: plane.pitch,
                out: plane.at(convolution.padding).wrapping_add(*offset),
                out_row: plane.row * convolution.stride,
                out_step: plane.pitch * convolution.stride,
                columns: plane.pitch,
                rows: operation.output.height,
                width: operation.output.width,
                accumulate: !overwrite,
            };
            // SAFETY: the plane's border covers every tap of every output pixel.
            span(Kind::ConvolutionInputGradient, || unsafe { (operation.kernels.multiply)(&call) });
        }
        into.fresh = false;
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
            // SAFETY: the plane's border covers the taps; the slot starts with the depthwise kernel.
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
        };
        let kernel = if direct { operation.kernels.depthwise } else { operation.kernels.depthwise_scatter };
        // SAFETY: both planes have the border that the taps need.
        span(Kind::DepthwiseInputGradient, || unsafe { kernel(&call) });
        into.fresh = false;
    }
}

/// `[taps][in][out]` gradient of a dense convolution's kernel.
fn kernel_gradient(operation: &Operation, convolution: &Convolution, middle: Plane, dz: Plane, out: *mut f32) {
    let taps = taps(convolution, &middle);
    let pointwise = convolution.is_pointwise() && middle.border == 0 && dz.border == 0;
    let (rows, width) =
        if pointwise { (1, pixels(operation.output)) } else { (operation.output.height, operation.output.width) };
    let call = MultiplyTransposed {
        a: middle.at(convolution.padding),
        a_row: middle.row * convolution.stride,
        a_step: middle.pitch * convolution.stride,
        taps: taps.as_ptr(),
        tap_count: taps.len(),
        inner: operation.middle.channels,
        d: dz.inside(),
        d_row: dz.row,
        d_step: dz.pitch,
        out,
        columns: operation.output_pitch(),
        rows,
        width,
    };
    // SAFETY: the plane has the border the taps need; out is the dense part of a slot.
    span(Kind::ConvolutionKernelGradient, || unsafe { (operation.kernels.multiply_transposed)(&call) });
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
