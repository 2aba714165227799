//! Work is counted, not timed.

use crate::office::{Office, apart};
use casework::org::Role;
use huiyin::demo::crowd;
use std::collections::BTreeMap;
use store::gauge::Cost;

fn office(matters: u64) -> Office {
    let office = Office::played();
    apart(|| {
        let start = std::time::Instant::now();
        crowd::fill(&office.house, matters, |_, _| ()).expect("filled");
        eprintln!("filled {matters} in {:?}", start.elapsed());
    });
    office
}

async fn cost(office: &Office, path: &str, cookie: &str) -> (u64, BTreeMap<String, Cost>, u16) {
    office.house.db.gauge().start();
    let answer = office.get(path, cookie).await;
    let costs = office.house.db.gauge().stop();
    (costs.values().map(|cost| cost.work).sum(), costs, answer.status.as_u16())
}

#[tokio::test]
async fn explore() {
    let (small, large) = (office(1000), office(10000));
    let mut reads: Vec<String> = vec![
        "/desk".into(),
        "/matters".into(),
        "/search?q=%E5%9C%9F%E5%9C%B0".into(),
        "/matters/2025-5".into(),
        "/leader".into(),
        "/board".into(),
        "/report?year=2025".into(),
    ];
    for f in [
        "step=referred",
        "step=concluded",
        "holder=agri",
        "place=539921101",
        "category=%E5%86%9C%E6%9D%91%E5%86%9C%E4%B8%9A",
        "due=over",
        "due=soon",
        "channel=visit",
        "first_unit=agri",
        "from=2025-03-01",
        "until=2025-03-01",
        "q=%E5%9C%9F%E5%9C%B0",
    ] {
        reads.push(format!("/matters?{f}"));
    }
    for (unit, role) in
        [("xinfang", Role::RegistrationClerk), ("agri", Role::UnitHandler), ("gov", Role::Leader)]
    {
        let (a, _) = small.sign_in(unit, role).await;
        let (b, _) = large.sign_in(unit, role).await;
        println!("== {unit}");
        for read in &reads {
            let (one, _, s) = cost(&small, read, &a).await;
            let (ten, costs, _) = cost(&large, read, &b).await;
            println!("{read}: {s} {one} {ten} {:.2}", ten as f64 / one as f64);
            let mut worst: Vec<_> = costs.into_iter().collect();
            worst.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.work));
            for (sql, cost) in worst.into_iter().take(3) {
                println!(
                    "      {} {} {}",
                    cost.work,
                    cost.runs,
                    sql.split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ")
                        .chars()
                        .take(400)
                        .collect::<String>()
                );
            }
        }
    }
}
