//! Optimizer steps on flat vectors, in place.

use super::shared::{Shared, part, parts};
use crate::threads;

pub struct Momentum {
    pub learning_rate: f32,
    pub momentum: f32,
    pub weight_decay: f32,
    pub nesterov: bool,
    pub decoupled: bool,
}

/// SGD with momentum, as PyTorch defines it.
pub fn momentum_sgd(o: &Momentum, weights: &mut [f32], velocity: &mut [f32], gradient: &[f32]) {
    let (coupled, decay) = if o.decoupled { (0.0, 1.0 - o.learning_rate * o.weight_decay) } else { (o.weight_decay, 1.0) };
    let (w, v) = (Shared::new(weights), Shared::new(velocity));
    let count = parts(gradient.len(), 1 << 14);
    threads::run(count, |block, _| {
        for i in part(gradient.len(), count, block) {
            // SAFETY: all three have this length; each block has its own elements.
            unsafe {
                let (weight, speed) = (&mut *w.at(i), &mut *v.at(i));
                let g = gradient[i] + coupled * *weight;
                *speed = o.momentum * *speed + g;
                let step = if o.nesterov { g + o.momentum * *speed } else { *speed };
                *weight = *weight * decay - o.learning_rate * step;
            }
        }
    });
}

pub struct Adam {
    /// From 1.
    pub step: f64,
    pub learning_rate: f64,
    pub beta1: f64,
    pub beta2: f64,
    pub epsilon: f64,
    pub weight_decay: f64,
    pub decoupled: bool,
}

/// Kingma & Ba 2015; decoupled weight decay: Loshchilov & Hutter 2019.
pub fn adam(o: &Adam, weights: &mut [f32], first: &mut [f32], second: &mut [f32], gradient: &[f32]) {
    let (coupled, decay) = if o.decoupled { (0.0, 1.0 - o.learning_rate * o.weight_decay) } else { (o.weight_decay, 1.0) };
    let (correct1, correct2) = (1.0 - o.beta1.powf(o.step), 1.0 - o.beta2.powf(o.step));
    let (w, m, v) = (Shared::new(weights), Shared::new(first), Shared::new(second));
    let count = parts(gradient.len(), 1 << 13);
    threads::run(count, |block, _| {
        for i in part(gradient.len(), count, block) {
            // SAFETY: all four have this length; each block has its own elements.
            unsafe {
                let (weight, mean, square) = (&mut *w.at(i), &mut *m.at(i), &mut *v.at(i));
                let g = f64::from(gradient[i]) + coupled * f64::from(*weight);
                *mean = (o.beta1 * f64::from(*mean) + (1.0 - o.beta1) * g) as f32;
                *square = (o.beta2 * f64::from(*square) + (1.0 - o.beta2) * g * g) as f32;
                let step = f64::from(*mean) / correct1 / ((f64::from(*square) / correct2).sqrt() + o.epsilon);
                *weight = (f64::from(*weight) * decay - o.learning_rate * step) as f32;
            }
        }
    });
}
