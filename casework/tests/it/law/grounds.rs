//! On which grounds a petition ends without an answer, and which of them the text of the day gives to whom.

use super::track::of_track;
use super::{DAYS, File};
use crate::fixture::{Office, refer, told};
use casework::matter::Command;
use casework::matter::referral::Filed;
use casework::petition::Channel;
use casework::refusal::Refusal;
use casework::statute::GroundCode;

#[test]
fn nothing_is_filed_but_on_a_ground_of_the_list() {
    // R05-17, R22-19: nothing is asked for; R05-22b, R22-23b: nobody can be told.
    let office = Office::new();
    for day in DAYS {
        let file = |ground| Command::File(Filed { ground, reason: "感谢信".to_owned() });
        let mut open = File::opened(&office, day);
        assert_eq!(open.then(0, &file(None)), Err(Refusal::GroundMissing));
        for other in [GroundCode::NotCompetent, GroundCode::Pending, GroundCode::Accusation] {
            assert_eq!(open.then(0, &file(Some(other))), Err(Refusal::UnknownGround(other)));
        }
        let unreachable = file(Some(GroundCode::Unreachable));
        assert_eq!(open.then(0, &unreachable), Err(Refusal::CanBeTold));
        let open = open.done(0, &file(Some(GroundCode::NoDemand)));
        assert_eq!(open.matter.unserved().count(), 1, "and it is told in writing");
        let mut letter = of_track(&office, day, |petition| {
            petition.parties.iter_mut().for_each(|party| party.reachable = false);
        });
        assert_eq!(letter.then(0, &unreachable), Ok(()));
    }
    let old = r#"{"reason":"重复内容"}"#;
    let old: Filed = serde_json::from_str(old).expect("a line of before there was a list");
    assert_eq!(old.ground, None);
}

#[test]
fn what_belongs_to_a_court_is_passed_on_guided_or_led_there_as_the_text_says() {
    // R22-22b, R22-22c, R22-31: letters are passed on, visitors guided, and a unit leads into the procedure.
    // R05-14b, R05-21a: the older text tells them all, and a unit declines.
    let office = Office::new();
    for (day, newer) in [(DAYS[0], false), (DAYS[1], true)] {
        for ground in ["N01", "N02"] {
            let tell = Command::Tell(told(ground, "县人民法院立案庭"));
            for channel in Channel::ALL {
                let mut file = of_track(&office, day, |petition| petition.channel = channel);
                let sent_in = newer && !channel.is_in_person();
                let expected = if sent_in { Err(Refusal::HandOverInstead) } else { Ok(()) };
                assert_eq!(file.then(0, &tell), expected, "{ground} {}", channel.word());
            }
        }
        let mut unit = File::opened(&office, day).done(0, &refer("agri"));
        let declined = unit.then(0, &Command::Decline(told("N02", "县人民法院立案庭")));
        let expected = if newer { Err(Refusal::RouteInstead) } else { Ok(()) };
        assert_eq!(declined, expected);
    }
}
