//! One wish of every kind that the rooms know beside the main road of a matter: for random histories, for
//! the model check, and for walking all acts against all walls.

#[path = "wishes/counter.rs"]
pub mod counter;
#[path = "wishes/hearing.rs"]
mod hearing;
#[path = "wishes/inside.rs"]
mod inside;
#[path = "wishes/publication.rs"]
mod publication;

pub use self::counter::{pass_on, send_back, take_over};
pub use self::hearing::{announce_hearing, publish_opinion};
pub use self::inside::{check_draft, put_in_charge, return_draft, submit_draft};
pub use self::publication::{end_publication, publish_answer};

use casework::calendar::plus_days;
use casework::matter::Command;
use casework::matter::aid::{self, AidKind, AidReferred, Authorised, AuthorityEnded};
use casework::matter::handling::Accept;
use casework::matter::joint::{
    self, Arbiter, Contributed, ContributionAsked, ContributionReleased, Designated, Disputed,
};
use casework::matter::ladder::{
    self, Found, RecommendationAnswered, RecommendationKind, Recommended, Rung, SteppedUp,
    TrackedBecause, TrackerNamed,
};
use casework::matter::mediation::{self, Mediated, Settled, Way};
use casework::matter::participation::{
    self, Countersigned, EvidenceAdded, ObjectionAnswered, ObjectionRaised, ParticipationOpened,
    ResultAnnounced, SessionHeld, Side,
};
use casework::matter::rating::{self, Content, Rated};
use casework::matter::referral::Ruling;
use casework::matter::repeat::{self, TellRepeat};
use casework::matter::secrecy::{self, SecretCleared, SecretHandedOver, SecretSuspected};
use casework::matter::sponsorship::{
    self, Instructed, InstructionAnswered, PetitionerMet, PetitionerView, SolutionStudied,
    Sponsored, SponsoredFor, SponsorshipEnded, SponsorshipPlanned, SponsorshipResult,
    SubmittedToLeader,
};
use casework::matter::track::{
    self, AccusedIdentified, Branch, HandedOver, Retracked, Routed, Track, Unsealed,
};
use casework::matter::urgent::{self, MarkedUrgent, UrgentReported};
use casework::matter::wall::{self, RecusalAsked, RecusalDecided, RecusalGround};
use casework::matter::withdrawal::{self, Resumed, Withdrawn};
use casework::org::{AccountId, UnitId};
use casework::petition::{Attachment, PetitionNumber};
use casework::statute::GroundCode;
use jiff::civil::Date;

fn text(words: &str) -> String {
    words.to_owned()
}

pub fn paper() -> Attachment {
    Attachment {
        hash: "a".repeat(64),
        name: text("授权委托书.pdf"),
        media: text("application/pdf"),
        size: 1,
    }
}

pub fn by_branch(branch: Branch, due_on: Option<Date>) -> Command {
    let basis = text("城乡规划法");
    Command::Accept(Accept { branch: Some(branch), due_on, basis, simple: false })
}

pub fn route(branch: Branch) -> Command {
    let routed = Routed {
        branch,
        procedure: text("行政复议"),
        where_to: text("县人民政府行政复议办公室"),
        basis: text("行政复议法第二十条"),
        within: text("六十日内"),
        materials: text("申请书"),
    };
    track::Command::Route(routed).into()
}

pub fn hand_over(ground: &str) -> Command {
    let (where_to, number) = (text("县纪委监委"), text("信转〔2025〕1号"));
    let ground = GroundCode::parse(ground).expect("a ground of the list");
    track::Command::HandOver(HandedOver { ground, where_to, number }).into()
}

pub fn retrack(to: Track, accused: Option<&str>) -> Command {
    let accused = accused.map(|unit| UnitId(text(unit)));
    track::Command::Retrack(Retracked { track: to, accused, person: None, reason: text("核实") })
        .into()
}

pub fn identify(unit: Option<&str>) -> Command {
    let accused = unit.map(|unit| UnitId(text(unit)));
    let (person, reason) = (None, text("核对人员名册"));
    track::Command::Identify(AccusedIdentified { accused, person, reason }).into()
}

pub fn unseal() -> Command {
    track::Command::Unseal(Unsealed { reason: text("不是检举控告") }).into()
}

