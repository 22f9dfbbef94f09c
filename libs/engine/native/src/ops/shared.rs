//! Fixed splits and the pointers that tasks share.

use std::ops::Range;

/// A place that tasks write disjoint parts of, or all read.
#[derive(Clone, Copy)]
pub struct Shared<T>(*mut T);
// SAFETY: every use states why its tasks write disjoint parts.
unsafe impl<T> Send for Shared<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Shared<T> {}

impl<T> Shared<T> {
    pub fn new(slice: &mut [T]) -> Shared<T> {
        Shared(slice.as_mut_ptr())
    }

    pub fn of(pointer: *mut T) -> Shared<T> {
        Shared(pointer)
    }

    /// # Safety
    /// The offset lies in the array, and what is written there is this task's.
    pub unsafe fn at(self, offset: usize) -> *mut T {
        // SAFETY: the caller's promise.
        unsafe { self.0.add(offset) }
    }
}

/// Part `i` of `parts` nearly equal parts of `0..length`.
pub fn part(length: usize, parts: usize, i: usize) -> Range<usize> {
    i * length / parts..(i + 1) * length / parts
}

/// How many parts of at least `least` each to make of a length: at most 64.
pub fn parts(length: usize, least: usize) -> usize {
    (length / least.max(1)).clamp(1, 64)
}
