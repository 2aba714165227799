//! What waits for whom (待办): the groups into which a queue is cut.

use crate::code::code_list;

code_list! {
    /// A group of a queue (待办分组).
    pub enum Bucket {
        /// 全部.
        All = "all",
        /// 已超期.
        Over = "over",
        /// 三个工作日内到期.
        Soon = "soon",
        /// 被提醒.
        Remind = "remind",
        /// 待转办.
        Register = "register",
        /// 待受理.
        Accept = "accept",
        /// 异议、争议待审.
        Objected = "objected",
        /// 待负责人决定.
        Head = "head",
        /// 应向别的事项提供的协办、反馈.
        Owed = "owed",
        /// 重大紧急.
        Urgent = "urgent",
        /// 督办中.
        Supervised = "supervised",
        /// 建议督办.
        Propose = "propose",
    }
}
