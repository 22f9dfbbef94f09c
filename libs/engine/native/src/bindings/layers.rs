//! Activations, broadcasting, copies, factors, sums along axes, softmax, layer norm and masks of
//! dropout.

use super::array::{Array, apart, expect, fault, product};
use crate::ops::activation::Activation;
use crate::ops::{broadcast, copy, dropout, reduce, scale};
use napi::Result;
use napi_derive::napi;

#[napi(catch_unwind)]
pub fn activation(function: String, x: Array, y: Array) -> Result<()> {
    let function = Activation::named(&function).map_err(fault)?;
    expect("y", y, x.length)?;
    apart(1, &[("y", y), ("x", x)])?;
    // SAFETY: equal lengths, apart.
    unsafe { function.apply(x.length, x.pointer, y.pointer) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn activation_gradient(function: String, x: Array, dy: Array, dx: Array) -> Result<()> {
    let function = Activation::named(&function).map_err(fault)?;
    expect("dy", dy, x.length)?;
    expect("dx", dx, x.length)?;
    apart(1, &[("dx", dx), ("x", x), ("dy", dy)])?;
    // SAFETY: equal lengths, apart.
    unsafe { function.gradient(x.length, x.pointer, dy.pointer, dx.pointer) };
    Ok(())
}

/// The place after the last that axes of these lengths reach with these strides; 0 where a length
/// is.
fn reach(lengths: &[u32], strides: &[u32]) -> Result<usize> {
    if lengths.contains(&0) {
        return Ok(0);
    }
    let last = lengths
        .iter()
        .zip(strides)
        .try_fold(0usize, |last, (&length, &stride)| last.checked_add((length as usize - 1).checked_mul(stride as usize)?));
    last.and_then(|last| last.checked_add(1)).ok_or_else(|| fault(format!("strides: {strides:?} reach beyond memory")))
}

fn within(name: &str, array: Array, start: usize, lengths: &[u32], strides: &[u32]) -> Result<()> {
    if lengths.len() != strides.len() {
        return Err(fault(format!("{name}: found {} strides, wanted {}", strides.len(), lengths.len())));
    }
    match start.checked_add(reach(lengths, strides)?) {
        Some(end) if end <= array.length => Ok(()),
        _ => Err(fault(format!("{name}: {lengths:?} with strides {strides:?} from {start} on reach beyond {}", array.length))),
    }
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn broadcast_binary(
    operation: String,
    lengths: Vec<u32>,
    strides_a: Vec<u32>,
    strides_b: Vec<u32>,
    a: Array,
    b: Array,
    y: Array,
) -> Result<()> {
    within("a", a, 0, &lengths, &strides_a)?;
    within("b", b, 0, &lengths, &strides_b)?;
    expect("y", y, product("lengths", &lengths)?)?;
    apart(1, &[("y", y), ("a", a), ("b", b)])?;
    let axes: Vec<broadcast::Axis> = (0..lengths.len())
        .map(|i| broadcast::Axis { length: lengths[i] as usize, a: strides_a[i] as usize, b: strides_b[i] as usize })
        .collect();
    if axes.last().is_none_or(|axis| axis.a > 1 || axis.b > 1) {
        return Err(fault("strides: the last must be 0 or 1"));
    }
    let (a, b, y) = (a.pointer, b.pointer, y.pointer);
    // SAFETY: checked above to lie in the arrays, and to be apart.
    unsafe {
        match operation.as_str() {
            "add" => broadcast::binary(&axes, a, b, y, |a, b| a + b),
            "subtract" => broadcast::binary(&axes, a, b, y, |a, b| a - b),
            "multiply" => broadcast::binary(&axes, a, b, y, |a, b| a * b),
            "divide" => broadcast::binary(&axes, a, b, y, |a, b| a / b),
            _ => return Err(fault(format!("operation: found {operation}, allowed: add, subtract, multiply, divide"))),
        }
    }
    Ok(())
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn copy_strided(
    lengths: Vec<u32>,
    x: Array,
    x_start: u32,
    x_strides: Vec<u32>,
    y: Array,
    y_start: u32,
    y_strides: Vec<u32>,
) -> Result<()> {
    let (from, to) = (x_start as usize, y_start as usize);
    within("x", x, from, &lengths, &x_strides)?;
    within("y", y, to, &lengths, &y_strides)?;
    apart(1, &[("y", y), ("x", x)])?;
    if lengths.contains(&0) {
        return Ok(());
    }
    // Targets are distinct where the axes nest: by rising stride, each goes on by at least what
    // those before it reach.
    let mut nested: Vec<(u32, u32)> =
        y_strides.iter().copied().zip(lengths.iter().copied()).filter(|axis| axis.1 > 1).collect();
    nested.sort_unstable();
    let mut covered = 1usize;
    for (stride, length) in nested {
        if (stride as usize) < covered {
            return Err(fault(format!("yStrides: {y_strides:?} write some places twice")));
        }
        covered += (length as usize - 1) * stride as usize;
    }
    let axes: Vec<copy::Axis> = (0..lengths.len())
        .map(|i| copy::Axis { length: lengths[i] as usize, from: x_strides[i] as usize, to: y_strides[i] as usize })
        .collect();
    // SAFETY: checked above to lie in the arrays, to be apart and to have distinct targets.
    unsafe { copy::copy(&axes, x.pointer.add(from), y.pointer.add(to)) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn image_scale(x: Array, factors: Array, y: Array) -> Result<()> {
    images(factors, x)?;
    expect("y", y, x.length)?;
    apart(1, &[("y", y), ("x", x), ("factors", factors)])?;
    // SAFETY: checked to be apart.
    unsafe { scale::image_scale(x.read(), factors.read(), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn image_scale_gradient(x: Array, dy: Array, sums: Array) -> Result<()> {
    images(sums, x)?;
    expect("dy", dy, x.length)?;
    apart(1, &[("sums", sums), ("x", x), ("dy", dy)])?;
    // SAFETY: checked to be apart.
    unsafe { scale::image_scale_gradient(x.read(), dy.read(), sums.write()) };
    Ok(())
}

fn images(per_image: Array, x: Array) -> Result<()> {
    if per_image.length == 0 || !x.length.is_multiple_of(per_image.length) {
        return Err(fault(format!("x: found {} values, wanted a multiple of {} images", x.length, per_image.length)));
    }
    Ok(())
}

#[napi(catch_unwind)]
pub fn sum_arrays(arrays: Vec<Array>, y: Array) -> Result<()> {
    let mut all = vec![("y", y)];
    for array in &arrays {
        expect("arrays", *array, y.length)?;
        all.push(("arrays", *array));
    }
    apart(1, &all)?;
    // SAFETY: checked to be apart.
    let slices: Vec<&[f32]> = arrays.iter().map(|array| unsafe { array.read() }).collect();
    // SAFETY: as above.
    scale::sum_arrays(&slices, unsafe { y.write() });
    Ok(())
}

#[napi(catch_unwind)]
pub fn weighted_sum(arrays: Vec<Array>, factors: Vec<Array>, images: u32, y: Array) -> Result<()> {
    let images = images as usize;
    if images == 0 || !y.length.is_multiple_of(images) || factors.len() != arrays.len() {
        return Err(fault(format!("y: found {} values for {images} images, {} factors", y.length, factors.len())));
    }
    let mut all = vec![("y", y)];
    for (array, factor) in arrays.iter().zip(&factors) {
        expect("arrays", *array, y.length)?;
        if factor.length != 1 {
            expect("factors", *factor, images)?;
        }
        all.extend([("arrays", *array), ("factors", *factor)]);
    }
    apart(1, &all)?;
    // SAFETY: checked to be apart.
    unsafe {
        let arrays: Vec<&[f32]> = arrays.iter().map(|array| array.read()).collect();
        let factors: Vec<&[f32]> = factors.iter().map(|factor| factor.read()).collect();
        scale::weighted_sum(&arrays, &factors, images, y.write());
    }
    Ok(())
}

fn rows_of(name: &str, x: Array, columns: usize) -> Result<usize> {
    if columns == 0 || !x.length.is_multiple_of(columns) {
        return Err(fault(format!("{name}: found {} values, wanted a multiple of {columns}", x.length)));
    }
    Ok(x.length / columns)
}

#[napi(catch_unwind)]
pub fn channel_scale_shift(x: Array, factor: Array, shift: Option<Array>, y: Array) -> Result<()> {
    rows_of("x", x, factor.length)?;
    expect("y", y, x.length)?;
    let mut all = vec![("y", y), ("x", x), ("factor", factor)];
    if let Some(shift) = shift {
        expect("shift", shift, factor.length)?;
        all.push(("shift", shift));
    }
    apart(1, &all)?;
    // SAFETY: checked to be apart.
    unsafe { scale::channel_scale_shift(x.read(), factor.read(), shift.map(|a| a.read()), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn channel_sums(x: Array, dy: Array, d_scale: Array, d_shift: Array) -> Result<()> {
    rows_of("x", x, d_scale.length)?;
    expect("dy", dy, x.length)?;
    expect("dShift", d_shift, d_scale.length)?;
    apart(2, &[("dScale", d_scale), ("dShift", d_shift), ("x", x), ("dy", dy)])?;
    // SAFETY: checked to be apart.
    unsafe { scale::channel_sums(x.read(), dy.read(), d_scale.write(), d_shift.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn sum_axis(outer: u32, length: u32, inner: u32, factor: f64, x: Array, y: Array) -> Result<()> {
    expect("x", x, product("outer, length, inner", &[outer, length, inner])?)?;
    expect("y", y, product("outer, inner", &[outer, inner])?)?;
    apart(1, &[("y", y), ("x", x)])?;
    // SAFETY: checked to be apart.
    unsafe { reduce::sum_axis(outer as usize, length as usize, inner as usize, factor, x.read(), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn softmax(columns: u32, x: Array, y: Array) -> Result<()> {
    rows_of("x", x, columns as usize)?;
    expect("y", y, x.length)?;
    apart(1, &[("y", y), ("x", x)])?;
    // SAFETY: checked to be apart.
    unsafe { reduce::softmax(columns as usize, x.read(), y.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn softmax_gradient(columns: u32, p: Array, dy: Array, dx: Array) -> Result<()> {
    rows_of("p", p, columns as usize)?;
    expect("dy", dy, p.length)?;
    expect("dx", dx, p.length)?;
    apart(1, &[("dx", dx), ("p", p), ("dy", dy)])?;
    // SAFETY: checked to be apart.
    unsafe { reduce::softmax_gradient(columns as usize, p.read(), dy.read(), dx.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn layer_norm(columns: u32, epsilon: f64, x: Array, y: Array, deviation: Array) -> Result<()> {
    let rows = rows_of("x", x, columns as usize)?;
    expect("y", y, x.length)?;
    expect("deviation", deviation, rows)?;
    apart(2, &[("y", y), ("deviation", deviation), ("x", x)])?;
    // SAFETY: checked to be apart.
    unsafe { reduce::layer_norm(columns as usize, epsilon, x.read(), y.write(), deviation.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn layer_norm_gradient(columns: u32, y: Array, deviation: Array, dy: Array, dx: Array) -> Result<()> {
    let rows = rows_of("y", y, columns as usize)?;
    expect("deviation", deviation, rows)?;
    expect("dy", dy, y.length)?;
    expect("dx", dx, y.length)?;
    apart(1, &[("dx", dx), ("y", y), ("deviation", deviation), ("dy", dy)])?;
    // SAFETY: checked to be apart.
    unsafe { reduce::layer_norm_gradient(columns as usize, y.read(), deviation.read(), dy.read(), dx.write()) };
    Ok(())
}

#[napi(catch_unwind)]
pub fn dropout_mask(key: Vec<u32>, counter: Vec<u32>, rate: f64, mask: Array) -> Result<()> {
    let (Ok(key), Ok(counter)) = (key.try_into(), counter.try_into()) else {
        return Err(fault("key, counter: wanted two words each"));
    };
    if !(0.0..1.0).contains(&rate) {
        return Err(fault(format!("rate: found {rate}, allowed: 0 up to below 1")));
    }
    // SAFETY: the only array.
    dropout::mask(key, counter, rate as f32, (1.0 / (1.0 - rate)) as f32, unsafe { mask.write() });
    Ok(())
}
