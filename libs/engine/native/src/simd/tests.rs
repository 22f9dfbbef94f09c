//! Rounding to bfloat16 against its definition: the nearest of the two neighbours, computed in
//! float64.

use super::bf16;
use crate::kernels::elementwise::{Assemble, Term};
use crate::kernels::table::{for_channels, levels, set_level};
use crate::simd::element::Values;
use std::ptr::null_mut;

/// The neighbours are the truncated value and the next away from zero; infinity stands where the
/// next power of two would.
fn expected(x: f32) -> f32 {
    if x.is_nan() {
        return x;
    }
    let below = f32::from_bits(x.to_bits() & 0xffff_0000);
    let above = f32::from_bits((x.to_bits() & 0xffff_0000).wrapping_add(0x1_0000));
    let value = |v: f32| if v.is_infinite() { 2f64.powi(128).copysign(f64::from(v)) } else { f64::from(v) };
    let (down, up) = ((f64::from(x) - value(below)).abs(), (value(above) - f64::from(x)).abs());
    let even = (below.to_bits() >> 16) & 1 == 0;
    if x.is_infinite() || down < up || (down == up && even) { below } else { above }
}

/// Ties on either side, ordinary values, the largest, the smallest, zeros, infinities, NaN.
fn values() -> Vec<f32> {
    let mut bits: Vec<u32> = vec![0, 1, 0x7fff, 0x8000, 0x8001, 0x1_8000, 0x7f_ffff, 0x80_0000, 0x80_8000];
    bits.extend([0x3f80_8000, 0x3f81_8000, 0x3f80_7fff, 0x3f80_8001, 0x3f81_7fff, 0x3fff_ffff]);
    bits.extend([0x7f7f_7fff, 0x7f7f_8000, 0x7f7f_ffff, 0x7f80_0000, 0x7f80_0001, 0x7fbf_ffff, 0x7fc0_0000, 0x7fff_ffff]);
    bits.extend((0..3000u32).map(|i| i.wrapping_mul(2_654_435_761) >> 1));
    bits.iter().flat_map(|&b| [f32::from_bits(b), f32::from_bits(b | 0x8000_0000)]).collect()
}

fn same(found: f32, wanted: f32) -> bool {
    if wanted.is_nan() {
        return found.is_nan() && found.is_sign_negative() == wanted.is_sign_negative() && found.to_bits() & 0xffff == 0;
    }
    found.to_bits() == wanted.to_bits()
}

/// Copies all whole pixels, as a sum of one term.
fn copy(channels: usize, source: Values, out: Values, length: usize) {
    // Added to -0, every value stays what it is.
    let (ones, zeros) = ([1f32; 16], [-0f32; 16]);
    let term = Term { source, step: channels, factor: ones.as_ptr() };
    let call = Assemble {
        terms: &term,
        term_count: 1,
        constant: zeros.as_ptr(),
        pixels: length / channels,
        channels,
        out,
        out_step: channels,
        copy: null_mut(),
        copy_step: 0,
        accumulate: false,
    };
    // SAFETY: both hold the pixels.
    unsafe { (for_channels(channels).assemble)(&call) };
}

#[test]
fn rounds_to_the_nearest_of_two_the_even_one_with_every_instruction_set() {
    let values = values();
    for x in &values {
        assert!(same(bf16::round(*x), expected(*x)), "{:08x}: {:08x}", x.to_bits(), bf16::round(*x).to_bits());
        assert_eq!(bf16::widen(bf16::upper_half(bf16::round(*x))).to_bits(), bf16::round(*x).to_bits());
    }
    for level in levels() {
        set_level(Some(level.name())).expect("a level of this machine");
        // Vectors of every width, and rests.
        for channels in [16, 8, 4, 3, 13] {
            let mut rounded = vec![0f32; values.len()];
            copy(channels, Values::of(values.as_ptr()), Values::Rounded(rounded.as_mut_ptr()), values.len());
            for (x, found) in values.iter().zip(&rounded).take(values.len() / channels * channels) {
                assert!(same(*found, expected(*x)), "{} {:08x}: {:08x}", level.name(), x.to_bits(), found.to_bits());
            }
        }
    }
    set_level(None).expect("the best");
}

#[test]
fn values_stored_in_sixteen_bits_are_read_as_the_rounded_ones() {
    let values = values();
    for level in levels() {
        set_level(Some(level.name())).expect("a level of this machine");
        for channels in [16, 8, 5, 3] {
            // A whole vector more, as in kept memory.
            let mut kept = vec![0u16; values.len() + 16];
            let mut back = vec![0f32; values.len()];
            copy(channels, Values::of(values.as_ptr()), Values::Bf16(kept.as_mut_ptr()), values.len());
            copy(channels, Values::Bf16(kept.as_mut_ptr()), Values::Float32(back.as_mut_ptr()), values.len());
            for (x, found) in values.iter().zip(&back).take(values.len() / channels * channels) {
                assert!(same(*found, expected(*x)), "{} {:08x}: {:08x}", level.name(), x.to_bits(), found.to_bits());
            }
        }
    }
    set_level(None).expect("the best");
}
