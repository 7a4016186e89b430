//! Following what other writers commit: replicas, and the command line beside a running server.
//!
//! The head's number is polled twice a second; what is new is read from the log and applied. The poll also
//! tells `/readyz` how fresh this process is.

use crate::Backend;
use crate::access::commit;
use crate::error::Result;
use model::state::State;
use std::time::Duration;

const EVERY: Duration = Duration::from_millis(500);

impl Backend {
    /// Follows the head until the backend closes. Failures are logged and tried again.
    pub async fn follow(self) {
        let mut closing = self.closing();
        loop {
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                _ = closing.wait_for(|closing| *closing) => return,
            }
            if let Err(error) = self.look_at_head().await {
                tracing::warn!(cause = ?error, "the head of the log could not be read; trying again");
            }
            self.settle().await;
            self.forget_past();
        }
    }

    /// Makes a new base of the state when something lies over it, so that decisions stay quick. If a commit
    /// comes in between, the work is dropped and done again at the next look.
    async fn settle(&self) {
        let before = self.state();
        if before.unsettled() == 0 {
            return;
        }
        let mut settled = State::clone(&before);
        let work = tokio::task::spawn_blocking(move || {
            settled.settle();
            settled
        });
        if let Ok(settled) = work.await {
            let _writer = self.writer().lock().await;
            self.replace_settled(settled);
        }
    }

    /// Reads the head once, and what lies between it and the state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_at_head(&self) -> Result<()> {
        let started = self.clock().now();
        let mut connection = self.database().pool().acquire().await?;
        if commit::head(&mut connection).await? > self.state().revision() {
            // Only one at a time moves the state on; a commit of this process catches up by itself.
            let _writer = self.writer().lock().await;
            self.catch_up(&mut connection).await?;
        }
        self.confirm_fresh(started);
        Ok(())
    }
}
