//! Sealed identities (身份信息加密): a key per party, wrapped by the office's data key, which is
//! wrapped by the master key. Rotating the master key rewraps one value; destroying a party's key
//! makes its identity unreadable for ever while the case file's chain stays whole.

use crate::table::{BLIND, PARTY_KEY, named};
use crate::{Error, Tx, params, setting};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use casework::code::code_list;
use casework::matter::MatterId;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// Who somebody is (身份信息); never stored but sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Name of the person or organisation.
    pub name: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// Identity number, if given.
    #[serde(default)]
    pub id_number: String,
    /// Address for service (送达地址).
    #[serde(default)]
    pub address: String,
}

/// The keys of an open office.
#[derive(Clone)]
pub struct Vault {
    wrap: Zeroizing<[u8; 32]>,
    blind: Zeroizing<[u8; 32]>,
}

code_list! {
    /// What a blind index is about (盲索引).
    pub enum Blind {
        /// 姓名.
        Name = "name",
        /// 电话.
        Phone = "phone",
        /// 证件号码.
        Identity = "identity",
        /// 查询码.
        Query = "query",
        /// 被检举控告人: never the same index as that of a petitioner.
        Accused = "accused",
    }
}

/// Fresh random bytes for one sealing: a key and a nonce.
#[derive(Clone)]
pub struct Fresh {
    /// 32 bytes.
    pub key: Zeroizing<[u8; 32]>,
    /// 12 bytes for the sealing, 12 for the wrapping.
    pub nonces: [[u8; 12]; 2],
}

const DATA_KEY: &str = "vault.data_key";

impl Vault {
    /// Makes the office's data key and wraps it with the master key.
    ///
    /// # Errors
    /// The engine failed.
    pub fn create(tx: &mut Tx<'_>, master: &[u8; 32], fresh: &Fresh) -> Result<Self, Error> {
        let wrapped =
            seal(&*derive(master, b"master")?, fresh.nonces[0], fresh.key.as_slice(), b"data")?;
        setting::record(tx, DATA_KEY, &wrapped)?;
        Self::of(&fresh.key)
    }

    /// Opens the office's data key with the master key.
    ///
    /// # Errors
    /// The master key is not the right one, or the office was never set up.
    pub fn open(tx: &mut Tx<'_>, master: &[u8; 32]) -> Result<Self, Error> {
        let wrapped = setting::find(tx, DATA_KEY)?.ok_or(Error::Key("no data key: run init"))?;
        let data = unseal(&*derive(master, b"master")?, &wrapped, b"data")
            .map_err(|_| Error::Key("the master key does not open this office"))?;
        let data: [u8; 32] =
            data.as_slice().try_into().map_err(|_| Error::Key("data key length"))?;
        Self::of(&data)
    }

    /// Wraps the data key with a new master key; nothing else has to change.
    ///
    /// # Errors
    /// The old master key is not the right one, or the engine failed.
    pub fn rewrap(
        tx: &mut Tx<'_>,
        old: &[u8; 32],
        new: &[u8; 32],
        nonce: [u8; 12],
    ) -> Result<(), Error> {
        let wrapped = setting::find(tx, DATA_KEY)?.ok_or(Error::Key("no data key: run init"))?;
        let data = unseal(&*derive(old, b"master")?, &wrapped, b"data")
            .map_err(|_| Error::Key("the old master key does not open this office"))?;
        setting::record(tx, DATA_KEY, &seal(&*derive(new, b"master")?, nonce, &data, b"data")?)
    }

    fn of(data: &[u8; 32]) -> Result<Self, Error> {
        Ok(Self { wrap: derive(data, b"wrap")?, blind: derive(data, b"blind")? })
    }

