//! How the program is asked to end: by the system, and never by whoever closes its window.

use slint::{CloseRequestResponse, ComponentHandle};
use tracing::{info, warn};

/// Calls `then`, on a thread of its own, once the system asks the program to end: on a shutdown,
/// when its service is stopped, when its terminal goes away. Without it the program would end
/// there and then, whatever is still to be written.
///
/// # Errors
/// If the system cannot tell; it then ends the program as it always did.
#[cfg(unix)]
pub fn when_asked_to_end(then: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    use tokio::runtime::Builder;
    use tokio::signal::unix::{SignalKind, signal};

    let runtime = Builder::new_current_thread().enable_io().build()?;
    let (mut terminate, mut interrupt, mut hangup) = {
        let _here = runtime.enter();
        (
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
            signal(SignalKind::hangup())?,
        )
    };
    let waiting = std::thread::Builder::new().name("signals".to_owned());
    waiting.spawn(move || {
        let signal = runtime.block_on(async {
            tokio::select! {
                _ = terminate.recv() => "TERM",
                _ = interrupt.recv() => "INT",
                _ = hangup.recv() => "HUP",
            }
        });
        info!(signal, "asked to end");
        then();
    })?;
    Ok(())
}

/// Where the system sends no signals there is nothing to wait for.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn when_asked_to_end(_then: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    Ok(())
}

/// Ends the window's event loop when the system asks the program to end, so that what comes after
/// the loop is still done. What had been asked of the loop before is done first.
pub fn end_when_asked() {
    #[expect(
        clippy::unused_result_ok,
        reason = "a loop that has ended need not be asked to"
    )]
    let quit = || {
        slint::invoke_from_event_loop(|| {
            slint::quit_event_loop().ok();
        })
        .ok();
    };
    // A system that cannot tell ends the program by itself, as it would any other.
    if let Err(error) = when_asked_to_end(quit) {
        warn!(%error, "the system cannot ask the program to end");
    }
}

/// Has the window stay whoever wants to close it: a key combination must not take the guide away.
pub fn never_close<T: ComponentHandle>(component: &T) {
    component
        .window()
        .on_close_requested(|| CloseRequestResponse::KeepWindowShown);
}
