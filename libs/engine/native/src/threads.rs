//! A fork-join pool. Work is given as numbered tasks whose results do not depend on who runs them,
//! so that the number of threads changes no bit; threads only decide how soon a task is taken.

use crate::failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;

/// Work of one `run`: called with (task, thread).
type Work<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// About 50 µs of waiting before a worker sleeps: longer than the serial gaps inside one call.
const SPINS: usize = 1000;

pub const MAX_THREADS: usize = 256;

struct Job {
    /// Lifetime erased; valid while `active` is not 0 for the generation it was published with.
    work: *const (dyn Fn(usize, usize) + Sync),
    tasks: usize,
}

struct Shared {
    generation: AtomicU64,
    next: AtomicUsize,
    active: AtomicUsize,
    /// Why the first task that failed did.
    failure: Mutex<Option<String>>,
    stop: AtomicBool,
    job: Mutex<Option<Job>>,
    sleepers: AtomicUsize,
    bed: Mutex<()>,
    wake: Condvar,
}

// SAFETY: the raw pointer inside `job` is to a `Sync` closure that outlives its use (see
// `Pool::run`).
unsafe impl Send for Shared {}
// SAFETY: as above; everything else is atomic or behind a mutex.
unsafe impl Sync for Shared {}

struct Pool {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pool {
    fn new(threads: usize) -> Pool {
        let shared = Arc::new(Shared {
            generation: AtomicU64::new(0),
            next: AtomicUsize::new(0),
            active: AtomicUsize::new(0),
            failure: Mutex::new(None),
            stop: AtomicBool::new(false),
            job: Mutex::new(None),
            sleepers: AtomicUsize::new(0),
            bed: Mutex::new(()),
            wake: Condvar::new(),
        });
        let workers = (1..threads)
            .filter_map(|thread| {
                let shared = shared.clone();
                std::thread::Builder::new().name(format!("oneshot-{thread}")).spawn(move || serve(&shared, thread)).ok()
            })
            .collect();
        Pool { shared, workers }
    }

    fn threads(&self) -> usize {
        self.workers.len() + 1
    }

    /// Runs tasks `0..tasks`.
    ///
    /// # Errors
    /// The reason of the first task that panicked.
    fn run(&self, tasks: usize, work: Work<'_>) -> Result<(), String> {
        let shared = &*self.shared;
        if self.workers.is_empty() || tasks <= 1 {
            return catch_unwind(AssertUnwindSafe(|| (0..tasks).for_each(|task| work(task, 0))))
                .map_err(|payload| failure::reason(&*payload));
        }
        // SAFETY: only the lifetime changes; this function returns after `active` is 0, when no
        // worker can touch it again.
        let erased = unsafe { std::mem::transmute::<Work<'_>, Work<'static>>(work) };
        *lock(&shared.job) = Some(Job { work: erased, tasks });
        *lock(&shared.failure) = None;
        shared.next.store(0, Ordering::Relaxed);
        shared.active.store(self.workers.len(), Ordering::Relaxed);
        shared.generation.fetch_add(1, Ordering::SeqCst);
        if shared.sleepers.load(Ordering::SeqCst) > 0 {
            let _bed = lock(&shared.bed);
            shared.wake.notify_all();
        }
        take_tasks(shared, tasks, work, 0);
        let mut spins = 0;
        while shared.active.load(Ordering::Acquire) != 0 {
            spins += 1;
            if spins < SPINS { std::hint::spin_loop() } else { std::thread::yield_now() }
        }
        lock(&shared.failure).take().map_or(Ok(()), Err)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        self.shared.generation.fetch_add(1, Ordering::SeqCst);
        {
            let _bed = lock(&self.shared.bed);
            self.shared.wake.notify_all();
        }
        for worker in self.workers.drain(..) {
            // A worker that panicked outside a task has nothing left to hand over.
            drop(worker.join());
        }
    }
}

fn take_tasks(shared: &Shared, tasks: usize, work: Work<'_>, thread: usize) {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        loop {
            let task = shared.next.fetch_add(1, Ordering::Relaxed);
            if task >= tasks {
                break;
            }
            work(task, thread);
        }
    }));
    if let Err(payload) = outcome {
        lock(&shared.failure).get_or_insert_with(|| failure::reason(&*payload));
    }
}

fn serve(shared: &Shared, thread: usize) {
    let mut seen = 0;
    loop {
        let mut spins = 0;
        while shared.generation.load(Ordering::SeqCst) == seen {
            spins += 1;
            if spins < SPINS {
                std::hint::spin_loop();
                continue;
            }
            let mut bed = lock(&shared.bed);
            shared.sleepers.fetch_add(1, Ordering::SeqCst);
            while shared.generation.load(Ordering::SeqCst) == seen {
                bed = shared.wake.wait(bed).unwrap_or_else(PoisonError::into_inner);
            }
            shared.sleepers.fetch_sub(1, Ordering::SeqCst);
        }
        seen = shared.generation.load(Ordering::SeqCst);
        if shared.stop.load(Ordering::SeqCst) {
            return;
        }
        let job = lock(&shared.job).as_ref().map(|job| (job.work, job.tasks));
        if let Some((work, tasks)) = job {
            // SAFETY: `run` published this closure and waits for `active` to reach 0 before it
            // returns.
            take_tasks(shared, tasks, unsafe { &*work }, thread);
        }
        shared.active.fetch_sub(1, Ordering::Release);
    }
}

fn pool() -> &'static Mutex<Pool> {
    static POOL: OnceLock<Mutex<Pool>> = OnceLock::new();
    POOL.get_or_init(|| Mutex::new(Pool::new(default_threads())))
}

/// What the process may use: affinity and container limits respected.
fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS)
}

pub fn set_threads(count: usize) {
    let mut pool = lock(pool());
    if pool.threads() != count {
        *pool = Pool::new(count);
    }
}

pub fn threads() -> usize {
    lock(pool()).threads()
}

/// Runs `work(task, thread)` for every task, in any order, on all threads; `thread < threads()`.
///
/// # Panics
/// When a task panicked, with its reason. Not reentrant: a task must not call `run`.
pub fn run(tasks: usize, work: impl Fn(usize, usize) + Sync) {
    let outcome = lock(pool()).run(tasks, &work);
    if let Err(reason) = outcome {
        failure::end(reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_runs_once() {
        let counts: Vec<AtomicUsize> = (0..1000).map(|_| AtomicUsize::new(0)).collect();
        for _ in 0..50 {
            run(counts.len(), |task, _| {
                counts[task].fetch_add(1, Ordering::Relaxed);
            });
        }
        assert!(counts.iter().all(|count| count.load(Ordering::Relaxed) == 50));
    }

    #[test]
    fn a_failing_task_is_reported_and_the_pool_lives_on() {
        let pool = Pool::new(3);
        assert_eq!(pool.run(8, &|task, _| assert!(task != 5, "task {task}")), Err("task 5".to_string()));
        assert_eq!(pool.run(8, &|_, _| ()), Ok(()));
    }
}
