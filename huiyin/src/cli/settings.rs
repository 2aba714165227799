//! Where an office lives and where it listens (运行设置): what the command line says, else the
//! environment, else the settings file, else the defaults.

use super::{machine, usage};
use crate::house::{ATTACHMENTS, Clock, House, chance};
use crate::problem::Problem;
use crate::serve::Connections;
use clap::Args;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use store::Db;
use store::files::Files;

/// Where an office lives.
#[derive(Args)]
pub(super) struct Home {
    /// A TOML file with settings: data, attachments, database, database_ca, master_key, listen, trusted_proxies,
    /// most_connections, most_connections_each.
    #[arg(long, env = "HUIYIN_CONFIG")]
    config: Option<PathBuf>,
    /// The office's folder; `data` if left out.
    #[arg(long, env = "HUIYIN_DATA")]
    data: Option<PathBuf>,
    /// Where attachments lie: a folder, or s3://bucket/prefix; `attachments` in the folder if left out.
    #[arg(long, env = "HUIYIN_ATTACHMENTS")]
    attachments: Option<String>,
    /// A postgres:// address in place of the folder's SQLite file.
    #[arg(long, env = "HUIYIN_DATABASE")]
    database: Option<String>,
    /// The authority (PEM) that signed the database server's certificate; turns TLS on.
    #[arg(long, env = "HUIYIN_DATABASE_CA")]
    database_ca: Option<PathBuf>,
    /// The file with the master key, 64 hex digits; `master.key` in the folder if left out.
    #[arg(long, env = "HUIYIN_MASTER_KEY_FILE")]
    master_key: Option<PathBuf>,
}

/// What a settings file may say; anything else is a mistake and stops the program.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    attachments: Option<String>,
    database: Option<String>,
    database_ca: Option<PathBuf>,
    master_key: Option<PathBuf>,
    listen: Option<SocketAddr>,
    trusted_proxies: Option<Vec<IpAddr>>,
    most_connections: Option<usize>,
    most_connections_each: Option<usize>,
}

/// The settings in force.
#[derive(Debug)]
pub(super) struct Settings {
    /// The office's folder.
    pub data: PathBuf,
    /// Where attachments lie, if not in the folder.
    pub attachments: Option<String>,
    /// A PostgreSQL address.
    pub database: Option<String>,
    /// The authority of its certificate.
    pub database_ca: Option<PathBuf>,
    /// The master key's file.
    pub master_key: PathBuf,
    /// Where the file says to listen.
    pub listen: Option<SocketAddr>,
    /// Proxies in front, whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// How many connections are open at once.
    pub connections: Connections,
}

impl Home {
    /// Puts command line, environment and file together.
    ///
    /// # Errors
    /// The settings file can't be read, or says something unknown.
    pub fn settings(self) -> Result<Settings, Problem> {
        let file = match &self.config {
            None => File::default(),
            Some(path) => {
                let wrong = |error: String| machine(format!("{}: {error}", path.display()));
                let text =
                    std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
                toml::from_str(&text).map_err(|error| wrong(error.to_string()))?
            }
        };
        let usual = Connections::default();
        let data = self.data.or(file.data).unwrap_or_else(|| PathBuf::from("data"));
        Ok(Settings {
            master_key: self
                .master_key
                .or(file.master_key)
                .unwrap_or_else(|| data.join("master.key")),
            data,
            attachments: self.attachments.or(file.attachments),
            database: self.database.or(file.database),
            database_ca: self.database_ca.or(file.database_ca),
            listen: file.listen,
            trusted_proxies: file.trusted_proxies.unwrap_or_default(),
            connections: Connections {
                most: file.most_connections.unwrap_or(usual.most).max(1),
                each: file.most_connections_each.unwrap_or(usual.each).max(1),
            },
        })
    }
}

impl Settings {
    /// Whether an office lives here.
    pub fn is_set_up(&self) -> bool {
        self.database.is_some() || self.data.join("office.sqlite").exists()
    }

    /// That an office lives here.
    ///
    /// # Errors
    /// There is none.
    pub fn must_be_set_up(&self) -> Result<(), Problem> {
        if self.is_set_up() {
            return Ok(());
        }
        let here = self.data.display();
        Err(usage(format!("no office in {here}: run `huiyin init` or `huiyin demo`")))
    }

