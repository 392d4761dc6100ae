//! What kind of disk a directory lies on. SQLite's write-ahead log needs memory that all programs
//! share, which network shares and FUSE do not promise.

use std::path::Path;

/// Kinds on which the write-ahead log is not to be trusted (<https://sqlite.org/wal.html>,
/// section 1: all processes must be on the same host and share memory).
const SHARED: [&str; 21] = [
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse",
    "fuseblk",
    "gfs2",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "vmhgfs",
];

/// The kind of file system that `path` lies on, as the kernel names it, such as `ext4` or
/// `fuse.sshfs`; none where the system does not tell.
pub fn kind(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    kind_in(&mounts, &path)
}

/// The same, by the kernel's table of mounts (`proc(5)`, `mountinfo`). Of several at one place the
/// last covers the others.
pub fn kind_in(mounts: &str, path: &Path) -> Option<String> {
    let found = mounts.lines().filter_map(|line| {
        let (place, rest) = line.split_once(" - ")?;
        let place = unescaped(place.split(' ').nth(4)?);
        let kind = rest.split(' ').next()?;
        path.starts_with(&place).then_some((place.len(), kind))
    });
    let (_, kind) = found.max_by_key(|(length, _)| *length)?;
    Some(kind.to_owned())
}

/// Blanks and the like stand as octal numbers in the table.
fn unescaped(place: &str) -> String {
    [
        (r"\040", " "),
        (r"\011", "\t"),
        (r"\012", "\n"),
        (r"\134", r"\"),
    ]
    .iter()
    .fold(place.to_owned(), |place, (from, to)| {
        place.replace(from, to)
    })
}

/// Whether the write-ahead log is not to be used on this kind.
pub fn is_shared(kind: &str) -> bool {
    let family = kind.split('.').next().unwrap_or(kind);
    SHARED.contains(&family)
}
