//! The program.

fn main() -> std::process::ExitCode {
    huiyin::cli::run()
}
