//! Aligned buffers of float32 from a few large ranges of addresses: a fresh page costs more than
//! the kernel that fills it.

use crate::failure::out_of_memory;
use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Buffers start on pages, so that none shares a cache line or a page with another.
const PAGE: usize = 4096;
const HUGE_PAGE: usize = 2 << 20;
/// Addresses asked for at once: pages that were never written cost nothing. A system that counts
/// addresses as memory is asked for less, down to what is needed.
const SEGMENT: usize = if cfg!(miri) { 4 << 20 } else { 64 << 30 };

#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Statistics {
    pub used_bytes: usize,
    pub free_bytes: usize,
    pub peak_bytes: usize,
    pub allocations: usize,
}

/// Addresses from one request to the system.
struct Segment {
    start: usize,
    end: usize,
    /// Up to where buffers were ever handed out: the pages behind are not there yet.
    touched: usize,
    origin: usize,
    layout: Layout,
}

/// Serves every request from the lowest addresses that are free in the oldest segment. What is
/// given back in the reverse order of its requests, as the activations of a network are, leaves no
/// holes, whatever the sizes: no more is held than was once in use together.
struct Space {
    /// Addresses that a segment has where the system grants them.
    segment: usize,
    segments: Vec<Segment>,
    /// Lengths of free ranges by their start; neighbours are joined.
    free: BTreeMap<usize, usize>,
    used: usize,
    peak: usize,
    growths: usize,
}

// SAFETY: a space owns its segments; addresses in it are plain numbers.
unsafe impl Send for Space {}

impl Space {
    const fn new(segment: usize) -> Space {
        Space { segment, segments: Vec::new(), free: BTreeMap::new(), used: 0, peak: 0, growths: 0 }
    }

    fn take(&mut self, bytes: usize) -> usize {
        loop {
            let fit = |segment: &Segment| self.free.range(segment.start..segment.end).find(|&(_, &length)| length >= bytes);
            let Some((&start, &length)) = self.segments.iter().find_map(fit) else {
                self.add_segment(bytes);
                continue;
            };
            self.free.remove(&start);
            if length > bytes {
                self.free.insert(start + bytes, length - bytes);
            }
            self.used += bytes;
            self.touch(start + bytes);
            return start;
        }
    }

    fn give_back(&mut self, start: usize, bytes: usize) {
        self.used -= bytes;
        let (mut start, mut end) = (start, start + bytes);
        if let Some((&before, &length)) = self.free.range(..start).next_back()
            && before + length == start
        {
            start = before;
        }
        if let Some(&length) = self.free.get(&end) {
            self.free.remove(&end);
            end += length;
        }
        self.free.insert(start, end - start);
    }

    fn touch(&mut self, end: usize) {
        if let Some(segment) = self.segments.iter_mut().find(|segment| segment.start < end && end <= segment.end)
            && segment.touched < end
        {
            segment.touched = end;
            self.growths += 1;
            self.peak = self.peak.max(self.held());
        }
    }

    fn held(&self) -> usize {
        self.segments.iter().map(|segment| segment.touched - segment.start).sum()
    }

    fn add_segment(&mut self, bytes: usize) {
        // Zeroed memory of this size comes straight from the system, which writes no page before it
        // is used; an alignment beyond the allocator's own would have it written here. So the start
        // is aligned by hand. The page behind keeps segments apart.
        let claim = |bytes: usize| {
            let Ok(layout) = Layout::from_size_align(bytes.saturating_add(HUGE_PAGE + PAGE), 16) else { out_of_memory(bytes) };
            // SAFETY: the layout's size is not 0.
            (unsafe { alloc_zeroed(layout) } as usize, layout)
        };
        let least = bytes.checked_next_multiple_of(HUGE_PAGE).unwrap_or(usize::MAX);
        let mut length = least.max(self.segment);
        let (mut origin, mut layout) = claim(length);
        while origin == 0 && length > least {
            length = least.max(length / 2);
            (origin, layout) = claim(length);
        }
        if origin == 0 {
            out_of_memory(bytes);
        }
        let start = origin.next_multiple_of(HUGE_PAGE);
        advise(start, length, Advice::Huge);
        self.segments.push(Segment { start, end: start + length, touched: start, origin, layout });
        self.free.insert(start, length);
    }

    /// Returns what is free to the operating system: whole segments, and pages inside others.
    fn release(&mut self) {
        let free = &mut self.free;
        self.segments.retain_mut(|segment| {
            if free.get(&segment.start) == Some(&(segment.end - segment.start)) {
                free.remove(&segment.start);
                // SAFETY: the segment came from `alloc_zeroed` with this layout, and no buffer lies
                // in it.
                unsafe { dealloc(segment.origin as *mut u8, segment.layout) };
                return false;
            }
            for (&start, &length) in free.range(segment.start..segment.end) {
                let end = (start + length).min(segment.touched);
                if start < end && advise(start, end - start, Advice::Unneeded) && start + length == segment.end {
                    segment.touched = start;
                }
            }
            true
        });
    }

    fn statistics(&self) -> Statistics {
        let held = self.held();
        Statistics { used_bytes: self.used, free_bytes: held - self.used, peak_bytes: self.peak, allocations: self.growths }
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        for segment in &self.segments {
            // SAFETY: as in `release`; the space's owner has given all buffers back.
            unsafe { dealloc(segment.origin as *mut u8, segment.layout) };
        }
    }
}

