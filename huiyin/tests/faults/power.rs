//! A power cut: what the program asks of its disk is written down by `strace`, and for many moments a disk is made as
//! the power could have left it then. What was synced is on it; of what was not, any part may be.

use crate::a_tenth;
use crate::clients::Clients;
use crate::office::Office;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// How long is written down.
const SPAN: Duration = Duration::from_millis(1500);
/// As much as a disk writes at once or not at all, in bytes.
const SECTOR: usize = 512;

#[test]
#[ignore = "run by ./test, and by hand for longer"]
fn the_power_goes() {
    let office = Office::on_sqlite();
    let before = Disk::of(office.folder());
    let logs = TempDir::new().expect("folder");
    let log = logs.path().join("log").to_string_lossy().into_owned();
    let calls = "trace=openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,\
                 rename,renameat,renameat2,mkdir,mkdirat";
    let outer = ["strace", "-f", "-ff", "--seccomp-bpf", "-ttt", "-T", "-y", "-xx"];
    let outer = [&outer[..], &["-s", "4000000", "-e", calls, "-o", &log]].concat();
    let mut program = office.serve_within(&outer, office.folder());
    let clients = Clients::start(&office);
    std::thread::sleep(SPAN);
    let ledger = clients.stop();
    program.end();
    let steps = Step::all(logs.path(), office.folder());
    let (first, last) = (steps.first().expect("steps"), steps.last().expect("steps"));
    let mut chance = ChaCha20Rng::seed_from_u64(20_250_303);
    for _ in 0..10 * a_tenth() {
        let cut = chance.random_range(first.begun..=last.ended);
        let left = before.after(&steps, cut, &mut chance);
        let folder = TempDir::new().expect("folder");
        left.write(folder.path());
        let told = ledger.by(cut).count();
        let found = office.check_at(folder.path(), ledger.by(cut));
        println!("power cut: {told} acts acknowledged by then, {} found", found.len());
    }
    assert!(!ledger.acknowledged.is_empty(), "nothing was written");
}

/// What was asked of the disk (磁盘请求), in microseconds since 1970.
struct Step {
    begun: u64,
    ended: u64,
    path: PathBuf,
    what: What,
}

enum What {
    Create,
    Folder,
    Write { at: usize, bytes: Vec<u8> },
    Append(Vec<u8>),
    Cut(usize),
    Rename(PathBuf),
    Remove,
    Sync,
}

impl Step {
    /// The name that it changes, the new one of two.
    fn name(&self) -> &Path {
        match &self.what {
            What::Rename(to) => to,
            What::Create | What::Folder | What::Remove | What::Sync => &self.path,
            What::Write { .. } | What::Append(_) | What::Cut(_) => &self.path,
        }
    }

    /// Whether it changes what stands in a folder.
    fn is_of_names(&self) -> bool {
        match self.what {
            What::Create | What::Folder | What::Rename(_) | What::Remove => true,
            What::Write { .. } | What::Append(_) | What::Cut(_) | What::Sync => false,
        }
    }

    /// All that were written down and concern a folder, in their order.
    fn all(logs: &Path, folder: &Path) -> Vec<Self> {
        let mut steps = Vec::new();
        for file in std::fs::read_dir(logs).expect("logs") {
            let text = std::fs::read_to_string(file.expect("a log").path()).expect("text");
            steps.extend(text.lines().filter_map(Self::of));
        }
        // The index of the log is never synced, and made anew.
        steps.retain(|step| {
            step.path.starts_with(folder) && !step.path.to_string_lossy().ends_with("-shm")
        });
        for step in &mut steps {
            let within = |path: &Path| path.strip_prefix(folder).expect("within").to_owned();
            step.path = within(&step.path);
            if let What::Rename(to) = &mut step.what {
                *to = within(to);
            }
        }
        steps.sort_by_key(|step| step.begun);
        steps
    }

    /// A line such as `1795863129.97 pwrite64(4<\x2f…>, "\x00…", 4096, 0) = 4096 <0.000041>`; nothing for what failed.
    fn of(line: &str) -> Option<Self> {
        let (time, rest) = line.split_once(' ')?;
        let (call, rest) = rest.split_once('(')?;
        let (arguments, ended) = rest.rsplit_once(") = ")?;
        let (result, lasted) = ended.rsplit_once('<')?;
        if result.starts_with('-') {
            return None;
        }
        let begun = micros(time)?;
        let ended = begun + micros(lasted.trim_end_matches('>'))?;
        let mut texts = arguments.split('"').skip(1).step_by(2).map(bytes);
        let opened = arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        let opened = opened.map(|(path, _)| path_of(&bytes(path)));
        let last = || arguments.rsplit_once(", ")?.1.parse().ok();
        let (path, what) = match call {
            "openat" if arguments.contains("O_CREAT") => (path_of(&texts.next()?), What::Create),
            "mkdir" | "mkdirat" => (path_of(&texts.next()?), What::Folder),
            "pwrite64" => (opened?, What::Write { at: last()?, bytes: texts.next()? }),
            "write" => (opened?, What::Append(texts.next()?)),
            "ftruncate" => (opened?, What::Cut(last()?)),
            "rename" | "renameat" | "renameat2" => {
                let from = path_of(&texts.next()?);
                (from, What::Rename(path_of(&texts.next()?)))
            }
            "unlink" | "unlinkat" => (path_of(&texts.next()?), What::Remove),
            "fsync" | "fdatasync" => (opened?, What::Sync),
            _ => return None,
        };
        Some(Self { begun, ended, path, what })
    }
}

fn micros(seconds: &str) -> Option<u64> {
    let (whole, part) = seconds.split_once('.')?;
    Some(whole.parse::<u64>().ok()? * 1_000_000 + part.parse::<u64>().ok()?)
}

