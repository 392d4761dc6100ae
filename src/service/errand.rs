//! What takes its time and nobody at the screen waits for: a short thread does it, and the screen is
//! told once it is done.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::jobs::caught;
use crate::threads;

/// Tells the screen that there is an answer. It may run on any thread and must be quick.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Where answers arrive.
pub struct Errands<T> {
    tell: Sender<T>,
    told: Receiver<T>,
    wake: Wake,
}

impl<T: Send + 'static> Errands<T> {
    /// Calls `wake` whenever there is an answer.
    pub fn new(wake: Wake) -> Self {
        let (tell, told) = channel();
        Self { tell, told, wake }
    }

    /// Does `work` on a thread of this name. Where the system has none to give, or `work` panics, the
    /// answer is what `failed` makes of its words.
    pub fn send(
        &self,
        name: &str,
        work: impl FnOnce() -> T + Send + 'static,
        failed: impl Fn(String) -> T + Copy + Send + 'static,
    ) {
        let teller = self.teller();
        let spawned = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                teller(caught(work).unwrap_or_else(|_| failed("panic".to_owned())));
            });
        if let Err(error) = spawned {
            self.teller()(failed(error.to_string()));
        }
    }

    /// Answers from any thread, unasked.
    pub fn teller(&self) -> impl Fn(T) + Send + 'static {
        let (tell, wake) = (self.tell.clone(), Arc::clone(&self.wake));
        move |answer| {
            threads::tell(&tell, answer);
            wake();
        }
    }

    /// The next answer, if it is there.
    pub fn answer(&self) -> Option<T> {
        self.told.try_recv().ok()
    }

    /// The next answer, once it is there; none where nobody is left to give one.
    pub fn wait(&self) -> Option<T> {
        self.told.recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_panic_is_an_answer_and_the_screen_is_woken_for_each() {
        let woken = Arc::new(AtomicUsize::new(0));
        let counts = Arc::clone(&woken);
        let errands = Errands::new(Arc::new(move || {
            counts.fetch_add(1, Ordering::SeqCst);
        }));
        let (ended, end) = channel();
        errands.send("one", || Ok(7), Err);
        assert_eq!(errands.wait(), Some(Ok(7)));
        let fails = || std::panic::resume_unwind(Box::new("seven"));
        errands.send("two", fails, Err);
        assert_eq!(errands.wait(), Some(Err("panic".to_owned())));
        let tell = errands.teller();
        std::thread::spawn(move || {
            tell(Ok(9));
            ended.send(()).unwrap();
        });
        end.recv().unwrap();
        assert_eq!(errands.answer(), Some(Ok(9)));
        assert_eq!(errands.answer(), None);
        assert!(woken.load(Ordering::SeqCst) >= 1);
    }
}