static SPACE: Mutex<Space> = Mutex::new(Space::new(SEGMENT));

fn space() -> MutexGuard<'static, Space> {
    SPACE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes that a buffer of so many values takes.
pub fn buffer_bytes(length: usize) -> usize {
    length.saturating_mul(size_of::<f32>()).checked_next_multiple_of(PAGE).unwrap_or(usize::MAX)
}

/// Float32 storage with stale contents (zero when fresh), on pages of its own; returns to the space
/// when dropped.
pub struct Buffer {
    pointer: *mut f32,
    length: usize,
}

// SAFETY: a buffer is plain memory with a single owner.
unsafe impl Send for Buffer {}
// SAFETY: shared access through `&Buffer` hands out raw pointers only; their users state their own
// invariants.
unsafe impl Sync for Buffer {}

/// Under checkers of memory every buffer is an allocation of its own, so that they see what
/// oversteps it.
const SEPARATE: bool = cfg!(any(miri, separate_buffers));

fn separate_layout(length: usize) -> Layout {
    Layout::from_size_align(length * size_of::<f32>(), 64).unwrap_or(Layout::new::<u64>())
}

impl Buffer {
    /// # Panics
    /// When the system has no memory for it.
    pub fn new(length: usize) -> Buffer {
        let pointer = if length == 0 {
            std::ptr::dangling_mut()
        } else if SEPARATE {
            // SAFETY: the layout's size is not 0.
            unsafe { alloc_zeroed(separate_layout(length)).cast() }
        } else {
            space().take(buffer_bytes(length)) as *mut f32
        };
        Buffer { pointer, length }
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn pointer(&self) -> *mut f32 {
        self.pointer
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if self.length == 0 {
            return;
        }
        if SEPARATE {
            // SAFETY: `new` allocated it with this layout.
            unsafe { dealloc(self.pointer.cast(), separate_layout(self.length)) };
        } else {
            space().give_back(self.pointer as usize, buffer_bytes(self.length));
        }
    }
}

enum Advice {
    Huge,
    Unneeded,
}

/// Whether the system took the advice.
#[cfg(all(target_os = "linux", not(miri)))]
fn advise(start: usize, length: usize, advice: Advice) -> bool {
    let advice = match advice {
        Advice::Huge => libc::MADV_HUGEPAGE,
        Advice::Unneeded => libc::MADV_DONTNEED,
    };
    // SAFETY: whole pages of a segment, in no buffer where they are not needed. Failure is
    // harmless.
    unsafe { libc::madvise(start as *mut libc::c_void, length, advice) == 0 }
}

#[cfg(not(all(target_os = "linux", not(miri))))]
fn advise(_start: usize, _length: usize, _advice: Advice) -> bool {
    false
}

pub fn statistics() -> Statistics {
    space().statistics()
}

/// Returns what is not in use to the operating system.
pub fn release() {
    space().release();
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: usize = HUGE_PAGE;

    /// A generator of page counts up to 64.
    fn pages() -> impl FnMut() -> usize {
        let mut random = 1u64;
        move || {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            PAGE * (1 + (random >> 58) as usize)
        }
    }

    #[test]
    fn requests_of_new_sizes_hold_no_more_than_was_in_use_together() {
        // A space of its own: other tests use the shared one at the same time.
        let (mut space, mut pages) = (Space::new(SMALL), pages());
        let mut most = 0;
        for _ in 0..50 {
            let taken: Vec<(usize, usize)> = (0..6).map(|_| pages()).map(|bytes| (space.take(bytes), bytes)).collect();
            most = most.max(space.statistics().used_bytes);
            taken.into_iter().rev().for_each(|(start, bytes)| space.give_back(start, bytes));
        }
        assert_eq!(space.statistics().peak_bytes, most);
        assert_eq!(space.statistics().used_bytes, 0);
    }

    #[test]
    fn buffers_lie_apart_and_free_ranges_join_in_any_order() {
        let (mut space, mut pages) = (Space::new(SMALL), pages());
        let mut taken: Vec<(usize, usize)> = (0..40).map(|_| pages()).map(|bytes| (space.take(bytes), bytes)).collect();
        taken.sort_unstable();
        for pair in taken.windows(2) {
            assert!(pair[0].0 + pair[0].1 <= pair[1].0);
        }
        // Every third, then the rest.
        for step in 0..3 {
            taken.iter().skip(step).step_by(3).for_each(|&(start, bytes)| space.give_back(start, bytes));
        }
        assert_eq!(space.free.len(), space.segments.len());
        space.release();
        assert_eq!((space.statistics().used_bytes, space.statistics().free_bytes), (0, 0));
    }

    #[test]
    fn a_request_larger_than_a_segment_is_served() {
        let mut space = Space::new(SMALL);
        let small = space.take(PAGE);
        let large = space.take(SMALL + PAGE);
        assert!(space.segments.len() == 2 && !(small..small + PAGE).contains(&large));
        space.give_back(large, SMALL + PAGE);
        space.give_back(small, PAGE);
    }

    #[test]
    fn a_dropped_buffer_is_used_again() {
        let buffer = Buffer::new(1_234_567);
        assert_eq!(buffer.pointer() as usize % 64, 0);
        // SAFETY: inside the buffer.
        unsafe { *buffer.pointer().add(1_234_566) = 1.0 };
        drop(buffer);
        assert_eq!(Buffer::new(0).len(), 0);
    }
}
