//! One submission (信访件): a letter, a visit, a call, a message, and who handed it in.

use crate::category::Category;
use crate::code::code_list;
use crate::directory::Directory;
use crate::matter::track::Track;
use crate::moment::Instant;
use crate::org::{AccountId, Place, UnitId};
use crate::secret::Secret;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// How a petition came (信访形式); each is taken alike (R05-02, R22-17).
    pub enum Channel {
        /// 来信.
        Letter = "letter",
        /// 来访; individual or collective by headcount.
        Visit = "visit",
        /// 来电.
        Phone = "phone",
        /// 传真.
        Fax = "fax",
        /// 电子邮件.
        Email = "email",
        /// 网上信访, through the portal or the API.
        Online = "online",
        /// 领导信箱: online, addressed to a leader.
        Mailbox = "mailbox",
        /// 上级转来.
        Superior = "superior",
        /// 口头反映，由工作人员记录 (R05-17b, R22-19b).
        Oral = "oral",
    }
}

impl Channel {
    /// Whether the petitioner is there, in person or on the line, and can be told at once.
    pub fn is_in_person(self) -> bool {
        match self {
            Self::Visit | Self::Oral | Self::Phone => true,
            Self::Letter
            | Self::Fax
            | Self::Email
            | Self::Online
            | Self::Mailbox
            | Self::Superior => false,
        }
    }

    /// Two letters for the petition's number.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Letter => "LX",
            Self::Visit => "LF",
            Self::Phone => "DH",
            Self::Fax => "CZ",
            Self::Email => "YJ",
            Self::Online => "WS",
            Self::Mailbox => "XX",
            Self::Superior => "SJ",
            Self::Oral => "KT",
        }
    }
}

/// The language a petition is written or spoken in (信访人使用的语言), so that an interpreter or
/// a translation can be offered. Nothing about the person follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Language(pub String);

code_list! {
    /// In which capacity someone takes part (信访人身份).
    pub enum PartyRole {
        /// 主访人, or the writer of a letter.
        Lead = "lead",
        /// 联名人.
        Joint = "joint",
        /// 代表.
        Representative = "representative",
        /// 代理人.
        Agent = "agent",
        /// 监护人.
        Guardian = "guardian",
    }
}

code_list! {
    /// What kind of petitioner (信访人类别).
    pub enum PartyKind {
        /// 公民.
        Person = "person",
        /// 法人或者其他组织.
        Organisation = "organisation",
        /// 匿名: nobody to inform, but a petition all the same.
        Anonymous = "anonymous",
    }
}

/// A petitioner (信访人) as the case file knows one: name, telephone, identity number and
/// address lie sealed in `sealed`, which these rules can't read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Party {
    /// Time-ordered UUID.
    pub id: String,
    /// In which capacity.
    pub role: PartyRole,
    /// What kind.
    pub kind: PartyKind,
    /// The masked name that lists show, such as `赵*兰`.
    pub mask: String,
    /// Whether an address or a telephone was left: without one nobody can be told (R22-23b).
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub reachable: bool,
    /// The identity, sealed with the party's own key; empty for the anonymous.
    #[serde(skip_serializing_if = "Secret::is_withheld")]
    pub sealed: Secret,
}

