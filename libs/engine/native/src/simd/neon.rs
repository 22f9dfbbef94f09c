//! NEON: 4 lanes, 32 registers.
// SAFETY (whole file): each method is a plain translation to intrinsics under the promises stated
// on the trait.
#![allow(unsafe_op_in_unsafe_fn)]

use super::Simd;
use std::arch::aarch64::*;

#[derive(Clone, Copy)]
pub struct Neon;

impl Simd for Neon {
    type V = float32x4_t;
    const LANES: usize = 4;
    const MANY_REGISTERS: bool = true;
    #[inline(always)]
    unsafe fn splat(x: f32) -> float32x4_t {
        vdupq_n_f32(x)
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> float32x4_t {
        vld1q_f32(p)
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, v: float32x4_t) {
        vst1q_f32(p, v)
    }
    #[inline(always)]
    unsafe fn stream(p: *mut f32, v: float32x4_t) {
        vst1q_f32(p, v)
    }
    #[inline(always)]
    unsafe fn load_head(p: *const f32, n: usize) -> float32x4_t {
        let mut lanes = [0f32; 4];
        for (i, lane) in lanes.iter_mut().enumerate().take(n) {
            *lane = *p.add(i);
        }
        vld1q_f32(lanes.as_ptr())
    }
    #[inline(always)]
    unsafe fn store_head(p: *mut f32, v: float32x4_t, n: usize) {
        let mut lanes = [0f32; 4];
        vst1q_f32(lanes.as_mut_ptr(), v);
        for (i, lane) in lanes.iter().enumerate().take(n) {
            *p.add(i) = *lane;
        }
    }
    #[inline(always)]
    unsafe fn add(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vaddq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn sub(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vsubq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn mul(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vmulq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn max(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vbslq_f32(vcgtq_f32(a, b), a, b)
    }
    #[inline(always)]
    unsafe fn fma(a: float32x4_t, b: float32x4_t, c: float32x4_t) -> float32x4_t {
        vfmaq_f32(c, a, b)
    }
    #[inline(always)]
    unsafe fn if_greater(a: float32x4_t, b: float32x4_t, x: float32x4_t, y: float32x4_t) -> float32x4_t {
        vbslq_f32(vcgtq_f32(a, b), x, y)
    }
    #[inline(always)]
    unsafe fn max_or_nan(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vmaxq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn if_greater_or_nan(a: float32x4_t, b: float32x4_t, x: float32x4_t, y: float32x4_t) -> float32x4_t {
        vbslq_f32(vorrq_u32(vcgtq_f32(a, b), vmvnq_u32(vceqq_f32(a, a))), x, y)
    }
    #[inline(always)]
    unsafe fn if_equal(a: float32x4_t, b: float32x4_t, x: float32x4_t) -> float32x4_t {
        vbslq_f32(vceqq_f32(a, b), x, vdupq_n_f32(0.0))
    }
    #[inline(always)]
    unsafe fn round_bf16(v: float32x4_t) -> float32x4_t {
        let bits = vreinterpretq_u32_f32(v);
        let odd = vandq_u32(vshrq_n_u32::<16>(bits), vdupq_n_u32(1));
        let rounded = vaddq_u32(bits, vaddq_u32(odd, vdupq_n_u32(0x7fff)));
        let quiet = vorrq_u32(bits, vdupq_n_u32(0x0040_0000));
        let chosen = vbslq_u32(vceqq_f32(v, v), rounded, quiet);
        vreinterpretq_f32_u32(vandq_u32(chosen, vdupq_n_u32(0xffff_0000)))
    }
    #[inline(always)]
    unsafe fn load_bf16(p: *const u16) -> float32x4_t {
        vreinterpretq_f32_u32(vshll_n_u16::<16>(vld1_u16(p)))
    }
    #[inline(always)]
    unsafe fn store_bf16(p: *mut u16, v: float32x4_t) {
        vst1_u16(p, vshrn_n_u32::<16>(vreinterpretq_u32_f32(v)))
    }
    #[inline(always)]
    unsafe fn load_bf16_head(p: *const u16, n: usize) -> float32x4_t {
        let lane = vld1q_u32([0u32, 1, 2, 3].as_ptr());
        let inside = vcltq_u32(lane, vdupq_n_u32(n as u32));
        vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(Self::load_bf16(p)), inside))
    }
}
