//! The gradient of a pooling for one image.

use super::arena::Arena;
use super::backward::Backward;
use super::context::zeros;
use super::plan::padded;
use super::schedule::PoolKind;
use super::trace::{Kind, span};
use crate::kernels::elementwise::{Assemble, Term as AssembleTerm};
use crate::kernels::pool::PoolGradient;
use crate::simd::element::Values;
use std::ptr::null_mut;

impl Backward<'_> {
    /// Adds what reaches a state through one pooling, summed over all branches that use it.
    pub(super) fn gather_pooling(&self, arena: &mut Arena, pooling: usize, image: usize, out: *mut f32) {
        let context = &self.context;
        let plan = context.plan;
        let pool = &plan.poolings[pooling];
        let channels = pool.channels;
        let padded = padded(channels);
        let constant = zeros(arena, padded);
        let slope = zeros(arena, padded);
        let mut terms = Vec::with_capacity(pool.terms.len() + 1);
        let mut sloped = false;
        for term in pool.terms.iter().map(|&t| &plan.terms[t]) {
            let coefficient = context.coefficient(image, term.mix);
            let factor = zeros(arena, padded);
            for c in 0..channels {
                // SAFETY: all vectors are padded.
                unsafe {
                    *factor.add(c) = coefficient;
                    if let Some(norm) = term.norm {
                        let factors = self.factors(norm);
                        *factor.add(c) *= *factors.add(c);
                        if context.train {
                            let tilt = *factors.add(2 * padded + c);
                            *constant.add(c) += *factors.add(padded + c) - tilt * *context.mean(norm).add(c);
                            *slope.add(c) += tilt;
                            sloped = true;
                        }
                    }
                }
            }
            terms.push(AssembleTerm { source: Values::of(self.state_gradient(term.target, image)), step: channels, factor });
        }
        if sloped {
            let view = context.pooled(arena, pooling, image);
            terms.push(AssembleTerm { source: Values::of(view.pointer), step: view.step, factor: slope });
        }
        let gradient = arena.take(pool.pixels() * pool.pitch());
        let call = Assemble {
            terms: terms.as_ptr(),
            term_count: terms.len(),
            constant,
            pixels: pool.pixels(),
            channels,
            out: Values::Float32(gradient),
            out_step: pool.pitch(),
            copy: null_mut(),
            copy_step: 0,
            accumulate: false,
        };
        // SAFETY: all terms have the pooling's pixels and channels.
        span(Kind::Assemble, || unsafe { (pool.kernels.assemble)(&call) });
        let source = context.state_floats(arena, pool.state, image);
        let call = PoolGradient {
            windows: pool.windows,
            maximum: pool.kind == PoolKind::Max,
            source: source.pointer,
            source_step: source.step,
            channels,
            d: gradient,
            d_step: pool.pitch(),
            out,
            out_step: plan.states[pool.state].shape.channels,
            work: arena.take(PoolGradient::work_length(&pool.windows)),
        };
        // SAFETY: source and out are the state's image.
        span(Kind::PoolGradient, || unsafe { (pool.kernels.pool_gradient)(&call) });
    }
}
