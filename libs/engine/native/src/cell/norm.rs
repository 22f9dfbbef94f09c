//! The serial part of batch normalisation: from sums per image to statistics, and from sums of
//! gradients to the three factors of the input gradient. All in float64, in the order of the
//! images, so that threads change nothing.

use super::context::Context;

/// PyTorch's default.
pub const EPSILON: f64 = 1e-5;

/// Completes a norm from the per-image means and squared deviations at `moments`
/// (`[batch][2][padded]`).
///
/// # Safety
/// `moments` as described; `statistics`, when not null, is the statistics bank.
pub unsafe fn complete(context: &Context, norm: usize, moments: *const f64, statistics: *mut f32) {
    let plan = context.plan;
    let n = &plan.norms[norm];
    let padded = n.padded();
    let per_image = (n.count / plan.batch) as f64;
    // SAFETY: indices stay inside [batch][2][padded] and inside the norm's vectors.
    unsafe {
        for c in 0..n.channels {
            let image = |i: usize, part: usize| *moments.add((i * 2 + part) * padded + c);
            let mean = (0..plan.batch).map(|i| image(i, 0)).sum::<f64>() / plan.batch as f64;
            let within: f64 = (0..plan.batch).map(|i| image(i, 1)).sum();
            let between: f64 = (0..plan.batch).map(|i| (image(i, 0) - mean).powi(2)).sum();
            let variance = (within + between * per_image) / n.count as f64;
            *context.mean(norm).add(c) = mean as f32;
            *context.deviation(norm).add(c) = (1.0 / (variance + EPSILON).sqrt()) as f32;
            if !statistics.is_null() {
                *statistics.add(n.statistics + c) = mean as f32;
                *statistics.add(n.statistics + n.channels + c) = variance as f32;
            }
        }
        clear_padding(context, norm);
    }
}

/// Takes a norm's statistics from the running bank.
///
/// # Safety
/// `running` is the statistics bank.
pub unsafe fn from_running(context: &Context, norm: usize, running: *const f32) {
    let n = &context.plan.norms[norm];
    // SAFETY: lowering checked the offsets.
    unsafe {
        for c in 0..n.channels {
            *context.mean(norm).add(c) = *running.add(n.statistics + c);
            let variance = f64::from(*running.add(n.statistics + n.channels + c));
            *context.deviation(norm).add(c) = (1.0 / (variance + EPSILON).sqrt()) as f32;
        }
        clear_padding(context, norm);
    }
}

/// # Safety
/// Kept memory is valid.
unsafe fn clear_padding(context: &Context, norm: usize) {
    let n = &context.plan.norms[norm];
    // SAFETY: both vectors are `padded` long.
    unsafe {
        for c in n.channels..n.padded() {
            *context.mean(norm).add(c) = 0.0;
            *context.deviation(norm).add(c) = 0.0;
        }
    }
}

/// Sums over images of a norm's output gradient: `plain = Σ d`, `product = Σ d · (z - mean)`, per
/// channel.
pub struct GradientSums<'a> {
    pub plain: &'a dyn Fn(usize) -> f64,
    pub product: &'a dyn Fn(usize) -> f64,
}

/// Writes factor, offset and slope of `dz = factor · d + offset + slope · (z - mean)` (Ioffe &
/// Szegedy 2015, section 3), and the adds the gradients of scale and shift, which other norms may
/// share.
///
/// # Safety
/// `factors` has room for three padded vectors; `gradients`, when not null, is the weight
/// gradient bank.
pub unsafe fn complete_gradient(context: &Context, norm: usize, sums: &GradientSums, factors: *mut f32, gradients: *mut f32) {
    let n = &context.plan.norms[norm];
    let padded = n.padded();
    // SAFETY: indices stay inside the three vectors and the bank.
    unsafe {
        std::ptr::write_bytes(factors, 0, 3 * padded);
        for c in 0..n.channels {
            let deviation = f64::from(*context.deviation(norm).add(c));
            let factor = f64::from(context.scale(norm, c)) * deviation;
            let (plain, product) = ((sums.plain)(c), (sums.product)(c));
            *factors.add(c) = factor as f32;
            if context.train {
                *factors.add(padded + c) = (-factor * plain / n.count as f64) as f32;
                *factors.add(2 * padded + c) = (-factor * deviation * deviation * product / n.count as f64) as f32;
            }
            if let Some(affine) = n.affine
                && !gradients.is_null()
            {
                *gradients.add(affine + c) += (deviation * product) as f32;
                *gradients.add(affine + n.channels + c) += plain as f32;
            }
        }
    }
}
