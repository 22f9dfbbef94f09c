//! The lower halves of AVX-512 registers: 8 lanes, for tensors of few channels; still 32 registers
//! and masks.
// SAFETY (whole file): each method is a plain translation to intrinsics under the promises stated
// on the trait.
#![allow(unsafe_op_in_unsafe_fn)]

use super::Simd;
use std::arch::x86_64::*;

#[derive(Clone, Copy)]
pub struct Half;

#[inline(always)]
fn head(n: usize) -> __mmask8 {
    (1u16 << n).wrapping_sub(1) as __mmask8
}

impl Simd for Half {
    type V = __m256;
    const LANES: usize = 8;
    const MANY_REGISTERS: bool = true;
    #[inline(always)]
    unsafe fn splat(x: f32) -> __m256 {
        _mm256_set1_ps(x)
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> __m256 {
        _mm256_loadu_ps(p)
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, v: __m256) {
        _mm256_storeu_ps(p, v)
    }
    #[inline(always)]
    unsafe fn stream(p: *mut f32, v: __m256) {
        _mm256_stream_ps(p, v)
    }
    #[inline(always)]
    unsafe fn load_head(p: *const f32, n: usize) -> __m256 {
        _mm256_maskz_loadu_ps(head(n), p)
    }
    #[inline(always)]
    unsafe fn store_head(p: *mut f32, v: __m256, n: usize) {
        _mm256_mask_storeu_ps(p, head(n), v)
    }
    #[inline(always)]
    unsafe fn add(a: __m256, b: __m256) -> __m256 {
        _mm256_add_ps(a, b)
    }
    #[inline(always)]
    unsafe fn sub(a: __m256, b: __m256) -> __m256 {
        _mm256_sub_ps(a, b)
    }
    #[inline(always)]
    unsafe fn mul(a: __m256, b: __m256) -> __m256 {
        _mm256_mul_ps(a, b)
    }
    #[inline(always)]
    unsafe fn max(a: __m256, b: __m256) -> __m256 {
        _mm256_max_ps(a, b)
    }
    #[inline(always)]
    unsafe fn fma(a: __m256, b: __m256, c: __m256) -> __m256 {
        _mm256_fmadd_ps(a, b, c)
    }
    #[inline(always)]
    unsafe fn if_greater(a: __m256, b: __m256, x: __m256, y: __m256) -> __m256 {
        _mm256_mask_blend_ps(_mm256_cmp_ps_mask::<_CMP_GT_OQ>(a, b), y, x)
    }
    #[inline(always)]
    unsafe fn max_or_nan(a: __m256, b: __m256) -> __m256 {
        _mm256_mask_mov_ps(_mm256_max_ps(a, b), _mm256_cmp_ps_mask::<_CMP_UNORD_Q>(a, a), a)
    }
    #[inline(always)]
    unsafe fn if_greater_or_nan(a: __m256, b: __m256, x: __m256, y: __m256) -> __m256 {
        let wins = _mm256_cmp_ps_mask::<_CMP_GT_OQ>(a, b) | _mm256_cmp_ps_mask::<_CMP_UNORD_Q>(a, a);
        _mm256_mask_blend_ps(wins, y, x)
    }
    #[inline(always)]
    unsafe fn if_equal(a: __m256, b: __m256, x: __m256) -> __m256 {
        _mm256_maskz_mov_ps(_mm256_cmp_ps_mask::<_CMP_EQ_OQ>(a, b), x)
    }
    #[inline(always)]
    unsafe fn round_bf16(v: __m256) -> __m256 {
        let bits = _mm256_castps_si256(v);
        let odd = _mm256_and_si256(_mm256_srli_epi32::<16>(bits), _mm256_set1_epi32(1));
        let rounded = _mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7fff)));
        let quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x0040_0000));
        let chosen = _mm256_mask_mov_epi32(rounded, _mm256_cmp_ps_mask::<_CMP_UNORD_Q>(v, v), quiet);
        _mm256_castsi256_ps(_mm256_and_si256(chosen, _mm256_set1_epi32(0xffff_0000_u32 as i32)))
    }
    #[inline(always)]
    unsafe fn load_bf16(p: *const u16) -> __m256 {
        _mm256_castsi256_ps(_mm256_slli_epi32::<16>(_mm256_cvtepu16_epi32(_mm_loadu_si128(p.cast()))))
    }
    #[inline(always)]
    unsafe fn store_bf16(p: *mut u16, v: __m256) {
        _mm_storeu_si128(p.cast(), _mm256_cvtepi32_epi16(_mm256_srli_epi32::<16>(_mm256_castps_si256(v))))
    }
    #[inline(always)]
    unsafe fn load_bf16_head(p: *const u16, n: usize) -> __m256 {
        _mm256_maskz_mov_ps(head(n), Self::load_bf16(p))
    }
}
