//! Optimizer steps.

use super::array::{Array, apart, expect, fault};
use crate::ops::optimizer;
use napi::Result;
use napi_derive::napi;

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn momentum_sgd(
    weights: Array,
    velocity: Array,
    gradient: Array,
    learning_rate: f64,
    momentum: f64,
    weight_decay: f64,
    nesterov: bool,
    decoupled: bool,
) -> Result<()> {
    expect("velocity", velocity, weights.length)?;
    expect("gradient", gradient, weights.length)?;
    apart(2, &[("weights", weights), ("velocity", velocity), ("gradient", gradient)])?;
    let options = optimizer::Momentum {
        learning_rate: learning_rate as f32,
        momentum: momentum as f32,
        weight_decay: weight_decay as f32,
        nesterov,
        decoupled,
    };
    // SAFETY: checked to be apart.
    unsafe { optimizer::momentum_sgd(&options, weights.write(), velocity.write(), gradient.read()) };
    Ok(())
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn adam(
    weights: Array,
    first_moment: Array,
    second_moment: Array,
    gradient: Array,
    step: f64,
    learning_rate: f64,
    beta1: f64,
    beta2: f64,
    epsilon: f64,
    weight_decay: f64,
    decoupled: bool,
) -> Result<()> {
    if step < 1.0 {
        return Err(fault(format!("step: found {step}, allowed: 1 or more")));
    }
    expect("firstMoment", first_moment, weights.length)?;
    expect("secondMoment", second_moment, weights.length)?;
    expect("gradient", gradient, weights.length)?;
    let arrays = [("weights", weights), ("firstMoment", first_moment), ("secondMoment", second_moment), ("gradient", gradient)];
    apart(3, &arrays)?;
    let options = optimizer::Adam { step, learning_rate, beta1, beta2, epsilon, weight_decay, decoupled };
    // SAFETY: checked to be apart.
    unsafe { optimizer::adam(&options, weights.write(), first_moment.write(), second_moment.write(), gradient.read()) };
    Ok(())
}