pub fn ask_contribution(unit: &str, demands: &[u32], due_on: Date) -> Command {
    let (unit, demands) = (UnitId(text(unit)), demands.to_vec());
    let asked = ContributionAsked { unit, demands, due_on, note: String::new() };
    joint::Command::AskContribution(asked).into()
}

pub fn contribute() -> Command {
    let contributed = Contributed {
        unit: UnitId(String::new()),
        text: text("档案已经找到"),
        basis: text("档案法"),
        attachments: Vec::new(),
    };
    joint::Command::Contribute(contributed).into()
}

pub fn release(unit: &str) -> Command {
    let released = ContributionReleased { unit: UnitId(text(unit)), reason: text("不再需要") };
    joint::Command::ReleaseContribution(released).into()
}

pub fn dispute() -> Command {
    joint::Command::Dispute(Disputed { reason: text("两家各执一词") }).into()
}

pub fn designate(to: &str) -> Command {
    let designated = Designated {
        to: UnitId(text(to)),
        arbiter: Arbiter::Superior(UnitId("gov".to_owned())),
        number: text("联席〔2025〕1号"),
        reason: text("事发地主责"),
    };
    joint::Command::Designate(designated).into()
}

pub fn settle(way: Way, on: Date) -> Command {
    let settled = Settled {
        way,
        number: text("调〔2025〕1号"),
        on,
        recipient: text("赵*兰"),
        consent: true,
        text: text("十日内公布账目"),
        done_by: plus_days(on, 10),
        attachments: Vec::new(),
    };
    mediation::Command::Settle(settled).into()
}

pub fn mediate(on: Date, consent: bool) -> Command {
    let mediated =
        Mediated {
            on, mediator: text("县人民调解委员会"), consent, text: text("双方同意再谈")
        };
    mediation::Command::Mediate(mediated).into()
}

pub fn ask_recusal(person: &str) -> Command {
    let asked = RecusalAsked {
        person: AccountId(text(person)),
        person_unit: None,
        recusal_ground: RecusalGround::Relative,
        reason: text("承办人是村支书的弟弟"),
    };
    wall::Command::AskRecusal(asked).into()
}

pub fn decide_recusal(person: &str, granted: bool) -> Command {
    let person = AccountId(text(person));
    wall::Command::DecideRecusal(RecusalDecided { person, granted, reason: text("属实") }).into()
}

pub fn mark_urgent() -> Command {
    urgent::Command::MarkUrgent(MarkedUrgent { reason: text("大坝渗水") }).into()
}

pub fn report_urgent() -> Command {
    let reported = UrgentReported {
        recipients: text("县委、县政府"),
        text: text("水库大坝渗水，下游有三个村"),
        measures: text("已通知水利局到场"),
        contact: text("值班室"),
    };
    urgent::Command::ReportUrgent(reported).into()
}

pub fn suspect_secret() -> Command {
    let suspected = SecretSuspected { reason: text("附件二") };
    secrecy::Command::SuspectSecret(suspected).into()
}

pub fn hand_over_secret() -> Command {
    let (where_to, number) = (text("县保密局"), text("收〔2025〕1号"));
    secrecy::Command::HandOverSecret(SecretHandedOver { where_to, number }).into()
}

pub fn clear_secret() -> Command {
    let cleared = SecretCleared { reason: text("县保密局鉴定不属于国家秘密") };
    secrecy::Command::ClearSecret(cleared).into()
}

pub fn open_participation(on: Date, count: u32) -> Command {
    let opened = ParticipationOpened {
        names: Vec::new(),
        elected_on: on,
        representatives: text("王*、李*"),
        elected: count,
        members: text("县档案局、县人社局"),
        text: text("查找职工档案"),
        attachments: Vec::new(),
    };
    participation::Command::OpenParticipation(opened).into()
}

pub fn add_evidence(side: Side) -> Command {
    let added = EvidenceAdded {
        side,
        item: text("工资表"),
        text: text("一九九八年在册"),
        attachments: Vec::new(),
    };
    participation::Command::AddEvidence(added).into()
}

pub fn hold_session(on: Date) -> Command {
    let held = SessionHeld {
        on,
        venue: text("县档案局"),
        present: text("双方代表"),
        interpreter: String::new(),
        text: text("逐份核对"),
        attachments: Vec::new(),
    };
    participation::Command::HoldSession(held).into()
}

