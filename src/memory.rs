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

/// Lets go of the parts of the program's own file that are in memory, once it has started: most of
/// them only the start needed. What is needed again is taken from the system's cache of the file.
#[cfg(target_os = "linux")]
pub fn forget_start() {
    let (Ok(program), Ok(maps)) = (
        std::env::current_exe(),
        std::fs::read_to_string("/proc/self/smaps"),
    ) else {
        return;
    };
    for (from, length) in unchanged(&maps, &program.to_string_lossy()) {
        let from = std::ptr::with_exposed_provenance_mut(from);
        // SAFETY: these pages are mapped from a file, cannot be written and were not: whoever reads
        // them again, at any moment, finds in the file what stood there.
        #[allow(unsafe_code, reason = "why it is sound stands above")]
        let done = unsafe { rustix::mm::madvise(from, length, rustix::mm::Advice::LinuxDontNeed) };
        if done.is_err() {
            return;
        }
    }
}

/// Elsewhere they stay.
#[cfg(not(target_os = "linux"))]
pub fn forget_start() {}

/// Has the system read the whole of the program's file ahead, into its own cache: the first touch after
/// the tablet was switched on is not to wait for a disk. It is the system's to drop again.
#[cfg(target_os = "linux")]
pub fn read_ahead() {
    let Ok(program) = std::fs::File::open("/proc/self/exe") else {
        return;
    };
    #[expect(
        clippy::unused_result_ok,
        reason = "where the system takes no advice, the file is read as it is needed"
    )]
    rustix::fs::fadvise(&program, 0, None, rustix::fs::Advice::WillNeed).ok();
}

/// Elsewhere it is read as it is needed.
#[cfg(not(target_os = "linux"))]
pub fn read_ahead() {}

/// Where, in a process whose `/proc/self/smaps` this is, the file `program` lies that cannot be
/// written and has not been: addresses and lengths.
#[cfg(target_os = "linux")]
fn unchanged(smaps: &str, program: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut mapped: Option<(usize, usize)> = None;
    for line in smaps.lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        if let Some((from, to)) = first.split_once('-') {
            let address = |text| usize::from_str_radix(text, 16).ok();
            let rights = words.next().unwrap_or_default();
            let is_own = rights.starts_with("r-") && line.ends_with(&format!(" {program}"));
            mapped = (address(from).zip(address(to)))
                .filter(|_| is_own)
                .map(|(from, to)| (from, to.saturating_sub(from)));
            found.extend(mapped);
        } else if first.ends_with("_Dirty:") && words.next() != Some("0") {
            // The linker has written there: what stands there now is in no file.
            found.retain(|one| Some(*one) != mapped);
        }
    }
    found
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_has_written_is_let_go_of() {
        let maps = "\
00001000-00003000 r--p 00000000 08:01 42     /opt/kiosk
Rss:                   8 kB
Shared_Dirty:          0 kB
Private_Dirty:         0 kB
00003000-00004000 r-xp 00002000 08:01 42     /opt/kiosk
Private_Dirty:         0 kB
00004000-00005000 r--p 00003000 08:01 42     /opt/kiosk
Shared_Dirty:          0 kB
Private_Dirty:         4 kB
00005000-00006000 rw-p 00004000 08:01 42     /opt/kiosk
Private_Dirty:         0 kB
00006000-00007000 r--p 00000000 08:01 43     /opt/other-kiosk
Private_Dirty:         0 kB
00007000-00008000 r--p 00000000 00:00 0 
Private_Dirty:         0 kB
";
        assert_eq!(
            unchanged(maps, "/opt/kiosk"),
            [(0x1000, 0x2000), (0x3000, 0x1000)]
        );
    }

    #[test]
    fn the_program_goes_on_without_what_its_start_needed() {
        let sum = || -> u32 {
            let own = include_bytes!("memory.rs");
            own.iter().map(|one| u32::from(*one)).sum()
        };
        let before = sum();
        forget_start();
        assert_eq!(before, sum());
    }
}
