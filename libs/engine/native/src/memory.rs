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
    /// Addresses by class; no class without an address.
    by_class: BTreeMap<usize, Vec<usize>>,
    /// The most bytes that were in use at once.
    most_used: usize,
    statistics: Statistics,
}

static FREE: Mutex<Free> = Mutex::new(Free::new());

impl Free {
    const fn new() -> Free {
        let statistics = Statistics { used_bytes: 0, free_bytes: 0, peak_bytes: 0, allocations: 0 };
        Free { by_class: BTreeMap::new(), most_used: 0, statistics }
    }

    /// Accounts for a request. Returns an unused buffer of the smallest class that serves it and wastes less than as much again, with
    /// its class; with none, the caller allocates `class`. Then no more is held than the most that was ever in use and a
    /// quarter: requests of ever new sizes, as of paths drawn at random, would pile up buffers otherwise.
    fn claim(&mut self, class: usize) -> Option<(usize, usize)> {
        let found = self.by_class.range(class..2 * class).next().map(|(&found, _)| found);
        let reused = found.and_then(|found| self.pop(found).map(|address| (address, found)));
        self.statistics.used_bytes += reused.map_or(class, |(_, found)| found);
        self.most_used = self.most_used.max(self.statistics.used_bytes);
        if reused.is_none() {
            self.shrink_to(self.most_used + self.most_used / 4);
            self.statistics.allocations += 1;
            self.statistics.peak_bytes = self.statistics.peak_bytes.max(self.held_bytes());
        }
        reused
    }

    fn give_back(&mut self, address: usize, class: usize) {
        self.statistics.used_bytes -= class;
        self.statistics.free_bytes += class;
        self.by_class.entry(class).or_default().push(address);
    }

    fn held_bytes(&self) -> usize {
        self.statistics.used_bytes + self.statistics.free_bytes
    }

    /// Returns unused buffers to the system, the largest first, until no more than `bytes` are held or none is unused.
    fn shrink_to(&mut self, bytes: usize) {
        while self.held_bytes() > bytes {
            let Some(&class) = self.by_class.keys().next_back() else { return };
            let Some(address) = self.pop(class) else { return };
            // SAFETY: the address came from `alloc` with this layout and is in no buffer.
            unsafe { dealloc(address as *mut u8, layout(class)) };
        }
    }

    fn pop(&mut self, class: usize) -> Option<usize> {
        let addresses = self.by_class.get_mut(&class)?;
        let address = addresses.pop()?;
        if addresses.is_empty() {
            self.by_class.remove(&class);
        }
        self.statistics.free_bytes -= class;
        Some(address)
    }
}

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
        let reused = free_list().claim(class);
        if let Some((address, class)) = reused {
            return Buffer { pointer: address as *mut f32, length, class };
        }
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
        free_list().give_back(self.pointer as usize, self.class);
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
    free_list().shrink_to(0);
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
    fn requests_of_new_sizes_do_not_pile_up() {
        // A list of its own: other tests use the shared one at the same time.
        let mut free = Free::new();
        let mut random = 1u64;
        for _ in 0..50 {
            let mut claimed = Vec::new();
            for _ in 0..4 {
                random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let class = size_class((1 << 16) + (random >> 44) as usize);
                // SAFETY: the layout's size is at least 4096.
                let fresh = || (unsafe { alloc(layout(class)) } as usize, class);
                let (address, found) = free.claim(class).unwrap_or_else(fresh);
                assert!(found >= class && found < 2 * class);
                claimed.push((address, found));
            }
            assert!(free.held_bytes() <= free.most_used + free.most_used / 4);
            claimed.into_iter().for_each(|(address, found)| free.give_back(address, found));
        }
        free.shrink_to(0);
        assert_eq!(free.held_bytes(), 0);
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