pub fn countersign(session: u32) -> Command {
    participation::Command::Countersign(Countersigned {
        session,
        note: String::new(),
        attachments: vec![paper()],
    })
    .into()
}

pub fn raise_objection() -> Command {
    let raised = ObjectionRaised { side: Side::Petitioner, text: text("少了两个人") };
    participation::Command::RaiseObjection(raised).into()
}

pub fn answer_objection(objection: u32) -> Command {
    let answered = ObjectionAnswered { objection, text: text("已补上") };
    participation::Command::AnswerObjection(answered).into()
}

pub fn announce(on: Date) -> Command {
    let announced =
        ResultAnnounced {
            on, venue: text("职工大会"), count: 60, text: text("档案全部补齐")
        };
    participation::Command::AnnounceResult(announced).into()
}

pub fn name_tracker() -> Command {
    let (tracker, because) = (AccountId(text("somebody")), TrackedBecause::SuperiorAssigned);
    ladder::Command::NameTracker(TrackerNamed { tracker, because }).into()
}

pub fn record_finding(on: Date) -> Command {
    ladder::Command::RecordFinding(Found { on, finding: text("档案室无人") }).into()
}

pub fn recommend(to: &str, number: &str) -> Command {
    let recommended = Recommended {
        recommendation: RecommendationKind::Improvement,
        number: text(number),
        to: UnitId(text(to)),
        text: text("请改进档案管理"),
    };
    ladder::Command::Recommend(recommended).into()
}

pub fn answer_recommendation(number: &str, adopted: bool, words: &str) -> Command {
    let (number, text) = (text(number), text(words));
    let answered = RecommendationAnswered { number, adopted, text };
    ladder::Command::AnswerRecommendation(answered).into()
}

pub fn step_up(rung: Rung, unit: &str) -> Command {
    let unit = UnitId(text(unit));
    let (number, text) = (text("信督〔2025〕2号"), text("限期整改"));
    ladder::Command::StepUp(SteppedUp { rung, unit, number, text }).into()
}

pub fn rate(petition: &PetitionNumber, of_unit: Content, note: &str) -> Command {
    let rated = Rated {
        petition: petition.clone(),
        of_office: Content::Satisfied,
        of_unit,
        note: text(note),
    };
    rating::Command::Rate(rated).into()
}

/// Taken back by a paper that whoever petitioned signed.
pub fn withdraw(petition: &PetitionNumber, reason: &str) -> Command {
    let withdrawn = Withdrawn {
        petition: petition.clone(),
        reason: text(reason),
        signatures: 1,
        attachments: vec![paper()],
    };
    withdrawal::Command::Withdraw(withdrawn).into()
}

pub fn resume(petition: &PetitionNumber) -> Command {
    let resumed = Resumed { petition: petition.clone(), note: String::new() };
    withdrawal::Command::Resume(resumed).into()
}

pub fn tell_repeat(petition: &PetitionNumber) -> Command {
    let told = TellRepeat { petition: petition.clone(), note: text("没有新的事实和理由") };
    repeat::Command::TellRepeat(told).into()
}

pub fn authorise(petition: &PetitionNumber) -> Command {
    let authorised = Authorised {
        petition: petition.clone(),
        text: text("代为提出、接收文书"),
        attachments: vec![paper()],
    };
    aid::Command::Authorise(authorised).into()
}

pub fn end_authority(petition: &PetitionNumber) -> Command {
    let ended = AuthorityEnded { petition: petition.clone(), reason: text("自己来办") };
    aid::Command::EndAuthority(ended).into()
}

pub fn refer_aid(consent: bool) -> Command {
    let referred = AidReferred {
        aid: AidKind::Social,
        where_to: text("县民政局"),
        text: text("临时救助"),
        consent,
    };
    aid::Command::ReferAid(referred).into()
}

pub fn sponsor(leader: &str, on: Date) -> Command {
    let leader = AccountId(text(leader));
    let (sponsored_for, due_on) = (SponsoredFor::Legacy, plus_days(on, 60));
    let sponsored = Sponsored { leader, sponsored_for, due_on, note: text("任务调整") };
    sponsorship::Command::Sponsor(sponsored).into()
}

pub fn plan_sponsorship() -> Command {
    let planned = SponsorshipPlanned { text: text("先查档案，再约见代表") };
    sponsorship::Command::PlanSponsorship(planned).into()
}

