//! What one core of this machine can do, and what each kernel makes of it, on an image that stays
//! in the second cache: `cargo run --release --example roofline -- [channels] [size]`

use oneshot_native::kernels::convolution::{Multiply, MultiplyTransposed};
use oneshot_native::kernels::depthwise::{Depthwise, KernelGradient};
use oneshot_native::kernels::elementwise::{Assemble, FillPlane, NormalGradient, StorePlane, Term};
use oneshot_native::kernels::flat::{DepthwiseFlat, KernelGradientFlat, tile};
use oneshot_native::kernels::pool::{Pool, PoolGradient, Windows};
use oneshot_native::kernels::reduce::{Emit, Products};
use oneshot_native::kernels::table::{flat_kernels, for_channels};
use oneshot_native::simd::element::Values;
use std::ptr::null_mut;
use std::time::Instant;

/// The best of many repetitions, in seconds.
fn best(mut work: impl FnMut()) -> f64 {
    work();
    let mut best = f64::MAX;
    for _ in 0..60 {
        let start = Instant::now();
        for _ in 0..8 {
            work();
        }
        best = best.min(start.elapsed().as_secs_f64() / 8.0);
    }
    best
}

fn aligned(length: usize) -> (Vec<f32>, usize) {
    let values: Vec<f32> = (0..length + 64).map(|i| (i * 7919 % 1000) as f32 / 1000.0 - 0.5).collect();
    let skip = (64 - values.as_ptr() as usize % 64) % 64 / 4;
    (values, skip)
}

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|text| text.parse().expect("a number")).collect();
    let channels = numbers.first().copied().unwrap_or(16);
    let size = numbers.get(1).copied().unwrap_or(32);
    let kernels = for_channels(channels);
    let pitch = channels.next_multiple_of(kernels.lanes);
    let pixels = size * size;
    let border = 6;
    let row = (size + 2 * border) * pitch;
    let mut buffers: Vec<(Vec<f32>, usize)> = (0..8).map(|_| aligned((size + 2 * border) * row)).collect();
    let mut at = |i: usize| {
        let (values, skip) = &mut buffers[i];
        values[*skip..].as_mut_ptr()
    };
    let (plane, other, compact, more) = (at(0), at(1), at(2), at(3));
    let inside = plane.wrapping_add(border * (row + pitch));
    let other_inside = other.wrapping_add(border * (row + pitch));
    let vectors: Vec<f32> = vec![0.5; 49 * tile(channels, 16).max(64)];
    let weights: Vec<f32> = vec![0.01; pitch * pitch];
    let mut gradients: Vec<f32> = vec![0.0; 49 * tile(channels, 16) + pitch * pitch];
    let mut sums = vec![0f64; 4 * pitch];
    let report = |name: &str, flops: usize, floats: usize, seconds: f64| {
        println!(
            "{name:<32} {:>8.2} µs {:>7.1} GFLOP/s {:>7.1} GB/s",
            seconds * 1e6,
            flops as f64 / seconds * 1e-9,
            4.0 * floats as f64 / seconds * 1e-9
        );
    };
    let values = pixels * channels;

    // SAFETY (each call below): planes have a border of 6 and room for every tap; compact tensors
    // are no larger than planes.
    let multiply = Multiply {
        a: plane,
        a_row: 0,
        a_step: pitch,
        taps: &0,
        tap_count: 1,
        inner: channels,
        b: weights.as_ptr(),
        b_pitch: pitch,
        out: other,
        out_row: 0,
        out_step: pitch,
        columns: pitch,
        rows: 1,
        width: pixels.min(2048 / pitch),
        accumulate: false,
    };
    let some = multiply.width;
    let seconds = best(|| unsafe { (kernels.multiply)(&multiply) });
    report("multiply (8 KB)", 2 * some * channels * channels, 2 * some * channels, seconds);
    let transposed = MultiplyTransposed {
        a: plane,
        a_row: 0,
        a_step: pitch,
        taps: &0,
        tap_count: 1,
        inner: channels,
        d: other,
        d_row: 0,
        d_step: pitch,
        out: gradients.as_mut_ptr(),
        columns: pitch,
        rows: 1,
        width: some,
    };
    let seconds = best(|| unsafe { (kernels.multiply_transposed)(&transposed) });
    report("multiply transposed (8 KB)", 2 * some * channels * channels, 2 * some * channels, seconds);
    for (taps, dilation) in [(3, 1), (5, 1), (3, 2), (5, 2)] {
        let padding = (taps - 1) / 2 * dilation;
        let rows = size.min((2048 / (size * pitch)).max(1));
        let mut call = Depthwise {
            size: taps,
            dilation,
            stride: 1,
            input: inside.wrapping_sub(padding * (row + pitch)),
            input_row: row,
            weights: vectors.as_ptr(),
            out: compact,
            out_row: size * pitch,
            rows,
            width: size,
            channels: pitch,
            accumulate: false,
            rounded: false,
        };
        let seconds = best(|| unsafe { (kernels.depthwise)(&call) });
        let flops = 2 * taps * taps * rows * size * channels;
        report(&format!("depthwise {taps}×{taps} by {dilation} (8 KB)"), flops, 2 * rows * size * channels, seconds);
        (call.rows, call.out, call.out_row) = (size, other_inside, row);
        let seconds = best(|| unsafe { (kernels.depthwise)(&call) });
        report(&format!("depthwise {taps}×{taps} by {dilation}"), 2 * taps * taps * values, 2 * values, seconds);
        let wide = flat_kernels();
        let tile = tile(channels, wide.lanes);
        let flat_row = ((size + 2 * border) * channels).next_multiple_of(16);
        let flat_input = plane.wrapping_add((border - padding) * (flat_row + channels));
        let call_flat = DepthwiseFlat {
            size: taps,
            dilation,
            channels,
            input: flat_input,
            input_row: flat_row,
            weights: vectors.as_ptr(),
            tile,
            out: other,
            out_row: size * channels,
            rows: size,
            length: size * channels,
            accumulate: false,
            rounded: false,
        };
        let seconds = best(|| unsafe { (wide.depthwise_flat)(&call_flat) });
        report(&format!("flat depthwise {taps}×{taps} by {dilation}"), 2 * taps * taps * values, 2 * values, seconds);
        let call_flat = KernelGradientFlat {
            size: taps,
            dilation,
            channels,
            input: flat_input,
            input_row: flat_row,
            gradient: other,
            gradient_row: size * channels,
            rows: size,
            length: size * channels,
            out: gradients.as_mut_ptr(),
            tile,
        };
        let seconds = best(|| unsafe { (wide.kernel_gradient_flat)(&call_flat) });
        report(&format!("flat kernel gradient {taps}×{taps} by {dilation}"), 2 * taps * taps * values, 2 * values, seconds);
        let call = KernelGradient {
            size: taps,
            dilation,
            stride: 1,
            input: inside.wrapping_sub(padding * (row + pitch)),
            input_row: row,
            gradient: other_inside,
            gradient_row: row,
            rows: size,
            width: size,
            channels: pitch,
            out: gradients.as_mut_ptr(),
        };
        let seconds = best(|| unsafe { (kernels.depthwise_kernel_gradient)(&call) });
        report(&format!("kernel gradient {taps}×{taps} by {dilation}"), 2 * taps * taps * values, 2 * values, seconds);
    }
    let fill = FillPlane {
        source: Values::of(compact),
        source_step: channels,
        height: size,
        width: size,
        channels,
        scale: vectors.as_ptr(),
        shift: vectors.as_ptr(),
        relu: true,
        plane,
        rounded: false,
        border,
        pitch,
    };
    let seconds = best(|| unsafe { (kernels.fill_plane)(&fill) });
    report("prepare plane", 2 * values, 2 * values, seconds);
    let normal = NormalGradient {
        d: compact,
        d_step: channels,
        z: Values::of(more),
        z_step: channels,
        height: size,
        width: size,
        channels,
        factor: vectors.as_ptr(),
        offset: vectors.as_ptr(),
        slope: vectors.as_ptr(),
        mean: vectors.as_ptr(),
        plane: other,
        rounded: false,
        row: size * pitch,
        pitch,
    };
    let seconds = best(|| unsafe { (kernels.normal_gradient)(&normal) });
    report("norm gradient", 5 * values, 3 * values, seconds);
    let emit = Emit {
        plane: other,
        row: size * pitch,
        pitch,
        rows: size,
        width: size,
        channels,
        out: Values::Float32(compact),
        shift: vectors.as_ptr(),
        sums: sums.as_mut_ptr(),
        sums_pitch: pitch,
    };
    let seconds = best(|| unsafe { (kernels.emit)(&emit) });
    report("store output, batch moments", 4 * values, 2 * values, seconds);
    let products = Products {
        d: compact,
        d_step: channels,
        z: Values::of(more),
        z_step: channels,
        mean: vectors.as_ptr(),
        pixels,
        channels,
        plain: true,
        sums: sums.as_mut_ptr(),
        pitch,
    };
    let seconds = best(|| unsafe { (kernels.products)(&products) });
    report("gradient reductions", 4 * values, 2 * values, seconds);
    let terms: Vec<Term> =
        (0..4).map(|i| Term { source: Values::of(at(4 + i % 4)), step: channels, factor: vectors.as_ptr() }).collect();
    let assemble = Assemble {
        terms: terms.as_ptr(),
        term_count: 4,
        constant: vectors.as_ptr(),
        pixels,
        channels,
        out: Values::Float32(compact),
        out_step: channels,
        copy: null_mut(),
        copy_step: 0,
        accumulate: false,
    };
    let seconds = best(|| unsafe { (kernels.assemble)(&assemble) });
    report("assemble 4 terms", 8 * values, 5 * values, seconds);
    let store = StorePlane {
        plane: other_inside,
        row,
        pitch,
        mask: inside,
        mask_row: row,
        height: size,
        width: size,
        channels,
        out: compact,
        out_step: channels,
        accumulate: true,
    };
    let seconds = best(|| unsafe { (kernels.store_plane)(&store) });
    report("store gradient", values, 4 * values, seconds);
    let windows =
        Windows { height: size, width: size, out_height: size, out_width: size, size: (3, 3), stride: (1, 1), padding: (1, 1) };
    for maximum in [true, false] {
        let pool = Pool { windows, maximum, source: compact, source_step: channels, channels, out: other, out_step: pitch };
        let seconds = best(|| unsafe { (kernels.pool)(&pool) });
        report(if maximum { "max pool" } else { "average pool" }, 9 * values, 2 * values, seconds);
        let gradient = PoolGradient {
            windows,
            maximum,
            source: compact,
            source_step: channels,
            channels,
            d: other,
            d_step: pitch,
            out: more,
            out_step: channels,
            work: at(6),
        };
        let seconds = best(|| unsafe { (kernels.pool_gradient)(&gradient) });
        report(if maximum { "max pool gradient" } else { "average pool gradient" }, 9 * values, 3 * values, seconds);
    }
}