    /// Opens the database, which may be empty.
    ///
    /// # Errors
    /// It can't be opened.
    pub fn database(&self) -> Result<Db, Problem> {
        match &self.database {
            Some(address) => server(address, self.database_ca.as_deref()),
            None => Ok(Db::sqlite(&self.data.join("office.sqlite"))?),
        }
    }

    /// Where attachments lie.
    ///
    /// # Errors
    /// The folder can't be made; the server of a bucket can't be reached.
    pub fn files(&self) -> Result<Files, Problem> {
        let own = self.data.join(ATTACHMENTS);
        let address = self.attachments.clone().unwrap_or_else(|| own.to_string_lossy().into());
        Ok(Files::open(&address, &own)?)
    }

    /// The master key, from HUIYIN_MASTER_KEY or its file.
    ///
    /// # Errors
    /// There is none, or it is not 64 hex digits.
    pub fn master_key(&self) -> Result<[u8; 32], Problem> {
        match std::env::var("HUIYIN_MASTER_KEY") {
            Ok(text) => parse_key(&text),
            Err(_) => read_key(&self.master_key),
        }
    }

    /// Opens the office that lives here.
    ///
    /// # Errors
    /// There is none, or the key does not fit.
    pub fn house(&self) -> Result<House, Problem> {
        self.must_be_set_up()?;
        let key = self.master_key()?;
        let mut house =
            House::open(self.database()?, &self.data, &key, Clock::real(), chance(None))?;
        crate::kept::check(&house.statutes)?;
        house.trusted_proxies.clone_from(&self.trusted_proxies);
        house.blobs = self.files()?;
        Ok(house)
    }
}

/// Opens a PostgreSQL database, and says so when what goes there is not encrypted.
pub(super) fn server(address: &str, authority: Option<&Path>) -> Result<Db, Problem> {
    if let Some(authority) = authority {
        return Ok(Db::postgres_tls(address, authority)?);
    }
    let local = ["localhost", "127.0.0.1", "[::1]", "host=/"];
    if !local.iter().any(|here| address.contains(here)) {
        tracing::warn!("the connection to the database is not encrypted: set --database-ca");
    }
    Ok(Db::postgres(address)?)
}

fn parse_key(text: &str) -> Result<[u8; 32], Problem> {
    hex::decode(text.trim())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| machine("the master key is not 64 hex digits"))
}

/// A key from its file.
///
/// # Errors
/// It can't be read, or is none.
pub(super) fn read_key(path: &Path) -> Result<[u8; 32], Problem> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| machine(format!("master key {}: {error}", path.display())))?;
    parse_key(&text)
}

/// Writes a new master key that only its owner can read.
///
/// # Errors
/// The file exists already, or can't be written.
pub(super) fn new_key(path: &Path, seed: Option<u64>) -> Result<[u8; 32], Problem> {
    use rand::rand_core::Rng;
    let mut key = [0u8; 32];
    chance(seed).fill_bytes(&mut key);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file =
        options.open(path).map_err(|error| machine(format!("{}: {error}", path.display())))?;
    std::io::Write::write_all(&mut file, hex::encode(key).as_bytes())
        .map_err(store::Error::from)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(config: Option<PathBuf>, data: Option<&str>) -> Home {
        Home {
            config,
            data: data.map(PathBuf::from),
            attachments: None,
            database: None,
            database_ca: None,
            master_key: None,
        }
    }

    #[test]
    fn the_command_line_comes_before_the_file_and_the_file_before_the_defaults() {
        let folder = tempfile::TempDir::new().expect("folder");
        let path = folder.path().join("huiyin.toml");
        std::fs::write(&path, "data = \"/srv/a\"\nlisten = \"127.0.0.1:9000\"").expect("write");
        let settings = at(Some(path.clone()), Some("/srv/b")).settings().expect("settings");
        assert_eq!(settings.data, Path::new("/srv/b"));
        assert_eq!(settings.master_key, Path::new("/srv/b/master.key"));
        assert_eq!(settings.listen.map(|listen| listen.port()), Some(9000));
        let settings = at(Some(path.clone()), None).settings().expect("settings");
        assert_eq!(settings.data, Path::new("/srv/a"));
        assert_eq!(at(None, None).settings().expect("settings").data, Path::new("data"));
        std::fs::write(&path, "lisen = \"127.0.0.1:9000\"").expect("write");
        let wrong = at(Some(path), None).settings().expect_err("a mistake");
        assert!(wrong.to_string().contains("lisen"), "{wrong}");
    }
}
