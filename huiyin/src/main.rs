//! The program.

/// Requests are served by many threads that allocate much; this allocator lets them, and gives memory back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    huiyin::cli::run()
}
