//! Element-wise operations, sums, averages over space, and the loss.

use super::array::{Array, apart, expect, fault, product};
use crate::ops::{elementwise, loss};
use crate::simd::bf16;
use napi::Result;
use napi_derive::napi;

/// The result may be an operand, but not overlap one otherwise.
fn in_place(name: &str, y: Array, operands: &[(&str, Array)]) -> Result<()> {
    for (other, array) in operands {
        expect(other, *array, y.length)?;
        if y.overlaps(*array) && y.pointer != array.pointer {
            return Err(fault(format!("{name}: overlaps {other} without being it")));
        }
    }
    Ok(())
}

fn unary(x: Array, y: Array, f: impl Fn(f32) -> f32 + Sync) -> Result<()> {
    in_place("y", y, &[("x", x)])?;
    // SAFETY: equal lengths; the same array or apart.
    unsafe { elementwise::unary(y.length, x.pointer, y.pointer, f) };
    Ok(())
}

fn binary(name: [&str; 3], a: Array, b: Array, y: Array, f: impl Fn(f32, f32) -> f32 + Sync) -> Result<()> {
    in_place(name[2], y, &[(name[0], a), (name[1], b)])?;
    // SAFETY: equal lengths; the same array or apart.
    unsafe { elementwise::binary(y.length, a.pointer, b.pointer, y.pointer, f) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn relu(x: Array, y: Array) -> Result<()> {
    // A NaN stays one.
    unary(x, y, |x| if x < 0.0 { 0.0 } else { x })
}

#[napi(catch_unwind)]
pub fn round_bf16(x: Array, y: Array) -> Result<()> {
    unary(x, y, bf16::round)
}

#[napi(catch_unwind)]
pub fn relu_gradient(x: Array, dy: Array, dx: Array) -> Result<()> {
    binary(["x", "dy", "dx"], x, dy, dx, |x, d| if x > 0.0 { d } else { 0.0 })
}

#[napi(catch_unwind)]
pub fn add(a: Array, b: Array, y: Array) -> Result<()> {
    binary(["a", "b", "y"], a, b, y, |a, b| a + b)
}

#[napi(catch_unwind)]
pub fn subtract(a: Array, b: Array, y: Array) -> Result<()> {
    binary(["a", "b", "y"], a, b, y, |a, b| a - b)
}

#[napi(catch_unwind)]
pub fn multiply(a: Array, b: Array, y: Array) -> Result<()> {
    binary(["a", "b", "y"], a, b, y, |a, b| a * b)
}

#[napi(catch_unwind)]
pub fn scale(factor: f64, x: Array, y: Array) -> Result<()> {
    let factor = factor as f32;
    unary(x, y, |x| factor * x)
}

#[napi(catch_unwind)]
pub fn axpy(factor: f64, x: Array, y: Array) -> Result<()> {
    let factor = factor as f32;
    binary(["x", "y", "y"], x, y, y, |x, y| y + factor * x)
}

#[napi(catch_unwind)]
pub fn sum(x: Array) -> f64 {
    // SAFETY: nothing is written.
    elementwise::reduce(unsafe { x.read() }, |x| x)
}

#[napi(catch_unwind)]
pub fn squared_norm(x: Array) -> f64 {
    // SAFETY: nothing is written.
    elementwise::reduce(unsafe { x.read() }, |x| x * x)
}

#[napi(catch_unwind)]
pub fn global_average(batch: u32, spatial: u32, channels: u32, x: Array, y: Array) -> Result<()> {
    expect("x", x, product("batch, spatial, channels", &[batch, spatial, channels])?)?;
    expect("y", y, product("batch, channels", &[batch, channels])?)?;
    let (spatial, channels) = (spatial as usize, channels as usize);
    apart(1, &[("y", y), ("x", x)])?;
    // SAFETY: checked to be apart.
    unsafe { elementwise::global_average(spatial, channels, x.read(), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn global_average_gradient(batch: u32, spatial: u32, channels: u32, dy: Array, dx: Array) -> Result<()> {
    expect("dy", dy, product("batch, channels", &[batch, channels])?)?;
    expect("dx", dx, product("batch, spatial, channels", &[batch, spatial, channels])?)?;
    let (spatial, channels) = (spatial as usize, channels as usize);
    apart(1, &[("dx", dx), ("dy", dy)])?;
    // SAFETY: checked to be apart.
    unsafe { elementwise::global_average_gradient(spatial, channels, dy.read(), dx.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn softmax_cross_entropy(
    batch: u32,
    classes: u32,
    smoothing: f64,
    logits: Array,
    labels: &[i32],
    d_logits: Option<Array>,
) -> Result<f64> {
    let (batch, classes) = (batch as usize, classes as usize);
    if classes == 0 || batch == 0 {
        return Err(fault("batch, classes: found 0, allowed: 1 or more"));
    }
    expect("logits", logits, batch * classes)?;
    if labels.len() != batch {
        return Err(fault(format!("labels: found {} values, wanted {batch}", labels.len())));
    }
    if let Some(gradient) = d_logits {
        expect("dLogits", gradient, batch * classes)?;
        apart(1, &[("dLogits", gradient), ("logits", logits)])?;
    }
    // SAFETY: checked to be apart.
    unsafe { loss::softmax_cross_entropy(classes, smoothing, logits.read(), labels, d_logits.map(|a| a.write())) }
        .map_err(fault)
}
