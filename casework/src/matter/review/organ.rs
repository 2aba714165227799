//! Which organ reviews (复查复核机关): the county's tree decides, level by level.

use crate::directory::Directory;
use crate::matter::{Context, Matter};
use crate::org::{Unit, UnitKind};
use crate::refusal::Refusal;

impl Matter {
    /// The organs that may be asked to review the matter's answer, or its review (复查复核机关): always of
    /// the next higher level, and no level is skipped. A township's answer is reviewed by the county; a
    /// bureau's by the county or the competent bureau of the city; what stands under a superior bureau, by
    /// that; the office's and the county's own, by the county and by the city. The final review is one level above the
    /// review, and no level is asked twice (R05-34, R22-35).
    pub fn reviewers<'a>(&self, directory: &'a Directory) -> Vec<&'a Unit> {
        let answered = self.answered_by.as_ref().and_then(|unit| directory.units.get(unit));
        let last = self.chain().iter().rfind(|review| review.declined.is_none());
        let reviewed = last.and_then(|review| directory.units.get(&review.asked.organ));
        let Some(answered) = answered else { return Vec::new() };
        let parent = answered.parent.as_ref().and_then(|parent| directory.units.get(parent));
        let by_line = parent.is_some_and(|unit| unit.kind == UnitKind::Superior);
        let fits = |unit: &&Unit| match (reviewed, answered.kind) {
            (None, _) if by_line => parent.is_some_and(|parent| parent.id == unit.id),
            (None, UnitKind::Bureau) => {
                let under = parent.is_some_and(|parent| parent.kind == UnitKind::Bureau);
                if under {
                    return parent.is_some_and(|parent| parent.id == unit.id);
                }
                unit.kind == UnitKind::County || answered.guided_by.as_ref() == Some(&unit.id)
            }
            (None, UnitKind::Office | UnitKind::Township | UnitKind::Village) => {
                unit.kind == UnitKind::County
            }
            (
                None,
                UnitKind::County | UnitKind::Superior | UnitKind::Discipline | UnitKind::Judicial,
            ) => directory.one_level_up(answered, unit),
            // A bureau of the city was asked in the first place: the city itself decides then.
            (Some(first), UnitKind::Bureau | UnitKind::Office)
                if first.kind == UnitKind::Superior && !by_line =>
            {
                directory.governs(unit, &first.place)
            }
            (Some(first), _) if first.kind == UnitKind::Bureau => unit.kind == UnitKind::County,
            (Some(first), _) => directory.one_level_up(first, unit),
        };
        let other = |unit: &&Unit| {
            unit.id != answered.id && reviewed.is_none_or(|first| first.id != unit.id)
        };
        directory.units.values().filter(other).filter(fits).collect()
    }

    /// R22-28, R22-35, R05-34: the office keeps the file of what a higher organ decides, but nobody decides about an
    /// answer of their own organ.
    pub(super) fn not_in_own_cause(&self, context: &Context<'_>) -> Result<(), Refusal> {
        let own = self.answered_by.as_ref() == Some(&context.actor.unit);
        if own { Err(Refusal::OwnAnswer) } else { Ok(()) }
    }
}
