//! Pooling with explicit padding, image by image.

use super::geometry::Geometry;
use super::shared::Shared;
use crate::cell::arena::{self, Arena};
use crate::kernels::pool::{Pool, PoolGradient, Windows};
use crate::kernels::table::for_channels;
use crate::threads;

fn windows(g: &Geometry) -> Windows {
    Windows {
        height: g.height,
        width: g.width,
        out_height: g.out_height,
        out_width: g.out_width,
        size: g.kernel,
        stride: g.stride,
        padding: g.padding,
    }
}

pub fn pool(g: &Geometry, maximum: bool, x: &[f32], y: &mut [f32]) {
    let out = Shared::new(y);
    threads::run(g.batch, |n, _| {
        let call = Pool {
            windows: windows(g),
            maximum,
            source: x[n * g.input_image()..].as_ptr(),
            source_step: g.in_channels,
            channels: g.in_channels,
            // SAFETY: each task writes its own image.
            out: unsafe { out.at(n * g.output_image()) },
            out_step: g.in_channels,
        };
        // SAFETY: both images have the geometry's shape.
        unsafe { (for_channels(g.in_channels).pool)(&call) };
    });
}

/// `x` is read only for the maximum; otherwise it may be empty.
pub fn pool_gradient(g: &Geometry, maximum: bool, x: &[f32], dy: &[f32], dx: &mut [f32]) {
    let out = Shared::new(dx);
    let run = |n: usize, arena: &mut Arena| {
        // SAFETY: each task writes its own image, of this length.
        let own = unsafe { out.at(n * g.input_image()) };
        let call = PoolGradient {
            windows: windows(g),
            maximum,
            source: if maximum { x[n * g.input_image()..].as_ptr() } else { std::ptr::null() },
            source_step: g.in_channels,
            channels: g.in_channels,
            d: dy[n * g.output_image()..].as_ptr(),
            d_step: g.in_channels,
            out: own,
            out_step: g.in_channels,
            work: arena.take(PoolGradient::work_length(&windows(g))),
        };
        // SAFETY: all images have the geometry's shape.
        unsafe {
            std::ptr::write_bytes(own, 0, g.input_image());
            (for_channels(g.in_channels).pool_gradient)(&call);
        }
    };
    threads::run(g.batch, |n, _| arena::with(|arena| run(n, arena)));
}
