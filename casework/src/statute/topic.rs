//! What provisions are looked up by (条款主题): papers and records that rest on whatever the texts in force say of a
//! thing ask by its topic and name no rule.

/// Liability (责任追究): what a record of accountability may cite.
pub const LIABILITY: &str = "liability";

/// What a written answer says (答复内容): what an opinion is made under.
pub const ANSWER: &str = "answer";

/// When the office follows up (督办情形): what a letter of supervision rests on.
pub const SUPERVISION: &str = "supervision";

/// Proposals to work better (改进工作建议).
pub const IMPROVEMENT: &str = "recommendation";

/// Proposals to change a policy (完善政策建议).
pub const POLICY: &str = "policy";

/// Proposals to hold somebody to account (追究责任建议).
pub const ACCOUNTABILITY: &str = "accountability";

/// Every topic by which somebody asks.
pub const ALL: [&str; 6] = [LIABILITY, ANSWER, SUPERVISION, IMPROVEMENT, POLICY, ACCOUNTABILITY];