fn redress() -> Track {
    Track::Redress
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_yes(value: &bool) -> bool {
    *value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_no(value: &bool) -> bool {
    !*value
}

/// A file handed in (附件), kept by the hash of its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Attachment {
    /// SHA-256 of the content in hex.
    pub hash: String,
    /// The name it came with.
    pub name: String,
    /// The media type found in its first bytes.
    pub media: String,
    /// Size in bytes.
    pub size: u64,
}

/// A petition's number (信访件编号): area, channel, year, serial and check digit.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct PetitionNumber(pub String);

impl PetitionNumber {
    /// `539921-LF-2025-0002178`: six digits of the area, the channel's letters, the year, a serial
    /// that is never reused, and a check digit over all of it.
    pub fn new(place: &Place, channel: Channel, year: i16, serial: u32) -> Self {
        let area: String = place.0.chars().take(6).collect();
        let stem = format!("{area}-{}-{year:04}-{serial:06}", channel.letters());
        let check = check_digit(&stem);
        Self(format!("{stem}{check}"))
    }

    /// The area of the office that registered it, six digits (区划).
    pub fn jurisdiction(&self) -> Place {
        Place(self.0.chars().take(6).collect())
    }

    /// Whether the check digit is right.
    pub fn is_sound(&self) -> bool {
        let mut chars = self.0.chars();
        let last = chars.next_back();
        last == char::from_digit(check_digit(chars.as_str()), 10)
    }
}

/// A weighted sum over the alphanumeric characters that catches a wrong or swapped character.
fn check_digit(text: &str) -> u32 {
    let mut sum = 0u32;
    for (index, symbol) in text.chars().filter_map(|c| c.to_digit(36)).enumerate() {
        let weight = [7u32, 3, 9, 1][index % 4];
        sum += symbol * weight;
    }
    (10 - sum % 10) % 10
}

/// How a superior passed a petition on (上级转来、交办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Transfer {
    /// The superior organ.
    pub from: String,
    /// Its document number (来文号).
    pub number: String,
    /// The day by which it wants the result reported, for an assignment (R05-21d, R22-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_back_on: Option<Date>,
}

impl Petition {
    /// Whether it came down through the superiors as a letter or over the network, so that the county has
    /// only its share of the days in which all of them pass it on (C1′).
    pub fn came_down(&self) -> bool {
        let written = matches!(self.channel, Channel::Letter | Channel::Online | Channel::Superior);
        self.transfer.is_some() && written
    }

    /// Whom of it a paper or a question reaches (可送达、可听取的人): who gave a name, but not whoever only speaks for
    /// another.
    pub fn reached(&self) -> impl Iterator<Item = &Party> {
        self.parties
            .iter()
            .filter(|party| party.kind != PartyKind::Anonymous && party.role != PartyRole::Agent)
    }
}

/// Whom an accusation is against (被检举控告人): a unit of the directory, a person with an account, a name;
/// whatever of it is known. The name lies sealed, as a petitioner's does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Accused {
    /// Time-ordered UUID.
    pub id: String,
    /// The unit, or the person's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The person's account, if they have one here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Accounts of people who bear the name, kept out until it is known who is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub namesakes: Vec<AccountId>,
    /// The masked name, if a person was named.
    #[serde(default)]
    pub mask: String,
    /// The name, sealed.
    #[serde(default, skip_serializing_if = "Secret::is_withheld")]
    pub sealed: Secret,
}

impl Accused {
    /// Somebody or something of the directory, without a name.
    pub fn of(unit: Option<UnitId>, account: Option<AccountId>) -> Self {
        let (id, mask) = (String::new(), String::new());
        Self { id, unit, account, namesakes: Vec::new(), mask, sealed: Secret::default() }
    }

    /// Of whom nothing but a name is known, with everybody here who bears it: all of them are kept out until it is
    /// known who is meant (R22-30). `bears` says whether a name is the same.
    pub fn with_namesakes(mut self, directory: &Directory, bears: impl Fn(&str) -> bool) -> Self {
        if !self.known() && !self.mask.is_empty() {
            let same = directory.people.iter().filter(|(_, other)| bears(&other.name));
            self.namesakes = same.map(|(id, _)| id.clone()).collect();
        }
        self
    }

    /// Whether it is known where they belong, so that a wall can stand.
    pub fn known(&self) -> bool {
        self.unit.is_some() || self.account.is_some()
    }
}

/// From so many people on a visit is collective, and a letter signed jointly (集体访、联名信): how offices count, set
/// by no text of law.
pub const COLLECTIVE_FROM: u32 = 5;

