//! What it costs to seal the key of a complaint, and to open what a PIN opens.

use divan::{Bencher, black_box};
use lobby_kiosk::seal::{BranchKey, ContentKey, KeyFile, Places};
use tempfile::TempDir;

#[divan::bench]
fn seal_a_key(bencher: Bencher) {
    let (branch, content) = (BranchKey::random().unwrap(), ContentKey::random().unwrap());
    let public = branch.public();
    bencher.bench_local(|| public.seal(black_box(&content), "complaint:1", "content"));
}

#[divan::bench]
fn open_a_key(bencher: Bencher) {
    let (branch, content) = (BranchKey::random().unwrap(), ContentKey::random().unwrap());
    let sealed = branch.public().seal(&content, "complaint:1", "content");
    let sealed = sealed.unwrap();
    bencher.bench_local(|| branch.open(black_box(&sealed), "complaint:1", "content"));
}

/// The slow hash of a PIN with the device's secret.
#[divan::bench(sample_count = 20)]
fn unlock_with_a_pin(bencher: Bencher) {
    let dir = TempDir::new().unwrap();
    let places = Places {
        given: Vec::new(),
        own: Some(dir.path().join("state").join("device-secret")),
    };
    let devices = places.find_or_make().unwrap();
    let mut file = KeyFile::read_or_make(dir.path(), devices.first()).unwrap();
    let key = file.unlock(None, &devices).unwrap().key;
    file.put_under_pin(&key, "482915", devices.first()).unwrap();
    bencher.bench_local(|| file.unlock(black_box(Some("482915")), &devices));
}
