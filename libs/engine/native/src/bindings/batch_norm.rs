//! Batch norm with the function behind it.

use super::array::{Array, apart, expect, fault};
use crate::kernels::norm::Behind;
use crate::ops::batch_norm::{self, Batch, Norm};
use napi::Result;
use napi_derive::napi;

fn function(name: &str) -> Result<Behind> {
    match name {
        "none" => Ok(Behind::Nothing),
        "relu" => Ok(Behind::Relu),
        "hardSwish" => Ok(Behind::HardSwish),
        _ => Err(fault(format!("activation: found {name}, allowed: none, relu, hardSwish"))),
    }
}

fn check(x: Array, per_channel: &[(&str, Array)]) -> Result<()> {
    let channels = per_channel.first().map_or(0, |(_, array)| array.length);
    if channels == 0 || !x.length.is_multiple_of(channels) {
        return Err(fault(format!("x: found {} values, wanted a multiple of {channels} channels", x.length)));
    }
    per_channel.iter().try_for_each(|(name, array)| expect(name, *array, channels))
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn batch_norm_train(
    epsilon: f64,
    activation: String,
    x: Array,
    scale: Array,
    shift: Array,
    y: Array,
    mean: Array,
    variance: Array,
) -> Result<()> {
    let behind = function(&activation)?;
    let per_channel = [("mean", mean), ("variance", variance), ("scale", scale), ("shift", shift)];
    check(x, &per_channel)?;
    expect("y", y, x.length)?;
    let [mean_of, variance_of, scale_of, shift_of] = per_channel;
    apart(3, &[("y", y), mean_of, variance_of, ("x", x), scale_of, shift_of])?;
    // SAFETY: checked to be apart.
    unsafe {
        let norm = Norm { epsilon, scale: scale.read(), shift: shift.read(), behind };
        batch_norm::forward(norm, x.read(), y.write(), mean.write(), variance.write());
    }
    Ok(())
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn batch_norm_train_gradient(
    epsilon: f64,
    activation: String,
    x: Array,
    scale: Array,
    shift: Array,
    mean: Array,
    variance: Array,
    dy: Array,
    dx: Array,
    d_scale: Array,
    d_shift: Array,
) -> Result<()> {
    let behind = function(&activation)?;
    let written = [("dScale", d_scale), ("dShift", d_shift)];
    let read = [("scale", scale), ("shift", shift), ("mean", mean), ("variance", variance)];
    check(x, &[&read[..], &written[..]].concat())?;
    expect("dy", dy, x.length)?;
    expect("dx", dx, x.length)?;
    apart(3, &[&[("dx", dx)], &written[..], &read[..], &[("x", x), ("dy", dy)]].concat())?;
    // SAFETY: checked to be apart.
    unsafe {
        let norm = Norm { epsilon, scale: scale.read(), shift: shift.read(), behind };
        let batch = Batch { x: x.read(), mean: mean.read(), variance: variance.read() };
        batch_norm::gradient(norm, batch, dy.read(), dx.write(), d_scale.write(), d_shift.write());
    }
    Ok(())
}
