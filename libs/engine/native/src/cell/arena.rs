//! Scratch of one thread: taken front to back within a task, given back all at once, kept between
//! tasks.

use crate::failure::out_of_memory;
use std::cell::RefCell;

/// A cache line; its values are reached through pointers only.
#[derive(Clone, Copy)]
#[allow(dead_code)]
#[repr(align(64))]
struct Line([f32; LINE]);

const LINE: usize = 16;

/// Lines of a block: 4 MiB.
const BLOCK: usize = 1 << 16;

/// Owns its lines by a pointer, so that pointers into them stay valid while it is moved and looked
/// at.
struct Block(*mut [Line]);

impl Block {
    fn new(lines: usize) -> Block {
        let mut owned = Vec::new();
        if owned.try_reserve_exact(lines).is_err() {
            out_of_memory(lines.saturating_mul(size_of::<Line>()));
        }
        owned.resize(lines, Line([0.0; LINE]));
        Block(Box::into_raw(owned.into_boxed_slice()))
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        // SAFETY: made by `new`, and no one takes from a dropped arena.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

#[derive(Default)]
pub struct Arena {
    blocks: Vec<Block>,
    block: usize,
    /// Lines of the block.
    used: usize,
}

/// A point to rewind to.
#[derive(Clone, Copy)]
pub struct Mark {
    block: usize,
    used: usize,
}

impl Arena {
    /// `length` values with stale contents, aligned to 64 bytes, valid until the arena is rewound
    /// past this point.
    pub fn take(&mut self, length: usize) -> *mut f32 {
        let lines = length.div_ceil(LINE);
        loop {
            match self.blocks.get(self.block) {
                Some(block) if self.used + lines <= block.0.len() => {
                    // SAFETY: used + lines lies inside the block.
                    let pointer = unsafe { block.0.cast::<Line>().add(self.used) };
                    self.used += lines;
                    return pointer.cast();
                }
                Some(_) => {
                    self.block += 1;
                    self.used = 0;
                }
                None => self.blocks.push(Block::new(lines.max(BLOCK))),
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
