//! Depthwise convolution of small maps, by lists of the pixels that meet.

use super::geometry::Geometry;
use super::shared::{Shared, part};
use crate::kernels::gathered::{Gathered, Pair};
use crate::kernels::table::for_channels;
use crate::memory::Buffer;
use crate::threads;
use std::ops::Range;

/// Sides of maps whose bordered planes would be mostly border.
const SMALL: usize = 8;
const GROUPS: usize = 16;

/// Whether maps are small enough.
pub fn is_small(g: &Geometry) -> bool {
    g.height.max(g.width) <= SMALL && g.out_height.max(g.out_width) <= SMALL
}

/// Pairs by target.
struct Lists {
    starts: Vec<usize>,
    pairs: Vec<Pair>,
}

/// What a pair holds, and what it is listed under.
#[derive(Clone, Copy)]
enum Sum {
    /// Input and tap under the output pixel.
    Output,
    /// Output gradient and tap under the input pixel.
    Input,
    /// Input and output gradient under the tap.
    Tap,
}

impl Lists {
    fn new(g: &Geometry, sum: Sum) -> Lists {
        let targets = match sum {
            Sum::Output => g.out_height * g.out_width,
            Sum::Input => g.height * g.width,
            Sum::Tap => g.kernel.0 * g.kernel.1,
        };
        let mut lists = vec![Vec::new(); targets];
        // Where a tap reads along one axis, unless that is outside.
        let inside = |out: usize, stride: usize, tap: usize, dilation: usize, padding: usize, extent: usize| {
            (out * stride + tap * dilation).checked_sub(padding).filter(|&at| at < extent)
        };
        for y in 0..g.out_height {
            for x in 0..g.out_width {
                for tap in 0..g.kernel.0 * g.kernel.1 {
                    let (ky, kx) = (tap / g.kernel.1, tap % g.kernel.1);
                    let row = inside(y, g.stride.0, ky, g.dilation.0, g.padding.0, g.height);
                    let column = inside(x, g.stride.1, kx, g.dilation.1, g.padding.1, g.width);
                    let (Some(row), Some(column)) = (row, column) else { continue };
                    let (input, output) = (row * g.width + column, y * g.out_width + x);
                    let (target, a, b) = match sum {
                        Sum::Output => (output, input, tap),
                        Sum::Input => (input, output, tap),
                        Sum::Tap => (tap, input, output),
                    };
                    lists[target].push(Pair { a: a as u32, b: b as u32 });
                }
            }
        }
        let mut starts = vec![0];
        for list in &lists {
            starts.push(starts[starts.len() - 1] + list.len());
        }
        Lists { starts, pairs: lists.concat() }
    }

    fn call(&self, channels: usize, images: Images, b: *const f32, accumulate: bool) {
        let Images { count, a, a_image, out, out_image } = images;
        let call = Gathered {
            a,
            b,
            out,
            images: count,
            a_image,
            out_image,
            channels,
            targets: self.starts.len() - 1,
            starts: self.starts.as_ptr(),
            pairs: self.pairs.as_ptr(),
            accumulate,
        };
        // SAFETY: the lists were made for these maps.
        unsafe { (for_channels(channels).gathered)(&call) };
    }
}

/// Images beside each other, and floats from one to the next.
struct Images {
    count: usize,
    a: *const f32,
    a_image: usize,
    out: *mut f32,
    out_image: usize,
}

/// Runs `work` for groups of images.
fn each_group(g: &Geometry, work: impl Fn(Range<usize>) + Sync) {
    let tasks = g.batch.min(GROUPS);
    threads::run(tasks, |task, _| work(part(g.batch, tasks, task)));
}

pub fn depthwise(g: &Geometry, x: &[f32], kernel: &[f32], y: &mut [f32]) {
    let (lists, out) = (Lists::new(g, Sum::Output), Shared::new(y));
    each_group(g, |own| {
        let images = Images {
            count: own.len(),
            a: x[own.start * g.input_image()..].as_ptr(),
            a_image: g.input_image(),
            // SAFETY: each image is written by one task.
            out: unsafe { out.at(own.start * g.output_image()) },
            out_image: g.output_image(),
        };
        lists.call(g.in_channels, images, kernel.as_ptr(), false);
    });
}

pub fn input_gradient(g: &Geometry, dy: &[f32], kernel: &[f32], dx: &mut [f32]) {
    let (lists, out) = (Lists::new(g, Sum::Input), Shared::new(dx));
    each_group(g, |own| {
        let images = Images {
            count: own.len(),
            a: dy[own.start * g.output_image()..].as_ptr(),
            a_image: g.output_image(),
            // SAFETY: each image is written by one task.
            out: unsafe { out.at(own.start * g.input_image()) },
            out_image: g.input_image(),
        };
        lists.call(g.in_channels, images, kernel.as_ptr(), false);
    });
}

pub fn kernel_gradient(g: &Geometry, x: &[f32], dy: &[f32], d_kernel: &mut [f32]) {
    let lists = Lists::new(g, Sum::Tap);
    let (groups, length) = (g.batch.min(GROUPS), d_kernel.len());
    let sums = Buffer::new(groups * length);
    let shared = Shared::of(sums.pointer());
    threads::run(groups, |group, _| {
        // SAFETY: each group has its own sums.
        let sum = unsafe { shared.at(group * length) };
        for (at, n) in part(g.batch, groups, group).enumerate() {
            let (x, dy) = (x[n * g.input_image()..].as_ptr(), dy[n * g.output_image()..].as_ptr());
            let image = Images { count: 1, a: x, a_image: 0, out: sum, out_image: 0 };
            lists.call(g.in_channels, image, dy, at > 0);
        }
    });
    // SAFETY: every sum was written.
    let sums = unsafe { std::slice::from_raw_parts(sums.pointer(), groups * length) };
    d_kernel.fill(0.0);
    for sum in sums.chunks_exact(length) {
        d_kernel.iter_mut().zip(sum).for_each(|(total, value)| *total += value);
    }
}
