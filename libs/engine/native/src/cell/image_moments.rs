//! Batch statistics begin with the moments of each image.

use super::arena::Arena;
use super::context::{Plane, zeros};
use super::plan::padded;

/// Mean and squared deviation of one image, shifted by the mean of its first pixels against
/// cancellation.
pub struct ImageMoments {
    channels: usize,
    pub shift: *mut f32,
    pub sums: *mut f64,
    sampled: bool,
}

impl ImageMoments {
    pub fn new(arena: &mut Arena, channels: usize) -> ImageMoments {
        let padded = padded(channels);
        ImageMoments { channels, shift: zeros(arena, padded), sums: zeros(arena, 4 * padded).cast(), sampled: false }
    }

    /// Takes the shift from the first rows seen.
    pub fn sample(&mut self, plane: Plane, rows: usize, width: usize) {
        if self.sampled {
            return;
        }
        self.sampled = true;
        let (count, share) = (16.min(rows * width), 1.0 / 16.min(rows * width) as f32);
        for pixel in 0..count {
            let at = pixel / width * plane.row + pixel % width * plane.pitch;
            for c in 0..self.channels {
                // SAFETY: the pixel lies on the plane; the shift is padded.
                unsafe { *self.shift.add(c) += *plane.inside().add(at + c) * share };
            }
        }
    }

    /// Writes the image's part of `[batch][2][padded]`.
    pub fn finish(&self, moments: *mut f64, image: usize, pixels: usize) {
        let padded = padded(self.channels);
        for c in 0..self.channels {
            // SAFETY: sums and the image's part are 2 padded long.
            unsafe {
                let out = moments.add(image * 2 * padded + c);
                let (sum, square) = (*self.sums.add(c), *self.sums.add(padded + c));
                *out = f64::from(*self.shift.add(c)) + sum / pixels as f64;
                *out.add(padded) = (square - sum * sum / pixels as f64).max(0.0);
            }
        }
    }
}
