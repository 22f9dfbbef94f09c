//! bfloat16: the upper half of a float32 (8 bits of exponent, 8 of precision).

/// The nearest bfloat16, of two the even one, as float32. Beyond the largest: infinity. A NaN stays
/// one, of its sign, and becomes quiet. Nothing is flushed to zero.
#[inline(always)]
pub fn round(x: f32) -> f32 {
    let bits = x.to_bits();
    let rounded = if x.is_nan() { bits | 0x0040_0000 } else { bits.wrapping_add(0x7fff + (bits >> 16 & 1)) };
    f32::from_bits(rounded & 0xffff_0000)
}

/// Of a rounded value, nothing is lost.
#[inline(always)]
pub fn upper_half(x: f32) -> u16 {
    (x.to_bits() >> 16) as u16
}

#[inline(always)]
pub fn widen(x: u16) -> f32 {
    f32::from_bits(u32::from(x) << 16)
}
