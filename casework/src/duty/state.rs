//! Where a record stands (台账状态).

use super::publicity::Medium;
use super::seat::SeatKind;
use crate::code::code_list;

code_list! {
    /// Where a record stands (台账状态); which of these a kind of record knows, its room says.
    pub enum State {
        /// 计划中.
        Planned = "planned",
        /// 已公布.
        Published = "published",
        /// 已接访.
        Held = "held",
        /// 已取消.
        Cancelled = "cancelled",
        /// 进行中.
        Running = "running",
        /// 已结束.
        Ended = "ended",
        /// 已完成.
        Done = "done",
        /// 待签订.
        DrawnUp = "drawn_up",
        /// 已签订.
        Signed = "signed",
        /// 已有结果.
        Concluded = "concluded",
        /// 已说明意见.
        Commented = "commented",
        /// 已立案.
        Opened = "opened",
        /// 已听取陈述.
        Heard = "heard",
        /// 已决定.
        Decided = "decided",
        /// 已申诉.
        Appealed = "appealed",
        /// 已终结.
        Final = "final",
        /// 台账已锁定.
        Frozen = "frozen",
        /// 已召集.
        Called = "called",
        /// 落实中.
        FollowingUp = "following_up",
        /// 已报送.
        Sent = "sent",
        /// 已签收.
        Delivered = "delivered",
        /// 公开.
        Public = "public",
        /// 内部.
        Internal = "internal",
        /// 公告栏.
        Notice = "notice",
        /// 展板、竞赛.
        BoardContest = "board_contest",
        /// 电视.
        Television = "television",
        /// 培训.
        Training = "training",
        /// 咨询.
        Counselling = "counselling",
        /// 其他.
        Other = "other",
        /// 组长.
        Head = "head",
        /// 副组长.
        Deputy = "deputy",
        /// 成员.
        Member = "member",
        /// 办公室主任.
        Secretary = "secretary",
    }
}

impl State {
    /// Of what lasts until a day that may not be known yet.
    pub fn lasting(ended: bool) -> Self {
        if ended { Self::Ended } else { Self::Running }
    }
}

impl From<Medium> for State {
    fn from(medium: Medium) -> Self {
        match medium {
            Medium::Notice => Self::Notice,
            Medium::BoardContest => Self::BoardContest,
            Medium::Television => Self::Television,
            Medium::Training => Self::Training,
            Medium::Counselling => Self::Counselling,
            Medium::Other => Self::Other,
        }
    }
}

impl From<SeatKind> for State {
    fn from(seat: SeatKind) -> Self {
        match seat {
            SeatKind::Head => Self::Head,
            SeatKind::Deputy => Self::Deputy,
            SeatKind::Member => Self::Member,
            SeatKind::Secretary => Self::Secretary,
        }
    }
}