pub fn meet_petitioner(leader: &str, on: Date) -> Command {
    let met = PetitionerMet {
        leader: AccountId(text(leader)),
        on,
        venue: text("村委会"),
        text: text("听取意见"),
        mediated: true,
    };
    sponsorship::Command::MeetPetitioner(met).into()
}

pub fn study_solution(leader: &str, on: Date) -> Command {
    let studied = SolutionStudied {
        leader: AccountId(text(leader)),
        on,
        present: text("农业农村局、财政局"),
        text: text("由财政局垫付"),
    };
    sponsorship::Command::StudySolution(studied).into()
}

pub fn end_sponsorship() -> Command {
    let ended = SponsorshipEnded {
        result: SponsorshipResult::Solved,
        text: text("已经解决"),
        view: PetitionerView::Agrees,
    };
    sponsorship::Command::EndSponsorship(ended).into()
}

pub fn instruct(leader: &str, on: Date) -> Command {
    let instructed = Instructed {
        leader: AccountId(text(leader)),
        on,
        summary: text("账目三年没有公布"),
        proposal: text("请农业农村局核查"),
        text: text("请农业农村局十日内查清并反馈"),
        due_on: plus_days(on, 10),
        tracker: AccountId(text("somebody")),
    };
    sponsorship::Command::Instruct(instructed).into()
}

pub fn submit_to_leader(leader: &str) -> Command {
    let submitted = SubmittedToLeader {
        leader: AccountId(text(leader)),
        summary: text("账目三年没有公布"),
        proposal: text("请农业农村局核查"),
    };
    sponsorship::Command::SubmitToLeader(submitted).into()
}

pub fn answer_instruction(instruction: u32) -> Command {
    let answered = InstructionAnswered { instruction, text: text("已经查清") };
    sponsorship::Command::AnswerInstruction(answered).into()
}

/// One wish of every kind, of these units.
pub fn of_every_room(on: Date, petition: &PetitionNumber) -> Vec<Command> {
    let mut wishes = vec![
        by_branch(Branch::Residual, None),
        by_branch(Branch::Duty, Some(plus_days(on, 30))),
        route(Branch::Administrative),
        hand_over("N02"),
        hand_over("T1"),
        retrack(Track::Suggestion, None),
        retrack(Track::Accusation, Some("housing")),
        unseal(),
        identify(Some("agri")),
        ask_contribution("housing", &[1], plus_days(on, 10)),
        contribute(),
        release("housing"),
        dispute(),
        designate("agri"),
        mediate(on, true),
        settle(Way::Mediation, on),
        ask_recusal("handler"),
        decide_recusal("handler", true),
        ask_recusal("leader"),
        decide_recusal("leader", true),
        ask_recusal("brother"),
        decide_recusal("brother", false),
        mark_urgent(),
        report_urgent(),
        suspect_secret(),
        hand_over_secret(),
        clear_secret(),
        open_participation(on, 2),
        add_evidence(Side::Unit),
        hold_session(on),
        countersign(1),
        raise_objection(),
        answer_objection(1),
        announce(on),
        name_tracker(),
        record_finding(on),
        recommend("agri", "建〔2025〕1号"),
        answer_recommendation("建〔2025〕1号", true, "已改进"),
        step_up(Rung::Reminded, "agri"),
        step_up(Rung::Talked, "agri"),
        authorise(petition),
        end_authority(petition),
        refer_aid(true),
        rate(petition, Content::Mostly, ""),
        tell_repeat(petition),
        withdraw(petition, "已经解决"),
        resume(petition),
        sponsor("leader", on),
        plan_sponsorship(),
        meet_petitioner("leader", on),
        study_solution("leader", on),
        submit_to_leader("leader"),
        submit_to_leader("another"),
        end_sponsorship(),
        instruct("leader", on),
        answer_instruction(1),
        Command::Recall(Ruling { reason: text("核实") }),
        pass_on(),
        take_over(),
        send_back(),
        put_in_charge("other"),
        submit_draft("brother"),
        check_draft(),
        return_draft(),
        publish_answer(),
        end_publication(),
        announce_hearing(plus_days(on, 10), ""),
        publish_opinion(),
    ];
    wishes.extend(counter::corrections(petition, on));
    wishes
}
