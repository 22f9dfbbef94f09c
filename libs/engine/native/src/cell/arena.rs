//! Scratch of one thread: taken front to back within a task, given back all at once, kept between tasks.

use crate::memory::Buffer;
use std::cell::RefCell;

/// Values of a block: a few huge pages.
const BLOCK: usize = 1 << 20;

#[derive(Default)]
pub struct Arena {
    blocks: Vec<Buffer>,
    block: usize,
    used: usize,
}

/// A point to rewind to.
#[derive(Clone, Copy)]
pub struct Mark {
    block: usize,
    used: usize,
}

impl Arena {
    /// `length` values with stale contents, aligned to 64 bytes, valid until the arena is rewound past this point.
    pub fn take(&mut self, length: usize) -> *mut f32 {
        let length = length.next_multiple_of(16);
        loop {
            match self.blocks.get(self.block) {
                Some(block) if self.used + length <= block.len() => {
                    // SAFETY: used + length lies inside the block.
                    let pointer = unsafe { block.pointer().add(self.used) };
                    self.used += length;
                    return pointer;
                }
                Some(_) => {
                    self.block += 1;
                    self.used = 0;
                }
                None => self.blocks.push(Buffer::new(length.max(BLOCK))),
            }
        }
    }

    pub fn mark(&self) -> Mark {
        Mark { block: self.block, used: self.used }
    }

    pub fn rewind(&mut self, mark: Mark) {
        self.block = mark.block;
        self.used = mark.used;
    }
}

thread_local! {
    static ARENA: RefCell<Arena> = RefCell::new(Arena::default());
}

/// Runs `work` with this thread's arena, rewound to its start.
pub fn with<R>(work: impl FnOnce(&mut Arena) -> R) -> R {
    ARENA.with(|arena| {
        let mut arena = arena.borrow_mut();
        arena.rewind(Mark { block: 0, used: 0 });
        work(&mut arena)
    })
}
