//! Each operation against its definition in float64.

use super::batch_norm::{self, Batch, Norm};
use super::geometry::Geometry;
use super::{convolution, elementwise, loss, matrix, optimizer, pool};
use crate::kernels::norm::Behind;

fn values(n: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..n)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        })
        .collect()
}

fn close(name: &str, found: &[f32], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len(), "{name}");
    let largest = wanted.iter().fold(1e-6f64, |a, v| a.max(v.abs()));
    for (i, (f, w)) in found.iter().zip(wanted).enumerate() {
        assert!((f64::from(*f) - w).abs() <= 2e-5 * largest, "{name}[{i}]: found {f}, wanted {w}");
    }
}

fn geometries() -> Vec<Geometry> {
    let base = Geometry {
        batch: 3,
        height: 7,
        width: 9,
        in_channels: 5,
        out_height: 7,
        out_width: 9,
        out_channels: 5,
        kernel: (3, 3),
        stride: (1, 1),
        dilation: (1, 1),
        padding: (1, 1),
    };
    vec![
        base,
        Geometry { stride: (2, 2), out_height: 4, out_width: 5, ..base },
        Geometry { kernel: (5, 3), dilation: (2, 3), padding: (4, 3), ..base },
        Geometry {
            kernel: (1, 2),
            stride: (3, 3),
            padding: (0, 0),
            out_height: 3,
            out_width: 3,
            in_channels: 18,
            out_channels: 18,
            ..base
        },
        Geometry { padding: (0, 0), stride: (2, 2), out_height: 3, out_width: 5, in_channels: 33, out_channels: 33, ..base },
    ]
}

/// Visits (image, output pixel, input pixel, tap) of every product of a convolution.
fn each(g: &Geometry, mut visit: impl FnMut(usize, usize, usize, usize)) {
    for n in 0..g.batch {
        for (y, x) in (0..g.out_height).flat_map(|y| (0..g.out_width).map(move |x| (y, x))) {
            for (ky, kx) in (0..g.kernel.0).flat_map(|y| (0..g.kernel.1).map(move |x| (y, x))) {
                let iy = (y * g.stride.0 + ky * g.dilation.0).wrapping_sub(g.padding.0);
                let ix = (x * g.stride.1 + kx * g.dilation.1).wrapping_sub(g.padding.1);
                if iy < g.height && ix < g.width {
                    visit(n, y * g.out_width + x, iy * g.width + ix, ky * g.kernel.1 + kx);
                }
            }
        }
    }
}

#[test]
fn convolutions_and_their_gradients_follow_the_definition() {
    for (i, base) in geometries().into_iter().enumerate() {
        let g = Geometry { out_channels: 6, ..base };
        let (ci, co, taps) = (g.in_channels, g.out_channels, g.kernel.0 * g.kernel.1);
        let (x, k) = (values(g.batch * g.input_image(), 1), values(taps * ci * co, 2));
        let dy = values(g.batch * g.output_image(), 3);
        let (mut y, mut dx, mut dk) = (vec![0f64; dy.len()], vec![0f64; x.len()], vec![0f64; k.len()]);
        let pixels = (g.height * g.width, g.out_height * g.out_width);
        each(&g, |n, out, input, tap| {
            for c in 0..ci {
                for o in 0..co {
                    let (xi, yi, ki) =
                        ((n * pixels.0 + input) * ci + c, (n * pixels.1 + out) * co + o, (tap * ci + c) * co + o);
                    y[yi] += f64::from(x[xi]) * f64::from(k[ki]);
                    dx[xi] += f64::from(dy[yi]) * f64::from(k[ki]);
                    dk[ki] += f64::from(dy[yi]) * f64::from(x[xi]);
                }
            }
        });
        let (mut fy, mut fx, mut fk) = (vec![9.0; y.len()], vec![9.0; dx.len()], vec![9.0; dk.len()]);
        convolution::convolution(&g, &x, &k, &mut fy);
        convolution::convolution_input_gradient(&g, &dy, &k, &mut fx);
        convolution::convolution_kernel_gradient(&g, &x, &dy, &mut fk);
        close(&format!("{i}: y"), &fy, &y);
        close(&format!("{i}: dx"), &fx, &dx);
        close(&format!("{i}: dk"), &fk, &dk);
    }
}

