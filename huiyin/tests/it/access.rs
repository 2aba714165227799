//! Every page against every role: what is not in the table is a mistake.

use crate::office::{Office, petition};
use casework::org::Role;

const PAGES: [&str; 11] = [
    "/desk",
    "/register",
    "/matters",
    "/matters/2025-1",
    "/matters/2025-1/refer",
    "/report",
    "/organisation",
    "/accounts",
    "/calendar",
    "/journal",
    "/search?q=x",
];

#[tokio::test]
async fn every_page_for_every_role() {
    let office = Office::new();
    office.register(&office.clerk(), petition()).await;
    let mut table = Vec::new();
    for (unit, role) in [
        ("xinfang", Role::RegistrationClerk),
        ("xinfang", Role::OfficeHead),
        ("agri", Role::UnitHandler),
        ("agri", Role::UnitHead),
        ("gov", Role::Leader),
        ("xinfang", Role::Statistician),
        ("xinfang", Role::SystemAdministrator),
        ("xinfang", Role::SecurityAdministrator),
        ("xinfang", Role::AuditAdministrator),
    ] {
        let (cookie, _) = office.sign_in(unit, role).await;
        let mut row = Vec::new();
        for page in PAGES {
            row.push(office.get(page, &cookie).await.status.as_u16().to_string());
        }
        table.push(format!("{} {}", row.join(" "), role.word()));
    }
    let golden = [
        "200 200 200 200 200 200 200 403 200 403 200 registration_clerk",
        "200 200 200 200 200 200 200 403 200 403 200 office_head",
        "200 403 200 404 404 403 200 403 200 403 200 unit_handler",
        "200 403 200 404 404 403 200 403 200 403 200 unit_head",
        "200 403 200 200 403 200 200 403 200 403 200 leader",
        "200 403 200 200 403 200 200 403 200 403 200 statistician",
        "303 403 200 404 404 403 200 200 200 403 404 system_administrator",
        "303 403 200 404 404 403 200 200 200 403 404 security_administrator",
        "303 403 200 404 404 403 200 403 200 200 404 audit_administrator",
    ];
    assert_eq!(table, golden, "\n{}", table.join("\n"));
}

#[tokio::test]
async fn nobody_gets_in_without_signing_in_and_idle_sessions_end() {
    let office = Office::new();
    for page in PAGES {
        assert_eq!(office.get(page, "").await.status, 303, "{page}");
    }
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
