//! On what a matter is concluded (办结), and the cause of the problem.

use crate::code::code_list;
use crate::matter::track::Branch;
use crate::statute::GroundCode;
use serde::{Deserialize, Serialize};

code_list! {
    /// The cause of a problem on the offices' side (形成原因), never of the person.
    pub enum Cause {
        /// 信息公开不够.
        Disclosure = "disclosure",
        /// 政策落实不到位.
        PolicyExecution = "policy_execution",
        /// 政策不完善.
        PolicyGap = "policy_gap",
        /// 行政行为不当.
        AdministrativeConduct = "administrative_conduct",
        /// 不作为.
        Inaction = "inaction",
        /// 慢作为.
        SlowAction = "slow_action",
        /// 承诺未兑现.
        PromiseUnkept = "promise_unkept",
        /// 历史遗留.
        Legacy = "legacy",
        /// 对处理结果有不同意见.
        ResultDispute = "result_dispute",
        /// 诉求缺少依据.
        NoBasis = "no_basis",
    }
}

/// On what a matter was concluded (办结依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "on", content = "ground")]
pub enum ConclusionGround {
    /// A written answer was served.
    Served,
    /// The petitioner was told where to go, on this ground.
    Told(GroundCode),
    /// The unit declined, on this ground.
    Declined(GroundCode),
    /// Filed with a reason.
    Filed,
    /// A review opinion was served.
    Reviewed,
    /// All who petitioned took it back.
    Withdrawn,
    /// Led into the procedure of another law, by this branch.
    Routed(Branch),
    /// Passed to an organ outside of this channel, on this ground.
    HandedOver(GroundCode),
    /// The parties agreed.
    Settled,
    /// Its only petition repeats another matter and was joined to that.
    Merged,
}

/// The matter was concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Conclusion {
    /// On what.
    pub ground: ConclusionGround,
    /// The cause, where the problem was looked into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

impl Conclusion {
    pub(crate) fn of(ground: ConclusionGround) -> Self {
        Self { ground, cause: None }
    }
}
