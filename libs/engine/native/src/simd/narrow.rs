//! The lower halves of AVX2 registers: 4 lanes, for tensors of few channels.
// SAFETY (whole file): each method is a plain translation to intrinsics under the promises stated
// on the trait.
#![allow(unsafe_op_in_unsafe_fn)]

use super::Simd;
use std::arch::x86_64::*;

#[derive(Clone, Copy)]
pub struct Narrow;

#[inline(always)]
unsafe fn head(n: usize) -> __m128i {
    let lane = _mm_setr_epi32(0, 1, 2, 3);
    _mm_cmpgt_epi32(_mm_set1_epi32(n as i32), lane)
}

impl Simd for Narrow {
    type V = __m128;
    const LANES: usize = 4;
    const MANY_REGISTERS: bool = false;
    #[inline(always)]
    unsafe fn splat(x: f32) -> __m128 {
        _mm_set1_ps(x)
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> __m128 {
        _mm_loadu_ps(p)
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, v: __m128) {
        _mm_storeu_ps(p, v)
    }
    #[inline(always)]
    unsafe fn stream(p: *mut f32, v: __m128) {
        _mm_stream_ps(p, v)
    }
    #[inline(always)]
    unsafe fn load_head(p: *const f32, n: usize) -> __m128 {
        _mm_maskload_ps(p, head(n))
    }
    #[inline(always)]
    unsafe fn store_head(p: *mut f32, v: __m128, n: usize) {
        _mm_maskstore_ps(p, head(n), v)
    }
    #[inline(always)]
    unsafe fn add(a: __m128, b: __m128) -> __m128 {
        _mm_add_ps(a, b)
    }
    #[inline(always)]
    unsafe fn sub(a: __m128, b: __m128) -> __m128 {
        _mm_sub_ps(a, b)
    }
    #[inline(always)]
    unsafe fn mul(a: __m128, b: __m128) -> __m128 {
        _mm_mul_ps(a, b)
    }
    #[inline(always)]
    unsafe fn max(a: __m128, b: __m128) -> __m128 {
        _mm_max_ps(a, b)
    }
    #[inline(always)]
    unsafe fn fma(a: __m128, b: __m128, c: __m128) -> __m128 {
        _mm_fmadd_ps(a, b, c)
    }
    #[inline(always)]
    unsafe fn if_greater(a: __m128, b: __m128, x: __m128, y: __m128) -> __m128 {
        _mm_blendv_ps(y, x, _mm_cmp_ps::<_CMP_GT_OQ>(a, b))
    }
    #[inline(always)]
    unsafe fn max_or_nan(a: __m128, b: __m128) -> __m128 {
        _mm_blendv_ps(_mm_max_ps(a, b), a, _mm_cmp_ps::<_CMP_UNORD_Q>(a, a))
    }
    #[inline(always)]
    unsafe fn if_greater_or_nan(a: __m128, b: __m128, x: __m128, y: __m128) -> __m128 {
        let wins = _mm_or_ps(_mm_cmp_ps::<_CMP_GT_OQ>(a, b), _mm_cmp_ps::<_CMP_UNORD_Q>(a, a));
        _mm_blendv_ps(y, x, wins)
    }
    #[inline(always)]
    unsafe fn if_equal(a: __m128, b: __m128, x: __m128) -> __m128 {
        _mm_and_ps(x, _mm_cmp_ps::<_CMP_EQ_OQ>(a, b))
    }
    #[inline(always)]
    unsafe fn round_bf16(v: __m128) -> __m128 {
        let bits = _mm_castps_si128(v);
        let odd = _mm_and_si128(_mm_srli_epi32::<16>(bits), _mm_set1_epi32(1));
        let rounded = _mm_add_epi32(bits, _mm_add_epi32(odd, _mm_set1_epi32(0x7fff)));
        let quiet = _mm_or_si128(bits, _mm_set1_epi32(0x0040_0000));
        let nan = _mm_cmp_ps::<_CMP_UNORD_Q>(v, v);
        let chosen = _mm_blendv_ps(_mm_castsi128_ps(rounded), _mm_castsi128_ps(quiet), nan);
        _mm_and_ps(chosen, _mm_castsi128_ps(_mm_set1_epi32(0xffff_0000_u32 as i32)))
    }
    #[inline(always)]
    unsafe fn load_bf16(p: *const u16) -> __m128 {
        _mm_castsi128_ps(_mm_slli_epi32::<16>(_mm_cvtepu16_epi32(_mm_loadl_epi64(p.cast()))))
    }
    #[inline(always)]
    unsafe fn store_bf16(p: *mut u16, v: __m128) {
        let halves = _mm_srli_epi32::<16>(_mm_castps_si128(v));
        _mm_storel_epi64(p.cast(), _mm_packus_epi32(halves, halves))
    }
    #[inline(always)]
    unsafe fn load_bf16_head(p: *const u16, n: usize) -> __m128 {
        _mm_and_ps(Self::load_bf16(p), _mm_castsi128_ps(head(n)))
    }
}
