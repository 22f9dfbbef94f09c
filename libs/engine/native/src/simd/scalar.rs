//! Plain Rust over arrays of 8: what any CPU runs, and what the compiler vectorises as far as the
//! target allows.
// SAFETY (whole file): plain pointer reads and writes under the promises stated on the trait.
#![allow(unsafe_op_in_unsafe_fn)]

use super::{Simd, bf16};

#[derive(Clone, Copy)]
pub struct Scalar;

type V = [f32; 8];

#[inline(always)]
fn zip(a: V, b: V, f: impl Fn(f32, f32) -> f32) -> V {
    std::array::from_fn(|i| f(a[i], b[i]))
}

impl Simd for Scalar {
    type V = V;
    const LANES: usize = 8;
    const MANY_REGISTERS: bool = false;
    #[inline(always)]
    unsafe fn splat(x: f32) -> V {
        [x; 8]
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> V {
        p.cast::<V>().read_unaligned()
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, v: V) {
        p.cast::<V>().write_unaligned(v)
    }
    #[inline(always)]
    unsafe fn stream(p: *mut f32, v: V) {
        p.cast::<V>().write_unaligned(v)
    }
    #[inline(always)]
    unsafe fn load_head(p: *const f32, n: usize) -> V {
        let mut v = [0f32; 8];
        for (i, lane) in v.iter_mut().enumerate().take(n) {
            *lane = *p.add(i);
        }
        v
    }
    #[inline(always)]
    unsafe fn store_head(p: *mut f32, v: V, n: usize) {
        for (i, lane) in v.iter().enumerate().take(n) {
            *p.add(i) = *lane;
        }
    }
    #[inline(always)]
    unsafe fn add(a: V, b: V) -> V {
        zip(a, b, |x, y| x + y)
    }
    #[inline(always)]
    unsafe fn sub(a: V, b: V) -> V {
        zip(a, b, |x, y| x - y)
    }
    #[inline(always)]
    unsafe fn mul(a: V, b: V) -> V {
        zip(a, b, |x, y| x * y)
    }
    #[inline(always)]
    unsafe fn max(a: V, b: V) -> V {
        zip(a, b, |x, y| if x > y { x } else { y })
    }
    #[inline(always)]
    unsafe fn fma(a: V, b: V, c: V) -> V {
        std::array::from_fn(|i| a[i] * b[i] + c[i])
    }
    #[inline(always)]
    unsafe fn if_greater(a: V, b: V, x: V, y: V) -> V {
        std::array::from_fn(|i| if a[i] > b[i] { x[i] } else { y[i] })
    }
    #[inline(always)]
    unsafe fn max_or_nan(a: V, b: V) -> V {
        zip(a, b, |x, y| if x > y || x.is_nan() { x } else { y })
    }
    #[inline(always)]
    unsafe fn if_greater_or_nan(a: V, b: V, x: V, y: V) -> V {
        std::array::from_fn(|i| if a[i] > b[i] || a[i].is_nan() { x[i] } else { y[i] })
    }
    #[inline(always)]
    unsafe fn if_equal(a: V, b: V, x: V) -> V {
        std::array::from_fn(|i| if a[i] == b[i] { x[i] } else { 0.0 })
    }
    #[inline(always)]
    unsafe fn round_bf16(v: V) -> V {
        std::array::from_fn(|i| bf16::round(v[i]))
    }
    #[inline(always)]
    unsafe fn load_bf16(p: *const u16) -> V {
        std::array::from_fn(|i| bf16::widen(*p.add(i)))
    }
    #[inline(always)]
    unsafe fn store_bf16(p: *mut u16, v: V) {
        for (i, lane) in v.iter().enumerate() {
            *p.add(i) = bf16::upper_half(*lane);
        }
    }
    #[inline(always)]
    unsafe fn load_bf16_head(p: *const u16, n: usize) -> V {
        std::array::from_fn(|i| if i < n { bf16::widen(*p.add(i)) } else { 0.0 })
    }
}