/// One submission (信访件) with everything that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Petition {
    /// Its number.
    pub number: PetitionNumber,
    /// The keyed hash of its query code; the code itself is on the receipt alone.
    #[serde(skip_serializing_if = "Secret::is_withheld")]
    pub query_hash: Secret,
    /// How it came.
    pub channel: Channel,
    /// 邮戳日期 of a letter, if legible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_on: Option<Date>,
    /// 收到日期: the office got it; C1 counts from here.
    pub received_on: Date,
    /// 登记日期: entered into the register.
    pub registered_on: Date,
    /// When it was entered, as an instant.
    pub registered_at: Instant,
    /// 人数 of the visit, or signers of a letter.
    pub headcount: u32,
    /// 联名或集体: by [`COLLECTIVE_FROM`] people or more when registered.
    pub collective: bool,
    /// Whom it is addressed to (受信人), for a leader's mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<String>,
    /// The leader into whose mailbox it went (领导信箱).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<AccountId>,
    /// Whether whoever asks lets the answer be read by everybody, in words that tell nothing of them (同意公开答复).
    #[serde(default, skip_serializing_if = "is_no")]
    pub publishable: bool,
    /// Who passed it on, for what came from above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
    /// A foreign ledger's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Language of the petitioner.
    pub language: Language,
    /// One line that says what is asked for (标题).
    pub title: String,
    /// Facts and reasons in the petitioner's words (事实和理由).
    pub text: String,
    /// Where the problem is (问题属地), not where the person lives.
    pub place: Place,
    /// Its classification.
    pub category: Category,
    /// Who handed it in.
    pub parties: Vec<Party>,
    /// What is asked for, each to be answered.
    pub demands: Vec<String>,
    /// The organ or unit whose conduct it complains of (被投诉机关、单位), if it names one; who is accused of a breach of
    /// discipline or law stands in `accused`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complained_of: Option<UnitId>,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What kind of petition it is.
    #[serde(default = "redress", skip_serializing_if = "Track::is_redress")]
    pub track: Track,
    /// Whom it accuses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accused: Vec<Accused>,
    /// Urgent and grave (重大紧急): reported at once.
    #[serde(default, skip_serializing_if = "is_no")]
    pub urgent: bool,
    /// The unit that received it first and answers for it until it is handed over (首问负责).
    pub first_unit: UnitId,
}

impl Petition {
    /// What was handed in on a day, before it says anything and has a number (待登记).
    pub fn handed_in(channel: Channel, on: Date, place: Place, category: Category) -> Self {
        Self {
            number: PetitionNumber(String::new()),
            query_hash: Secret::default(),
            channel,
            posted_on: None,
            received_on: on,
            registered_on: on,
            registered_at: Instant(0),
            headcount: 1,
            collective: false,
            addressee: None,
            mailbox: None,
            publishable: false,
            transfer: None,
            reference: None,
            language: Language("zh".to_owned()),
            title: String::new(),
            text: String::new(),
            place,
            category,
            parties: Vec::new(),
            demands: Vec::new(),
            complained_of: None,
            attachments: Vec::new(),
            track: Track::Redress,
            accused: Vec::new(),
            urgent: false,
            first_unit: UnitId(String::new()),
        }
    }

    /// Whether anybody can be informed in writing (R22-23b: not if name or address are unclear).
    pub fn can_be_told(&self) -> bool {
        self.parties.iter().any(|party| party.kind != PartyKind::Anonymous && party.reachable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_catches_a_slip() {
        let place = Place("539921".to_owned());
        let number = PetitionNumber::new(&place, Channel::Visit, 2025, 217);
        assert!(number.0.starts_with("539921-LF-2025-000217"), "{number:?}");
        assert!(number.is_sound());
        assert!(!PetitionNumber(number.0.replace("217", "271")).is_sound());
        assert!(!PetitionNumber(String::new()).is_sound());
    }
}
