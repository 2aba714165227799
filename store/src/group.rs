//! Acts that wait share one commit (合并提交): one thread writes, takes what waits, runs it in one transaction, commits
//! once and answers all. If an act fails after it has written, nothing of the lot is kept and each act runs alone.

use crate::{Error, Tx};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// Most acts that share one commit.
const GROUP: usize = 128;
/// Acts that may wait; more callers block, which is what slows a flood down.
const WAITING: usize = 1024;

/// How a transaction came out.
pub(crate) enum Outcome {
    /// It is durable.
    Committed,
    /// What ran in it did not want it to be kept; it was rolled back.
    RolledBack,
    /// It could not be begun or committed; nothing of it was kept, as far as anybody knows.
    Failed(Error),
}

/// A connection that writes (写入连接).
pub(crate) trait Writer {
    /// Runs work in a transaction and commits it if the work says so.
    fn transaction(&mut self, work: &mut dyn FnMut(&mut Tx<'_>) -> bool) -> Outcome;

    /// How often an act runs again after a lost race before its caller hears of it.
    fn runs(&self) -> usize;

    /// Between two transactions.
    fn rest(&mut self);
}

/// One act waiting for the writer.
trait Work: Send {
    /// Runs it and keeps its result; whether what it wrote is to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Whether it lost a race.
    fn raced(&self) -> bool;
    /// Whether it says that it is done.
    fn is_fine(&self) -> bool;
    /// Tells the caller, after the commit or instead of it.
    fn finish(self: Box<Self>, failed: Option<Error>);
}

struct Task<T, E, F> {
    work: F,
    result: Option<Result<T, E>>,
    /// Whether a statement of its last run lost a race.
    raced: bool,
    reply: Sender<Result<T, E>>,
}

impl<T, E, F> Work for Task<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(tx))).unwrap_or_else(|_| {
            Err(E::from(Error::Engine("an act broke off; see the log".to_owned())))
        });
        let fine = result.is_ok();
        self.raced = tx.raced();
        self.result = Some(result);
        fine
    }

    fn raced(&self) -> bool {
        self.raced
    }

    fn is_fine(&self) -> bool {
        matches!(self.result, Some(Ok(_)))
    }

    fn finish(self: Box<Self>, failed: Option<Error>) {
        let result = match (failed, self.result) {
            // An act that was refused anyway keeps its own answer.
            (Some(_), Some(Err(refused))) => Err(refused),
            (Some(error), _) => Err(E::from(error)),
            (None, Some(result)) => result,
            (None, None) => Err(E::from(Error::Engine("the act was not run".to_owned()))),
        };
        // A caller that went away is no error: the act is durable all the same.
        let _ = self.reply.send(result);
    }
}

/// The way to the one who writes (写入队列).
#[derive(Clone)]
pub(crate) struct Queue(SyncSender<Box<dyn Work>>);

impl Queue {
    /// A thread that writes.
    ///
    /// # Errors
    /// There can be no more threads.
    pub(crate) fn start(mut writer: impl Writer + Send + 'static) -> Result<Self, Error> {
        let (send, waiting) = sync_channel(WAITING);
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write(&mut writer, &waiting))?;
        Ok(Self(send))
    }

    /// Runs an act; durable when it returns.
    ///
    /// # Errors
    /// What the act says, or the engine; then nothing of it was kept.
    pub(crate) fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = channel();
        let closed = || E::from(Error::Engine("the writer has stopped".to_owned()));
        let task = Box::new(Task { work, result: None, raced: false, reply });
        self.0.send(task).map_err(|_| closed())?;
        answer.recv().map_err(|_| closed())?
    }
}

fn write(writer: &mut impl Writer, queue: &Receiver<Box<dyn Work>>) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        group.extend(queue.try_iter().take(GROUP - 1));
        let together = writer.transaction(&mut |tx| {
            group.iter_mut().all(|act| {
                let before = tx.written();
                // One that was refused before it wrote anything spoils nobody's transaction.
                let fine = act.run(tx) || tx.written() == before;
                fine && !tx.spoiled()
            })
        });
        match together {
            Outcome::Committed => group.into_iter().for_each(|act| act.finish(None)),
            Outcome::Failed(error) if !matches!(error, Error::Conflict) => {
                group.into_iter().for_each(|act| act.finish(Some(error.again())));
            }
            Outcome::RolledBack | Outcome::Failed(_) => {
                group.into_iter().for_each(|act| alone(writer, act));
            }
        }
        writer.rest();
    }
}

fn alone(writer: &mut impl Writer, mut act: Box<dyn Work>) {
    let mut failed = None;
    for _ in 0..writer.runs() {
        failed = match writer.transaction(&mut |tx| act.run(tx)) {
            Outcome::Committed => return act.finish(None),
            // What went on after a statement had failed is not done, whatever it says itself.
            Outcome::RolledBack if act.raced() || act.is_fine() => Some(Error::Conflict),
            Outcome::RolledBack => return act.finish(None),
            Outcome::Failed(Error::Conflict) => Some(Error::Conflict),
            Outcome::Failed(error) => return act.finish(Some(error)),
        };
    }
    act.finish(failed);
}
