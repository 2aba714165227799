//! Enquiries (查询): a petitioner asks after their own matter, and a clerk finds it by who they are. Nobody is looked up
//! for any other reason, and nobody but a clerk looks (PIPL 6; law.md §12.4).

use crate::code::code_list;

code_list! {
    /// How the petitioner asks (查询方式).
    pub enum EnquiredBy {
        /// 当面.
        Counter = "counter",
        /// 电话.
        Telephone = "telephone",
    }
}

code_list! {
    /// What the petitioner asks for (查询目的); it stands in the journal, so it is chosen and never written.
    pub enum EnquiredFor {
        /// 办理进度.
        Progress = "progress",
        /// 领取告知书、答复意见书.
        Papers = "papers",
        /// 补充材料.
        Supplement = "supplement",
        /// 申请复查、复核.
        Review = "review",
        /// 评价.
        Rating = "rating",
        /// 遗失编号、查询码.
        Code = "code",
        /// 撤回.
        Withdrawal = "withdrawal",
    }
}
