//! Gives memory back to the system as soon as it is free.

/// Blocks of this many bytes and more are the system's again once they are free. Left to itself,
/// the GNU allocator raises that bound to the largest block ever freed, and from then on keeps the
/// 19 MiB that each check of a PIN or a receipt takes, in as many pools as there are threads.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const RETURNED: libc::c_int = 256 * 1024;
/// So many pools at most: more of them make no work of this program faster.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const POOLS: libc::c_int = 2;

/// To be called before any thread is started.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn give_back() {
    // SAFETY: these two calls only set numbers of the allocator, which takes them at any time.
    #[allow(unsafe_code, reason = "why it is sound stands above")]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, RETURNED);
        libc::mallopt(libc::M_ARENA_MAX, POOLS);
    }
}

/// Other allocators give back what is free by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back() {}
