//! The backward steps of one image: gather a state's gradient from its readers, reduce it against
//! its terms, go back through later stages of chains.

use super::arena::Arena;
use super::backward_op::PlaneGradient;
use super::context::{Context, Floats, PlaneShape, View, zeros};
use super::plan::*;
use super::shuffle::{Order, add_unshuffled, bypass_view, halving, shuffle_product, unshuffle_kept};
use super::trace::{Kind, span};
use crate::kernels::elementwise::{Assemble, StorePlane, Term as AssembleTerm};
use crate::kernels::flat::StoreFlat;
use crate::kernels::pool::PoolGradient;
use crate::kernels::reduce::Products;
use crate::kernels::table::{flat_kernels, for_channels};
use crate::simd::element::Values;
use std::ptr::{null, null_mut};

pub struct Backward<'a> {
    pub context: Context<'a>,
    pub work: *mut f32,
    pub d_output: *const f32,
    /// Null where an input's gradient is not asked for.
    pub d_inputs: &'a [*mut f32],
    pub want_weights: bool,
    pub want_mix: bool,
}

// SAFETY: see the invariants of Context; gradients are written per image, slots per image group.
unsafe impl Sync for Backward<'_> {}

impl Backward<'_> {
    pub fn step(&self, arena: &mut Arena, step: Step, image: usize) {
        let mark = arena.mark();
        match step {
            Step::State(state) => {
                self.gather(arena, state, image);
                arena.rewind(mark);
                if !matches!(self.context.plan.states[state].place, Place::Input(_)) {
                    self.reduce(arena, state, image);
                }
            }
            Step::Stage(operation) => self.stage(arena, operation, image),
        }
        arena.rewind(mark);
    }

    /// The gradient of a state's image; null for an input that is not asked for.
    pub fn state_gradient(&self, state: usize, image: usize) -> *mut f32 {
        let own = &self.context.plan.states[state];
        let base = match own.place {
            Place::Input(input) => self.d_inputs[input],
            _ => self.work.wrapping_add(own.gradient),
        };
        if base.is_null() { base } else { base.wrapping_add(image * length(own.shape)) }
    }

    /// The gradient of an inner stage's normalised output.
    pub fn stage_gradient(&self, operation: usize, image: usize) -> *mut f32 {
        let operation = &self.context.plan.operations[operation];
        self.work.wrapping_add(operation.at.gradient + image * length(operation.output))
    }

    pub fn work_at(&self, offset: usize) -> *mut f32 {
        self.work.wrapping_add(offset)
    }

    pub fn factors(&self, norm: usize) -> *mut f32 {
        self.work.wrapping_add(self.context.plan.norms[norm].gradient)
    }

    pub fn term_sums(&self, term: usize, image: usize) -> *mut f64 {
        let term = &self.context.plan.terms[term];
        let padded = padded(self.context.plan.states[term.target].shape.channels);
        self.work.wrapping_add(term.sums).cast::<f64>().wrapping_add(image * padded)
    }

    pub fn state_sums(&self, state: usize, image: usize) -> *mut f64 {
        let own = &self.context.plan.states[state];
        self.work.wrapping_add(own.sums).cast::<f64>().wrapping_add(image * padded(own.shape.channels))
    }

    pub fn stage_sums(&self, operation: usize, image: usize) -> *mut f64 {
        let operation = &self.context.plan.operations[operation];
        self.work.wrapping_add(operation.at.sums).cast::<f64>().wrapping_add(image * 2 * padded(operation.output.channels))
    }

    fn gather(&self, arena: &mut Arena, state: usize, image: usize) {
        let own = &self.context.plan.states[state];
        let out = self.state_gradient(state, image);
        if !out.is_null() {
            self.gather_direct(arena, state, image, out);
            for &pooling in &own.poolings {
                let mark = arena.mark();
                self.gather_pooling(arena, pooling, image, out);
                arena.rewind(mark);
            }
        } else if !self.want_weights {
            return;
        }
        for group in &own.groups {
            let mark = arena.mark();
            let input = super::schedule::StateShape { channels: group.channels, ..own.shape };
            let shape = PlaneShape {
                shape: input,
                relu: group.relu,
                border: group.border,
                rounded: group.rounded,
                flat: group.flat,
                kernels: group.kernels,
            };
            self.through_plane(arena, Source::State(state), &shape, &group.operations, image, out, own.shape.channels, true);
            arena.rewind(mark);
        }
    }

    /// Makes a source plane again, sends its operations' gradients back through it, and stores (or
    /// adds) the sum.
    #[allow(clippy::too_many_arguments)]
    fn through_plane(
        &self,
        arena: &mut Arena,
        source: Source,
        shape: &PlaneShape,
        operations: &[usize],
        image: usize,
        out: *mut f32,
        out_step: usize,
        accumulate: bool,
    ) {
        let plane = self.context.plane(arena, source, image, shape);
        let (height, width) = (shape.shape.height, shape.shape.width);
        let mut into = (!out.is_null()).then(|| PlaneGradient {
            plane: plane.like(arena, height, width, shape.border, shape.flat),
            height,
            fresh: true,
        });
        for &operation in operations {
            let mark = arena.mark();
            self.operation(arena, operation, image, plane, into.as_mut());
            arena.rewind(mark);
        }
        let Some(into) = into else { return };
        if shape.flat {
            let call = StoreFlat {
                plane: into.plane.inside(),
                mask: if shape.relu { plane.inside() } else { null_mut() },
                row: plane.row,
                height,
                length: width * shape.shape.channels,
                out,
                accumulate,
            };
            // SAFETY: both planes lie alike; out is the image's gradient, and its pixels follow
            // each other.
            span(Kind::StoreGradient, || unsafe { (flat_kernels().store_flat)(&call) });
            return;
        }
        let call = StorePlane {
            plane: into.plane.inside(),
            row: into.plane.row,
            pitch: into.plane.pitch,
            mask: if shape.relu { plane.inside() } else { null_mut() },
            mask_row: plane.row,
            height,
            width,
            channels: shape.shape.channels,
            out,
            out_step,
            accumulate,
        };
        // SAFETY: both planes have this shape; out is the image's gradient.
        span(Kind::StoreGradient, || unsafe { (shape.kernels.store_plane)(&call) });
    }

    /// What reaches a state through the output, identities and shuffles. Overwrites `out`.
    fn gather_direct(&self, arena: &mut Arena, state: usize, image: usize, out: *mut f32) {
        let context = &self.context;
        let plan = context.plan;
        let own = &plan.states[state];
        let channels = own.shape.channels;
        let zero = zeros(arena, padded(channels));
        let mut terms = Vec::new();
        for &offset in &own.output {
            let source = Values::of(self.d_output.wrapping_add(image * length(plan.output) + offset));
            let factor = context.affine(arena, None, channels, 1.0, &mut []);
            terms.push(AssembleTerm { source, step: plan.output.channels, factor });
        }
        for term in own.readers.iter().map(|&t| &plan.terms[t]) {
            if let Value::Identity(_) = term.value {
                let target = plan.states[term.target].shape.channels;
                if target < channels {
                    continue;
                }
                let factor = context.affine(arena, None, channels, context.coefficient(image, term.mix), &mut []);
                terms.push(AssembleTerm {
                    source: Values::of(self.state_gradient(term.target, image)),
                    step: channels,
                    factor,
                });
            }
        }
        let call = |terms: &[AssembleTerm], channels: usize, accumulate: bool| Assemble {
            terms: terms.as_ptr(),
            term_count: terms.len(),
            constant: zero,
            pixels: pixels(own.shape),
            channels,
            out: Values::Float32(out),
            out_step: own.shape.channels,
            copy: null_mut(),
            copy_step: 0,
            accumulate,
        };
        // SAFETY: all terms and out have the state's pixels and at least these channels.
        span(Kind::Assemble, || unsafe { (for_channels(channels).assemble)(&call(&terms, channels, false)) });
        for term in own.readers.iter().map(|&t| &plan.terms[t]) {
            let target = plan.states[term.target].shape.channels;
            match term.value {
                // Inside a partial connection an identity sees the first channels only.
                Value::Identity(_) if target < channels => {
                    let factor = context.affine(arena, None, target, context.coefficient(image, term.mix), &mut []);
                    let one =
                        [AssembleTerm { source: Values::of(self.state_gradient(term.target, image)), step: target, factor }];
                    // SAFETY: as above, with the kept channels.
                    span(Kind::Assemble, || unsafe { (for_channels(target).assemble)(&call(&one, target, true)) });
                }
                Value::Shuffle { branches, keep, .. } if branches == state => {
                    let d = self.state_gradient(term.target, image);
                    let order = Order::of(target, keep);
                    span(Kind::Shuffle, || unshuffle_kept(order, d, out, pixels(own.shape)));
                }
                Value::Shuffle { keep, stride, .. } => {
                    span(Kind::Shuffle, || self.unshuffle_bypass(arena, term, state, image, keep, stride, out));
                }
                _ => {}
            }
        }
    }

    /// Adds the gradient of the channels that bypassed a partial connection.
    #[allow(clippy::too_many_arguments)]
    fn unshuffle_bypass(
        &self,
        arena: &mut Arena,
        term: &Term,
        state: usize,
        image: usize,
        keep: usize,
        stride: usize,
        out: *mut f32,
    ) {
        let plan = self.context.plan;
        let shape = plan.states[state].shape;
        let target = plan.states[term.target].shape;
        let active = shape.channels / keep;
        let coefficient = self.context.coefficient(image, term.mix);
        let d = self.state_gradient(term.target, image);
        let mark = arena.mark();
        let (to, step) = if stride == 1 { (out, shape.channels) } else { (zeros(arena, length(target)), shape.channels) };
        // SAFETY: both images have the target's pixels and channels.
        unsafe { add_unshuffled(Order::of(shape.channels, keep), to, pixels(target), d, coefficient) };
        if stride == 2 {
            let view = self.context.state_floats(arena, state, image);
            let channels = shape.channels - active;
            let call = PoolGradient {
                windows: halving(shape),
                maximum: true,
                source: view.pointer.wrapping_add(active),
                source_step: view.step,
                channels,
                d: to.wrapping_add(active),
                d_step: step,
                out: out.wrapping_add(active),
                out_step: shape.channels,
                work: arena.take(PoolGradient::work_length(&halving(shape))),
            };
            // SAFETY: the pooled image has a quarter of the state's pixels.
            unsafe { (for_channels(channels).pool_gradient)(&call) };
        }
        arena.rewind(mark);
    }

    /// `Σ d` and, per term, `Σ d · (value - mean)`.
    fn reduce(&self, arena: &mut Arena, state: usize, image: usize) {
        let context = &self.context;
        let plan = context.plan;
        let own = &plan.states[state];
        let channels = own.shape.channels;
        let d = Floats { pointer: self.state_gradient(state, image), step: channels };
        self.products(d, None, null(), own.shape, self.state_sums(state, image), padded(channels));
        for &t in &own.terms {
            let term = &plan.terms[t];
            let sums = self.term_sums(t, image);
            let asked = term.mix.is_some() && self.want_mix;
            if !asked && term.norm.is_none() {
                continue;
            }
            let mark = arena.mark();
            let view = match term.value {
                Value::Zero | Value::Bare => continue,
                Value::Identity(from) => context.state(from, image),
                Value::Pooling(p) => context.pooled(arena, p, image).into(),
                Value::Operation(o) => View { values: context.operation_output(o, image), step: channels },
                Value::Shuffle { bypass, keep, stride, .. } => {
                    let active = channels / keep;
                    let source = bypass_view(context, arena, bypass, active, stride, image);
                    let order = Order::of(channels, keep);
                    span(Kind::Shuffle, || shuffle_product(order, d, source, pixels(own.shape), sums));
                    arena.rewind(mark);
                    continue;
                }
            };
            let mean = term.norm.map_or_else(|| zeros(arena, padded(channels)), |norm| context.mean(norm));
            self.products(d, Some(view), mean, own.shape, sums, padded(channels));
            arena.rewind(mark);
        }
    }

    /// Plain sums when there is no `z`, else products into `sums`.
    fn products(
        &self,
        d: Floats,
        z: Option<View>,
        mean: *const f32,
        shape: super::schedule::StateShape,
        sums: *mut f64,
        padded: usize,
    ) {
        let call = Products {
            d: d.pointer,
            d_step: d.step,
            z: z.map_or(Values::of(null()), |z| z.values),
            z_step: z.map_or(0, |z| z.step),
            mean,
            pixels: pixels(shape),
            channels: shape.channels,
            plain: z.is_none(),
            // Products go one vector behind the plain sums; there is none here.
            sums: if z.is_none() { sums } else { sums.wrapping_sub(padded) },
            pitch: padded,
        };
        // SAFETY: both images have this shape; `padded` sums belong to this image.
        span(Kind::Products, || unsafe {
            std::ptr::write_bytes(sums, 0, padded);
            (for_channels(shape.channels).products)(&call);
        });
    }

    /// Back through a later stage of a chain, to the normalised output of the stage before it.
    fn stage(&self, arena: &mut Arena, number: usize, image: usize) {
        let context = &self.context;
        let operation = &context.plan.operations[number];
        let Source::Operation(before) = operation.source else { return };
        let shape = PlaneShape {
            shape: operation.input,
            relu: operation.relu,
            border: operation.border,
            rounded: operation.rounded,
            flat: operation.flat,
            kernels: operation.kernels,
        };
        let out = self.stage_gradient(before, image);
        let channels = operation.input.channels;
        self.through_plane(arena, operation.source, &shape, &[number], image, out, channels, false);
        let Some(norm) = context.plan.operations[before].norm else { return };
        let sums = self.stage_sums(before, image);
        let padded = padded(channels);
        let call = Products {
            d: out,
            d_step: channels,
            z: context.operation_output(before, image),
            z_step: channels,
            mean: context.mean(norm),
            pixels: pixels(operation.input),
            channels,
            plain: true,
            sums,
            pitch: padded,
        };
        // SAFETY: both images have the stage's input shape; the sums belong to this image.
        span(Kind::Products, || unsafe {
            std::ptr::write_bytes(sums, 0, 2 * padded);
            (operation.kernels.products)(&call);
        });
    }
}