    /// The keyed hash under which a value can be looked up without being stored.
    ///
    /// # Errors
    /// Never in practice: the key's length is fixed.
    pub fn blind(&self, kind: Blind, value: &str) -> Result<String, Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.blind.as_slice())
            .map_err(|_| Error::Key("blind key length"))?;
        mac.update(kind.word().as_bytes());
        mac.update(b"\n");
        mac.update(value.as_bytes());
        let digest = mac.finalize().into_bytes();
        Ok(hex::encode(digest.get(..16).unwrap_or(&digest)))
    }

    /// Seals an identity for a party: the sealed text, and the party's wrapped key.
    ///
    /// # Errors
    /// The cipher failed.
    pub fn seal(
        &self,
        party: &str,
        identity: &Identity,
        fresh: &Fresh,
    ) -> Result<(String, String), Error> {
        let plain = Zeroizing::new(serde_json::to_vec(identity)?);
        let sealed = seal(&fresh.key, fresh.nonces[0], &plain, party.as_bytes())?;
        let wrapped = seal(&self.wrap, fresh.nonces[1], fresh.key.as_slice(), party.as_bytes())?;
        Ok((sealed, wrapped))
    }

    /// Seals a party's identity anew under the key that the party has: what was sealed before still opens.
    ///
    /// # Errors
    /// The key was tampered with, or the cipher failed.
    pub fn reseal(
        &self,
        party: &str,
        identity: &Identity,
        wrapped: &str,
        nonce: [u8; 12],
    ) -> Result<String, Error> {
        let key = self.party_key(party, wrapped)?;
        let plain = Zeroizing::new(serde_json::to_vec(identity)?);
        seal(&key, nonce, &plain, party.as_bytes())
    }

    fn party_key(&self, party: &str, wrapped: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
        let key = unseal(&self.wrap, wrapped, party.as_bytes())?;
        let key = key.as_slice().try_into().map_err(|_| Error::Key("party key length"))?;
        Ok(Zeroizing::new(key))
    }

    /// Seals a file that waits, for somebody.
    ///
    /// # Errors
    /// The cipher failed.
    pub fn seal_file(&self, of: &str, content: &[u8], nonce: [u8; 12]) -> Result<String, Error> {
        seal(&self.wrap, nonce, content, format!("file {of}").as_bytes())
    }

    /// Opens a file that waits.
    ///
    /// # Errors
    /// It was tampered with, or sealed for somebody else.
    pub fn unseal_file(&self, of: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        unseal(&self.wrap, sealed, format!("file {of}").as_bytes())
    }

    /// Opens a party's identity.
    ///
    /// # Errors
    /// The key or the text was tampered with.
    pub fn unseal(&self, party: &str, sealed: &str, wrapped: &str) -> Result<Identity, Error> {
        let plain = unseal(&*self.party_key(party, wrapped)?, sealed, party.as_bytes())?;
        // What the parser says may quote what it read.
        serde_json::from_slice(&plain).map_err(|_| Error::Key("identity does not parse"))
    }

    /// The digests under which an identity is found.
    ///
    /// # Errors
    /// Never in practice.
    pub fn digests(&self, identity: &Identity) -> Result<Vec<(Blind, String)>, Error> {
        let values = [
            (Blind::Name, chinese::identity::name(&identity.name)),
            (Blind::Phone, chinese::identity::phone(&identity.phone)),
            (Blind::Identity, chinese::identity::id_number(&identity.id_number)),
        ];
        values
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(kind, value)| Ok((kind, self.blind(kind, &value)?)))
            .collect()
    }
}

fn derive(key: &[u8; 32], purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut out = Zeroizing::new([0u8; 32]);
    Hkdf::<Sha256>::new(Some(b"huiyin/1"), key)
        .expand(purpose, out.as_mut_slice())
        .map_err(|_| Error::Key("derivation"))?;
    Ok(out)
}

fn seal(key: &[u8; 32], nonce: [u8; 12], plain: &[u8], bound: &[u8]) -> Result<String, Error> {
    let cipher = Aes256Gcm::new_from_slice(key).map_err(|_| Error::Key("key length"))?;
    let sealed = cipher
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: bound })
        .map_err(|_| Error::Key("sealing failed"))?;
    Ok(format!("{}{}", hex::encode(nonce), hex::encode(sealed)))
}

fn unseal(key: &[u8; 32], sealed: &str, bound: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let bytes = hex::decode(sealed).map_err(|_| Error::Key("sealed text is not hex"))?;
    let (nonce, body) = bytes.split_at_checked(12).ok_or(Error::Key("sealed text is too short"))?;
    let nonce: [u8; 12] = nonce.try_into().map_err(|_| Error::Key("nonce length"))?;
    let cipher = Aes256Gcm::new_from_slice(key).map_err(|_| Error::Key("key length"))?;
    cipher
        .decrypt(&Nonce::from(nonce), Payload { msg: body, aad: bound })
        .map(Zeroizing::new)
        .map_err(|_| Error::Key("sealed text does not open"))
}

/// The parties of a range of matters that have a key and may be looked up; for `verify`.
///
/// # Errors
/// The engine failed.
pub(crate) fn keyed(
    tx: &mut Tx<'_>,
    first: MatterId,
    last: MatterId,
) -> Result<BTreeSet<String>, Error> {
    let sql = "SELECT party FROM party_key WHERE matter >= $1 AND matter <= $2 AND EXISTS
        (SELECT 1 FROM blind WHERE blind.party = party_key.party AND blind.matter = party_key.matter)";
    tx.all(sql, params![first.0, last.0])?.iter().map(|row| row.text("party")).collect()
}

