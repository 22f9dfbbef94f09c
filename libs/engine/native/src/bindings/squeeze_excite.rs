//! Squeeze-and-excitation.

use super::array::{Array, apart, expect, fault};
use crate::ops::squeeze_excite::{self, Excitation, Gradients, Keeping, Kept};
use napi::Result;
use napi_derive::napi;

type Named<'a> = (&'a str, Array);

/// The arrays that both calls share, checked.
fn check(images: usize, [x, reduce, reduce_bias, expand, expand_bias]: [Named; 5], kept: [Named; 3]) -> Result<()> {
    let (channels, squeeze) = (expand_bias.1.length, reduce_bias.1.length);
    if images == 0 || channels == 0 || squeeze == 0 || !x.1.length.is_multiple_of(images * channels) {
        let found = format!("x: found {} values for {images} images of {channels} channels by {squeeze}", x.1.length);
        return Err(fault(found));
    }
    let [mean, squeezed, factor] = kept;
    for ((name, array), length) in [
        (reduce, channels * squeeze),
        (expand, squeeze * channels),
        (mean, images * channels),
        (squeezed, images * squeeze),
        (factor, images * channels),
    ] {
        expect(name, array, length)?;
    }
    Ok(())
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn squeeze_excite(
    images: u32,
    x: Array,
    reduce: Array,
    reduce_bias: Array,
    expand: Array,
    expand_bias: Array,
    y: Array,
    mean: Array,
    squeezed: Array,
    factor: Array,
) -> Result<()> {
    let read = [("x", x), ("reduce", reduce), ("reduceBias", reduce_bias), ("expand", expand), ("expandBias", expand_bias)];
    let kept = [("mean", mean), ("squeezed", squeezed), ("factor", factor)];
    check(images as usize, read, kept)?;
    expect("y", y, x.length)?;
    apart(4, &[&[("y", y)], &kept[..], &read[..]].concat())?;
    // SAFETY: checked to be apart.
    unsafe {
        let layers = Excitation {
            reduce: reduce.read(),
            reduce_bias: reduce_bias.read(),
            expand: expand.read(),
            expand_bias: expand_bias.read(),
        };
        let keeping = Keeping { mean: mean.write(), squeezed: squeezed.write(), factor: factor.write() };
        squeeze_excite::forward(images as usize, layers, x.read(), y.write(), keeping);
    }
    Ok(())
}

#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn squeeze_excite_gradient(
    images: u32,
    x: Array,
    reduce: Array,
    reduce_bias: Array,
    expand: Array,
    expand_bias: Array,
    mean: Array,
    squeezed: Array,
    factor: Array,
    dy: Array,
    dx: Array,
    d_layers: Option<Vec<Array>>,
) -> Result<()> {
    let read = [("x", x), ("reduce", reduce), ("reduceBias", reduce_bias), ("expand", expand), ("expandBias", expand_bias)];
    let kept = [("mean", mean), ("squeezed", squeezed), ("factor", factor)];
    check(images as usize, read, kept)?;
    expect("dy", dy, x.length)?;
    expect("dx", dx, x.length)?;
    let wanted: Option<[Array; 4]> = match d_layers {
        None => None,
        Some(arrays) => Some(arrays.try_into().map_err(|_| fault("dLayers: wanted four arrays"))?),
    };
    let mut written = vec![("dx", dx)];
    for ((name, of), array) in read[1..].iter().zip(wanted.iter().flatten()) {
        expect(name, *array, of.length)?;
        written.push(("dLayers", *array));
    }
    apart(written.len(), &[&written[..], &read[..], &kept[..], &[("dy", dy)]].concat())?;
    // SAFETY: checked to be apart.
    unsafe {
        let layers = Excitation {
            reduce: reduce.read(),
            reduce_bias: reduce_bias.read(),
            expand: expand.read(),
            expand_bias: expand_bias.read(),
        };
        let kept = Kept { mean: mean.read(), squeezed: squeezed.read(), factor: factor.read() };
        let wanted = wanted.map(|[reduce, reduce_bias, expand, expand_bias]| Gradients {
            reduce: reduce.write(),
            reduce_bias: reduce_bias.write(),
            expand: expand.write(),
            expand_bias: expand_bias.write(),
        });
        squeeze_excite::gradient(images as usize, layers, x.read(), kept, dy.read(), dx.write(), wanted);
    }
    Ok(())
}