/// `\x2f\x74` as bytes.
fn bytes(text: &str) -> Vec<u8> {
    let digits = text.split("\\x").skip(1);
    digits.filter_map(|two| u8::from_str_radix(two.get(..2)?, 16).ok()).collect()
}

fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Files by their names, within a folder.
#[derive(Clone, Default)]
struct Disk {
    files: BTreeMap<PathBuf, Vec<u8>>,
    folders: Vec<PathBuf>,
}

impl Disk {
    fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        disk.read(folder, Path::new(""));
        disk
    }

    fn read(&mut self, folder: &Path, within: &Path) {
        for entry in std::fs::read_dir(folder.join(within)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = within.join(entry.file_name());
            if entry.path().is_dir() {
                self.folders.push(name.clone());
                self.read(folder, &name);
            } else if !name.to_string_lossy().ends_with("-shm") {
                self.files.insert(name, std::fs::read(entry.path()).expect("a file"));
            }
        }
    }

    fn write(&self, folder: &Path) {
        for name in &self.folders {
            std::fs::create_dir_all(folder.join(name)).expect("a folder");
        }
        for (name, content) in &self.files {
            std::fs::write(folder.join(name), content).expect("a file");
        }
    }

    /// What may be left of it when the power goes at a time, after these steps.
    fn after(&self, steps: &[Step], cut: u64, chance: &mut ChaCha20Rng) -> Self {
        let names: BTreeMap<_, _> = self.files.keys().cloned().zip(0..).collect();
        let contents = self.files.values().cloned().collect();
        let folders = self.folders.clone();
        let mut open = Open { seen: names.clone(), names, contents, folders, loose: Vec::new() };
        for step in steps.iter().take_while(|step| step.begun <= cut) {
            open.asked(step, step.ended <= cut);
        }
        open.lost(chance)
    }
}

/// A disk with what is on its way to it: files have numbers, under which they stay the same whatever they are called.
struct Open<'s> {
    /// The names as the program sees them, and as they are on the disk.
    seen: BTreeMap<PathBuf, usize>,
    names: BTreeMap<PathBuf, usize>,
    contents: Vec<Vec<u8>>,
    folders: Vec<PathBuf>,
    /// What was asked and need not be there yet, with the number of the file.
    loose: Vec<(usize, &'s Step)>,
}

impl<'s> Open<'s> {
    fn asked(&mut self, step: &'s Step, ended: bool) {
        let known = self.seen.get(&step.path).copied();
        let file = match &step.what {
            What::Create if known.is_some() => None,
            What::Create => {
                let new = self.contents.len();
                self.contents.push(Vec::new());
                self.seen.insert(step.path.clone(), new);
                Some(new)
            }
            What::Folder => Some(usize::MAX),
            What::Write { .. } | What::Append(_) | What::Cut(_) => known,
            What::Rename(to) => self.seen.remove(&step.path).inspect(|file| {
                self.seen.insert(to.clone(), *file);
            }),
            What::Remove => self.seen.remove(&step.path),
            What::Sync => {
                if ended {
                    self.sync(&step.path, known);
                }
                None
            }
        };
        self.loose.extend(file.map(|file| (file, step)));
    }

    /// What was asked so far for a file, or of the names in a folder, is there.
    fn sync(&mut self, path: &Path, known: Option<usize>) {
        let (done, loose) =
            std::mem::take(&mut self.loose).into_iter().partition(|(file, step)| {
                if step.is_of_names() {
                    step.name().parent() == Some(path)
                } else {
                    Some(*file) == known
                }
            });
        self.loose = loose;
        let done: Vec<(usize, &Step)> = done;
        for (file, step) in done {
            self.does(file, step, || true);
        }
    }

    /// Does a step, or of a write only those sectors that arrive.
    fn does(&mut self, file: usize, step: &Step, mut arrives: impl FnMut() -> bool) {
        let path = step.path.clone();
        let content = self.contents.get_mut(file);
        match (&step.what, content) {
            (What::Create, _) => drop(self.names.insert(path, file)),
            (What::Folder, _) => self.folders.push(path),
            (What::Rename(to), _) => {
                self.names.remove(&path);
                self.names.insert(to.clone(), file);
            }
            (What::Remove, _) => drop(self.names.remove(&path)),
            (What::Write { at, bytes }, Some(content)) => {
                for (turn, sector) in bytes.chunks(SECTOR).enumerate() {
                    if arrives() {
                        put(content, at + turn * SECTOR, sector);
                    }
                }
            }
            (What::Append(bytes), Some(content)) if arrives() => content.extend_from_slice(bytes),
            (What::Cut(length), Some(content)) if arrives() => content.resize(*length, 0),
            (What::Write { .. } | What::Append(_) | What::Cut(_) | What::Sync, _) => {}
        }
    }

    /// Of what was not synced, names are changed in their order up to some point, and sectors come or do not.
    fn lost(mut self, chance: &mut ChaCha20Rng) -> Disk {
        let share = [0.0, 0.5, 1.0].choose(chance).copied().unwrap_or_default();
        let changed = chance.random_range(0..=self.loose.len());
        for (turn, (file, step)) in std::mem::take(&mut self.loose).into_iter().enumerate() {
            if turn < changed || !step.is_of_names() {
                self.does(file, step, || chance.random_bool(share));
            }
        }
        let Self { names, contents, folders, .. } = self;
        let content = |file: usize| contents.get(file).cloned().unwrap_or_default();
        let files = names.into_iter().map(|(name, file)| (name, content(file))).collect();
        Disk { files, folders }
    }
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file.get_mut(at..end).expect("room").copy_from_slice(bytes);
}