/// Keeps a party's wrapped key and its blind indexes.
///
/// # Errors
/// The engine failed.
pub fn record(
    tx: &mut Tx<'_>,
    matter: MatterId,
    party: &str,
    wrapped: &str,
    digests: &[(Blind, String)],
) -> Result<(), Error> {
    tx.insert(&PARTY_KEY, named![party: party, matter: matter.0, wrapped: wrapped])?;
    index(tx, matter, party, digests)
}

/// Keeps other blind indexes of a party in the place of those that it had: who is not meant is not found any more.
///
/// # Errors
/// The engine failed.
pub fn reindex(
    tx: &mut Tx<'_>,
    matter: MatterId,
    party: &str,
    digests: &[(Blind, String)],
) -> Result<(), Error> {
    tx.run("DELETE FROM blind WHERE party = $1", params![party])?;
    index(tx, matter, party, digests)
}

fn index(
    tx: &mut Tx<'_>,
    matter: MatterId,
    party: &str,
    digests: &[(Blind, String)],
) -> Result<(), Error> {
    for (kind, digest) in digests {
        let row = named![kind: kind.word(), digest: digest, party: party, matter: matter.0];
        tx.insert(&BLIND, row)?;
    }
    Ok(())
}

/// Destroys the key of a name that is kept beside the petitions (a visitor's, a household's): what was sealed
/// with it is unreadable from then on.
///
/// # Errors
/// The engine failed.
pub fn forget(tx: &mut Tx<'_>, party: &str) -> Result<(), Error> {
    tx.run("DELETE FROM party_key WHERE party = $1 AND matter = 0", params![party])?;
    Ok(())
}

/// A party's wrapped key, unless it was destroyed.
///
/// # Errors
/// The engine failed.
pub fn key(tx: &mut Tx<'_>, party: &str) -> Result<Option<String>, Error> {
    tx.opt("SELECT wrapped FROM party_key WHERE party = $1", params![party])?
        .map(|row| row.text("wrapped"))
        .transpose()
}

/// A party's key and blind index move with its petition to another matter.
///
/// # Errors
/// The engine failed.
pub fn follow(tx: &mut Tx<'_>, party: &str, matter: MatterId) -> Result<(), Error> {
    tx.run("UPDATE party_key SET matter = $1 WHERE party = $2", params![matter.0, party])?;
    tx.run("UPDATE blind SET matter = $1 WHERE party = $2", params![matter.0, party])?;
    Ok(())
}

/// The digests of these parties, for finding who else is the same.
///
/// # Errors
/// The engine failed, or a row holds an unknown kind.
pub fn digests(tx: &mut Tx<'_>, parties: &[&str]) -> Result<Vec<(Blind, String)>, Error> {
    let mut found = Vec::new();
    for party in parties {
        let sql = "SELECT kind, digest, party FROM blind WHERE party = $1 ORDER BY kind, digest";
        for row in tx.all(sql, params![*party])? {
            found.push((row.word("kind")?, row.text("digest")?));
        }
    }
    Ok(found)
}

/// Matters with a party of this digest, newest first.
///
/// # Errors
/// The engine failed.
pub fn find(
    tx: &mut Tx<'_>,
    kind: Blind,
    digest: &str,
    limit: u32,
) -> Result<Vec<MatterId>, Error> {
    let rows = tx.all(
        "SELECT DISTINCT matter FROM blind WHERE kind = $1 AND digest = $2 ORDER BY matter DESC LIMIT $3",
        params![kind.word(), digest, limit],
    )?;
    rows.iter().map(|row| row.int("matter").map(MatterId)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(seed: u8) -> Fresh {
        Fresh { key: Zeroizing::new([seed; 32]), nonces: [[seed; 12], [seed + 1; 12]] }
    }

    #[test]
    fn a_sealed_identity_opens_only_for_its_party() {
        let vault = Vault::of(&[7; 32]).expect("vault");
        let identity = Identity { name: "赵秀兰".to_owned(), ..Identity::default() };
        let (sealed, wrapped) = vault.seal("p1", &identity, &fresh(3)).expect("seal");
        assert!(!sealed.contains("赵"));
        assert_eq!(vault.unseal("p1", &sealed, &wrapped).expect("unseal"), identity);
        assert!(vault.unseal("p2", &sealed, &wrapped).is_err());
        let other = Vault::of(&[8; 32]).expect("vault");
        assert!(other.unseal("p1", &sealed, &wrapped).is_err());
    }

    #[test]
    fn blind_indexes_agree_on_normal_forms() {
        let vault = Vault::of(&[7; 32]).expect("vault");
        let digest = |name: &str| {
            let identity = Identity { name: name.to_owned(), ..Identity::default() };
            vault.digests(&identity).expect("digests")
        };
        assert_eq!(digest("趙秀蘭"), digest("赵 秀兰"));
        assert_ne!(digest("赵秀兰"), digest("赵秀英"));
    }
}