#[test]
fn depthwise_convolutions_and_their_gradients_follow_the_definition() {
    for (i, g) in geometries().into_iter().enumerate() {
        let (channels, taps) = (g.in_channels, g.kernel.0 * g.kernel.1);
        let (x, k) = (values(g.batch * g.input_image(), 4), values(taps * channels, 5));
        let dy = values(g.batch * g.output_image(), 6);
        let (mut y, mut dx, mut dk) = (vec![0f64; dy.len()], vec![0f64; x.len()], vec![0f64; k.len()]);
        let pixels = (g.height * g.width, g.out_height * g.out_width);
        each(&g, |n, out, input, tap| {
            for c in 0..channels {
                let (xi, yi, ki) =
                    ((n * pixels.0 + input) * channels + c, (n * pixels.1 + out) * channels + c, tap * channels + c);
                y[yi] += f64::from(x[xi]) * f64::from(k[ki]);
                dx[xi] += f64::from(dy[yi]) * f64::from(k[ki]);
                dk[ki] += f64::from(dy[yi]) * f64::from(x[xi]);
            }
        });
        let (mut fy, mut fx, mut fk) = (vec![9.0; y.len()], vec![9.0; dx.len()], vec![9.0; dk.len()]);
        convolution::depthwise(&g, &x, &k, &mut fy);
        convolution::depthwise_input_gradient(&g, &dy, &k, &mut fx);
        convolution::depthwise_kernel_gradient(&g, &x, &dy, &mut fk);
        close(&format!("{i}: y"), &fy, &y);
        close(&format!("{i}: dx"), &fx, &dx);
        close(&format!("{i}: dk"), &fk, &dk);
    }
}

