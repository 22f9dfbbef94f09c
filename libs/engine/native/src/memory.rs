//! Aligned buffers of float32 from a pool by size class: a fresh page costs more than the kernel that fills it.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Cache line and widest vector.
pub const ALIGNMENT: usize = 64;
const HUGE_PAGE: usize = 2 << 20;

#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Statistics {
    pub used_bytes: usize,
    pub free_bytes: usize,
    pub peak_bytes: usize,
    pub allocations: usize,
}

struct Free {
    by_class: BTreeMap<usize, Vec<usize>>,
    statistics: Statistics,
}

static FREE: Mutex<Free> = Mutex::new(Free {
    by_class: BTreeMap::new(),
    statistics: Statistics { used_bytes: 0, free_bytes: 0, peak_bytes: 0, allocations: 0 },
});

fn free_list() -> MutexGuard<'static, Free> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes handed out for a request: eight classes per power of two, so at most an eighth is wasted.
pub fn size_class(bytes: usize) -> usize {
    let bytes = bytes.max(4096);
    let step = (bytes.next_power_of_two() / 16).max(ALIGNMENT);
    bytes.div_ceil(step) * step
}

fn layout(class: usize) -> Layout {
    let alignment = if class >= HUGE_PAGE { HUGE_PAGE } else { ALIGNMENT };
    // The alignment is a power of two and classes are far below isize::MAX, since allocations of them succeed or abort.
    Layout::from_size_align(class, alignment).unwrap_or(Layout::new::<u64>())
}

/// Float32 storage with stale contents, aligned to 64 bytes; returns to the pool when dropped.
pub struct Buffer {
    pointer: *mut f32,
    length: usize,
    class: usize,
}

// SAFETY: a buffer is plain memory with a single owner.
unsafe impl Send for Buffer {}
// SAFETY: shared access through `&Buffer` hands out raw pointers only; their users state their own invariants.
unsafe impl Sync for Buffer {}

impl Buffer {
    /// `length` values, whatever was there before (zero when fresh).
    pub fn new(length: usize) -> Buffer {
        let class = size_class(length * size_of::<f32>());
        let mut free = free_list();
        free.statistics.used_bytes += class;
        let reused = free.by_class.get_mut(&class).and_then(Vec::pop);
        if let Some(address) = reused {
            free.statistics.free_bytes -= class;
            return Buffer { pointer: address as *mut f32, length, class };
        }
        free.statistics.allocations += 1;
        let total = free.statistics.used_bytes + free.statistics.free_bytes;
        free.statistics.peak_bytes = free.statistics.peak_bytes.max(total);
        drop(free);
        // SAFETY: the layout's size is at least 4096.
        let pointer = unsafe { alloc(layout(class)) };
        if pointer.is_null() {
            handle_alloc_error(layout(class));
        }
        advise_huge_pages(pointer, class);
        // SAFETY: `length` values fit the class just allocated. Fresh memory becomes defined, and present, here.
        unsafe { std::ptr::write_bytes(pointer.cast::<f32>(), 0, length) };
        Buffer { pointer: pointer.cast(), length, class }
    }

    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub fn bytes(&self) -> usize {
        self.class
    }

    pub fn pointer(&self) -> *mut f32 {
        self.pointer
    }

    /// Frees the memory instead of keeping it for reuse.
    fn give_to_system(self) {
        let buffer = std::mem::ManuallyDrop::new(self);
        free_list().statistics.used_bytes -= buffer.class;
        // SAFETY: the pointer came from `alloc` with this layout, and its only owner is given up here.
        unsafe { dealloc(buffer.pointer.cast(), layout(buffer.class)) };
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut free = free_list();
        free.statistics.used_bytes -= self.class;
        free.statistics.free_bytes += self.class;
        free.by_class.entry(self.class).or_default().push(self.pointer as usize);
    }
}

/// Scratch of one call. Calls come one after the other, so one buffer, grown to the largest request, serves them all.
pub struct Scratch {
    buffer: Option<Buffer>,
}

static SPARE: Mutex<Option<Buffer>> = Mutex::new(None);

fn spare() -> MutexGuard<'static, Option<Buffer>> {
    SPARE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Scratch {
    /// At least `length` values with stale contents.
    pub fn take(length: usize) -> Scratch {
        let buffer = match spare().take() {
            Some(buffer) if buffer.bytes() >= length * size_of::<f32>() => buffer,
            smaller => {
                if let Some(buffer) = smaller {
                    buffer.give_to_system();
                }
                Buffer::new(length)
            }
        };
        Scratch { buffer: Some(buffer) }
    }

    pub fn pointer(&self) -> *mut f32 {
        self.buffer.as_ref().map_or(std::ptr::null_mut(), Buffer::pointer)
    }
}

impl Drop for Scratch {
    /// The larger buffer stays for the next call; another is there only when two calls ran at once.
    fn drop(&mut self) {
        let mut spare = spare();
        let found = [spare.take(), self.buffer.take()];
        let mut found: Vec<Buffer> = found.into_iter().flatten().collect();
        found.sort_by_key(Buffer::bytes);
        *spare = found.pop();
        drop(spare);
        found.into_iter().for_each(Buffer::give_to_system);
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
fn advise_huge_pages(pointer: *mut u8, class: usize) {
    if class >= HUGE_PAGE {
        // SAFETY: the range was just allocated, starts on a page, and advice changes no contents. Failure is harmless.
        unsafe { libc::madvise(pointer.cast(), class, libc::MADV_HUGEPAGE) };
    }
}

#[cfg(not(all(target_os = "linux", not(miri))))]
fn advise_huge_pages(_pointer: *mut u8, _class: usize) {}

pub fn statistics() -> Statistics {
    free_list().statistics
}

/// Returns every unused buffer to the operating system.
pub fn release() {
    if let Some(buffer) = spare().take() {
        buffer.give_to_system();
    }
    let mut free = free_list();
    for (class, addresses) in std::mem::take(&mut free.by_class) {
        for address in addresses {
            free.statistics.free_bytes -= class;
            // SAFETY: the address came from `alloc` with this layout and is in no buffer.
            unsafe { dealloc(address as *mut u8, layout(class)) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_waste_at_most_an_eighth() {
        for bytes in (4096..10_000_000).step_by(1237) {
            let class = size_class(bytes);
            assert!(class >= bytes && class - bytes <= bytes / 8 + ALIGNMENT, "{bytes} -> {class}");
        }
    }

    #[test]
    fn a_dropped_buffer_is_used_again() {
        let length = 1_234_567;
        let first = Buffer::new(length);
        let address = first.pointer() as usize;
        assert_eq!(address % ALIGNMENT, 0);
        drop(first);
        assert_eq!(Buffer::new(length).pointer() as usize, address);
    }
}
