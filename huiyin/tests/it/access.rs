//! Sessions end, and every look at an identity is known afterwards.

use crate::office::{Office, petition};
use casework::org::Role;

#[tokio::test]
async fn idle_sessions_end() {
    let office = Office::new();
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    assert_eq!(office.get("/matters", &cookie).await.status, 200);
    office.house.clock.set(office.house.clock.now().plus_millis(31 * 60 * 1000));
    assert_eq!(office.get("/matters", &cookie).await.status, 303);
}

#[tokio::test]
async fn unmasking_leaves_a_line_in_the_journal() {
    let office = Office::new();
    office.register(&office.clerk(), petition()).await;
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let masked = office.get("/matters/2025-1", &cookie).await.body;
    assert!(masked.contains("赵*兰") && !masked.contains("赵秀兰"));
    let open =
        office.post("/matters/2025-1/unmask", &cookie, &format!("csrf={csrf}&reason=call")).await;
    assert!(open.body.contains("赵秀兰"));
    let (audit, _) = office.sign_in("xinfang", Role::AuditAdministrator).await;
    let journal = office.get("/journal", &audit).await.body;
    assert!(journal.contains("查看身份信息") && journal.contains("2025-1"));
}