#[test]
fn the_first_of_equal_maxima_takes_the_gradient() {
    let g = Geometry {
        batch: 1,
        height: 3,
        width: 3,
        in_channels: 1,
        out_height: 1,
        out_width: 1,
        out_channels: 1,
        padding: (0, 0),
        ..geometries()[0]
    };
    let mut dx = vec![0.0; 9];
    pool::pool_gradient(&g, true, &[0.0, 2.0, 2.0, 1.0, 2.0, 0.0, 0.0, 0.0, 2.0], &[3.0], &mut dx);
    assert_eq!(dx, [0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn averages_leave_the_padding_out() {
    let g = Geometry {
        batch: 1,
        height: 2,
        width: 2,
        in_channels: 1,
        out_height: 2,
        out_width: 2,
        out_channels: 1,
        ..geometries()[0]
    };
    let mut y = vec![0.0; 4];
    pool::pool(&g, false, &[1.0, 2.0, 3.0, 6.0], &mut y);
    assert_eq!(y, [3.0; 4]);
    let mut dx = vec![0.0; 4];
    pool::pool_gradient(&g, false, &[], &[4.0, 0.0, 0.0, 0.0], &mut dx);
    assert_eq!(dx, [1.0; 4]);
}

#[test]
fn matrix_products_follow_the_definition() {
    for (rows, inner, columns) in [(1, 1, 1), (5, 7, 3), (64, 256, 10), (33, 18, 35)] {
        for (ta, tb) in [(false, false), (true, false), (false, true), (true, true)] {
            let e = matrix::Extents { batch: 2, rows, inner, columns };
            let (a, b) = (values(2 * rows * inner, 7), values(2 * inner * columns, 8));
            let mut wanted = vec![0f64; 2 * rows * columns];
            for (n, i, j) in (0..2).flat_map(|n| (0..rows).flat_map(move |i| (0..columns).map(move |j| (n, i, j)))) {
                for k in 0..inner {
                    let left = a[n * rows * inner + if ta { k * rows + i } else { i * inner + k }];
                    let right = b[n * inner * columns + if tb { j * inner + k } else { k * columns + j }];
                    wanted[(n * rows + i) * columns + j] += f64::from(left) * f64::from(right);
                }
            }
            let mut c = vec![9.0; wanted.len()];
            matrix::multiply(e, ta, tb, &a, &b, &mut c);
            close(&format!("{rows}×{inner}×{columns} {ta} {tb}"), &c, &wanted);
        }
    }
}

/// A function behind a norm and its slope.
fn behind(function: Behind, v: f64) -> (f64, f64) {
    let line = (v / 6.0 + 0.5).clamp(0.0, 1.0);
    match function {
        Behind::Nothing => (v, 1.0),
        Behind::Relu => (v.max(0.0), f64::from(u8::from(v > 0.0))),
        Behind::HardSwish => (v * line, line + if v.abs() < 3.0 { v / 6.0 } else { 0.0 }),
    }
}

#[test]
fn batch_norm_survives_a_mean_far_from_zero_and_has_its_gradient() {
    let (channels, count) = (18, 4000);
    let x: Vec<f32> = values(channels * count, 9).iter().map(|v| v * 0.5 + 100.0).collect();
    let scale: Vec<f32> = values(channels, 10).iter().map(|v| v * 4.0).collect();
    let (shift, dy) = (values(channels, 11), values(channels * count, 12));
    for function in [Behind::Nothing, Behind::Relu, Behind::HardSwish] {
        let (mut y, mut mean, mut variance) = (vec![0.0; x.len()], vec![0.0; channels], vec![0.0; channels]);
        let norm = Norm { epsilon: 1e-5, scale: &scale, shift: &shift, behind: function };
        batch_norm::forward(norm, &x, &mut y, &mut mean, &mut variance);
        let own = |v: &[f32], c: usize| v.iter().skip(c).step_by(channels).map(|v| f64::from(*v)).collect::<Vec<f64>>();
        let n = count as f64;
        let (mut dx, mut d_scale, mut d_shift) = (vec![0.0; x.len()], vec![0.0; channels], vec![0.0; channels]);
        let batch = Batch { x: &x, mean: &mean, variance: &variance };
        batch_norm::gradient(norm, batch, &dy, &mut dx, &mut d_scale, &mut d_shift);
        for c in 0..channels {
            let (xs, ds) = (own(&x, c), own(&dy, c));
            let m = xs.iter().sum::<f64>() / n;
            let v = xs.iter().map(|x| (x - m).powi(2)).sum::<f64>() / n;
            assert!((f64::from(variance[c]) - v).abs() < 1e-5 * v, "variance {} wanted {v}", variance[c]);
            let hat: Vec<f64> = xs.iter().map(|x| (x - m) / (v + 1e-5).sqrt()).collect();
            let found: Vec<(f64, f64)> =
                hat.iter().map(|h| behind(function, h * f64::from(scale[c]) + f64::from(shift[c]))).collect();
            let ds: Vec<f64> = ds.iter().zip(&found).map(|(d, (_, slope))| d * slope).collect();
            let product: f64 = hat.iter().zip(&ds).map(|(h, d)| h * d).sum();
            let plain: f64 = ds.iter().sum();
            // Values this near a kink may fall on its other side.
            let near = 2e-3 * n.sqrt();
            assert!((f64::from(d_scale[c]) - product).abs() < near && (f64::from(d_shift[c]) - plain).abs() < near);
            for (i, (h, d)) in hat.iter().zip(&ds).enumerate() {
                assert!((f64::from(y[i * channels + c]) - found[i].0).abs() < 3e-4);
                let inner = h * f64::from(scale[c]) + f64::from(shift[c]);
                if [0.0, 3.0, -3.0].iter().any(|kink| (inner - kink).abs() < 1e-3) {
                    continue;
                }
                let wanted = f64::from(scale[c]) / (v + 1e-5).sqrt() * (d - plain / n - h * product / n);
                assert!((f64::from(dx[i * channels + c]) - wanted).abs() < 2e-3);
            }
        }
    }
}

#[test]
fn cross_entropy_and_its_gradient_agree() {
    let (logits, labels) = (values(12, 13), [2, 0, 3]);
    let mut gradient = vec![0.0; 12];
    let at = |logits: &[f32]| loss::softmax_cross_entropy(4, 0.1, logits, &labels, None).expect("labels fit");
    loss::softmax_cross_entropy(4, 0.1, &logits, &labels, Some(&mut gradient)).expect("labels fit");
    for i in 0..12 {
        let mut side = [logits.clone(), logits.clone()];
        side[0][i] -= 1e-2;
        side[1][i] += 1e-2;
        let wanted = (at(&side[1]) - at(&side[0])) / 2e-2;
        assert!((f64::from(gradient[i]) - wanted).abs() < 1e-4);
    }
    assert_eq!(
        loss::softmax_cross_entropy(4, 0.0, &logits, &[0, 4, 1], None),
        Err("labels[1]: found 4, allowed: 0 … 3".into())
    );
}

#[test]
fn sums_do_not_depend_on_threads_and_are_accurate() {
    let x: Vec<f32> = values(300_001, 14).iter().map(|v| v + 1.0).collect();
    let wanted: f64 = x.iter().map(|v| f64::from(*v)).sum();
    assert!((elementwise::reduce(&x, |v| v) - wanted).abs() < 1e-6 * wanted);
}

#[test]
fn optimizers_take_the_published_steps() {
    let gradient = [0.5f32, -1.0];
    let (mut w, mut v) = ([1.0f32, 2.0], [0.1f32, 0.2]);
    let momentum =
        optimizer::Momentum { learning_rate: 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true, decoupled: false };
    optimizer::momentum_sgd(&momentum, &mut w, &mut v, &gradient);
    let speed = 0.9 * 0.1 + 0.51;
    assert!((v[0] - speed).abs() < 1e-6 && (w[0] - (1.0 - 0.1 * (0.51 + 0.9 * speed))).abs() < 1e-6);
    let (mut w, mut m, mut s) = ([1.0f32, 2.0], [0.0f32; 2], [0.0f32; 2]);
    let adam = optimizer::Adam {
        step: 1.0,
        learning_rate: 0.1,
        beta1: 0.5,
        beta2: 0.999,
        epsilon: 1e-8,
        weight_decay: 0.1,
        decoupled: true,
    };
    optimizer::adam(&adam, &mut w, &mut m, &mut s, &gradient);
    assert!((w[0] - (0.99 - 0.1)).abs() < 1e-5 && (w[1] - (1.98 + 0.1)).abs() < 1e-5);
}
