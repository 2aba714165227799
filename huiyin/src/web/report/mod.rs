//! The yearly report and its figures (年度报告、指标).

use crate::cases::{cases, duty_figure, known, period};
use crate::house::House;
use crate::locale::Lang;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::report::head_name;
use crate::report::{Block, Piece, Report, of_year};
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use casework::directory::Directory;
use casework::duty::figure::{Counted, DutyFigure, FigureValue};
use casework::duty::submission::{Addressee, Submission};
use casework::duty::{Noun, Record};
use casework::figure::FigureKey;
use casework::moment::Within;
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use serde::Deserialize;
use store::figure::Part;
use store::petition::PetitionRow;

/// Which report.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReportAsked {
    year: String,
    until: String,
    from: String,
    after: String,
}

#[derive(Template)]
#[template(path = "report/report.html")]
struct ReportPage {
    p: Page,
    report: Report,
    blocks: Vec<Block>,
    year: i16,
    sent: Vec<Sent>,
    may_send: bool,
}

/// A report that went out, in words.
struct Sent {
    id: String,
    words: String,
}

/// The reports of a year that went out, for whoever may know of them.
fn sent(house: &Shared, desk: &Desk, year: i16) -> Result<Vec<Sent>, Problem> {
    let lang = desk.lang;
    let words = |one: &Submission| {
        let name = |to: &Addressee| match to.received {
            Some(_) => to.name.clone(),
            None => lang.tx("report-not-received", &[("name", to.name.clone())]),
        };
        let to: Vec<String> = one.addressees.iter().map(name).collect();
        let to = to.join(&lang.t("list-separator"));
        let args = [("number", one.number.clone()), ("on", lang.date(one.sent_on)), ("to", to)];
        lang.tx("report-sent", &args)
    };
    let all = crate::duty::submission::of_year(house, year)?;
    let seen = all
        .into_iter()
        .filter(|kept| role::sees(&desk.actor, Noun::Submission, &kept.record.spine()));
    Ok(seen.map(|kept| Sent { words: words(&kept.record), id: kept.id }).collect())
}

fn wanted(house: &Shared, ask: &ReportAsked) -> Result<(i16, Option<Date>), Problem> {
    let mut parameters = Parameters::default();
    let (year, until) = (parameters.year("year", &ask.year), parameters.date("until", &ask.until));
    parameters.done((year.unwrap_or_else(|| house.moment().on.year()), until))
}

/// The report's page.
async fn shown(house: &Shared, desk: &Desk, ask: &ReportAsked) -> Result<ReportPage, Problem> {
    let (year, report) = made(house, desk, ask).await?;
    let reader = desk.clone();
    let sent = blocking(house, move |house| sent(house, &reader, year)).await?;
    Ok(ReportPage {
        blocks: report.blocks(house, desk.lang),
        may_send: role::allow(&desk.actor, Act::PlanDuty, Thing::Office).is_ok(),
        p: Page::desk(house, desk.clone(), "/report"),
        report,
        year,
        sent,
    })
}

async fn made(house: &Shared, desk: &Desk, ask: &ReportAsked) -> Result<(i16, Report), Problem> {
    role::allow(&desk.actor, Act::ViewReport, Thing::Office).map_err(Problem::Denied)?;
    let (year, until) = wanted(house, ask)?;
    let scope = role::scope(&desk.actor);
    blocking(house, move |house| Ok((year, of_year(house, &scope, year, until)?))).await
}

/// The report.
pub async fn page(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<ReportAsked>,
) -> Response {
    match shown(&house, &desk, &ask).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(page) => render(&page),
    }
}

/// The report as Markdown.
pub async fn markdown(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<ReportAsked>,
) -> Response {
    match made(&house, &desk, &ask).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((_, report)) => {
            let text = report.markdown(&house, desk.lang);
            ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response()
        }
    }
}

#[derive(Template)]
#[template(path = "report/figure.html")]
struct FigurePage {
    p: Page,
    key: FigureKey,
    definition: String,
    from: Date,
    until: Date,
    count: i64,
    rows: Vec<PetitionRow>,
    next: Option<String>,
}

/// The definition of a figure in words, by the problem heads in force on the day.
pub fn definition(directory: &Directory, lang: Lang, key: &FigureKey, until: Date) -> String {
    let head = |id| head_name(&directory.problem_heads(until), lang, id);
    match key {
        FigureKey::HeadCause(id, cause) => lang.tx(
            "figure-head-cause",
            &[("head", head(id)), ("cause", lang.word("cause", cause.word()))],
        ),
        FigureKey::HeadConcluded(id) => lang.tx("figure-head-concluded", &[("head", head(id))]),
        FigureKey::Head(id) => lang.tx("figure-head", &[("head", head(id))]),
        FigureKey::Unit(unit) => {
            lang.tx("figure-unit", &[("unit", directory.unit(unit).to_owned())])
        }
        FigureKey::Organ(unit) => {
            lang.tx("figure-organ", &[("unit", directory.unit(unit).to_owned())])
        }
        FigureKey::Petitions(_) | FigureKey::Duty(_) => {
            lang.t(&format!("figure-{key}").replace(['.', '_'], "-"))
        }
    }
}

/// A line of what a figure of the duty side counts.
struct CountedLine {
    on: Date,
    words: String,
    at: Option<String>,
    amount: i64,
}

#[derive(Template)]
#[template(path = "report/duty.html")]
struct DutyFigurePage {
    p: Page,
    key: FigureKey,
    definition: String,
    from: Date,
    until: Date,
    value: i64,
    lines: Vec<CountedLine>,
    /// After how many lines the next page begins, if there is one.
    next: Option<usize>,
}

fn counted_lines(
    house: &House,
    actor: &casework::org::Actor,
    shown: &[Counted],
) -> Result<Vec<CountedLine>, Problem> {
    let ids: Vec<_> = shown.iter().filter_map(|one| one.matter).collect();
    let titles = crate::see::titles(house, actor, &ids)?;
    let directory = house.directory();
    let lines = shown.iter().map(|one| {
        let person = one.person.as_ref().map(|person| directory.name(person));
        let matter = one
            .matter
            .map(|id| format!("{id} {}", titles.get(&id).map(String::as_str).unwrap_or_default()));
        let words =
            [person.unwrap_or_default().to_owned(), matter.unwrap_or_default(), one.title.clone()];
        let record = one.record.as_ref().map(|(noun, id)| format!("/duty/{}/{id}", noun.word()));
        CountedLine {
            on: one.on,
            words: words.join(" ").trim().to_owned(),
            at: record.or(one.matter.map(|id| format!("/matters/{id}"))),
            amount: one.amount,
        }
    });
    Ok(lines.collect())
}

/// The page of a figure of the duty side.
async fn duty_page(house: Shared, desk: Desk, figure: DutyFigure, ask: ReportAsked) -> Response {
    let (actor, lang, key) = (desk.actor.clone(), desk.lang, FigureKey::Duty(figure));
    let found = blocking(&house, move |house| {
        role::allow(&actor, Act::ViewReport, Thing::Office).map_err(Problem::Denied)?;
        let within = period(house.moment().on, &ask.from, &ask.until)?;
        let FigureValue { value, counted } =
            duty_figure(house, &role::scope(&actor), figure, within)?;
        // A figure may count as much as there are matters; a page shows a part of it.
        let from: usize = ask.after.parse().unwrap_or_default();
        let until = from.saturating_add(SHOWN as usize);
        let shown = counted.get(from..until.min(counted.len())).unwrap_or_default();
        let next = (until < counted.len()).then_some(until);
        Ok((within, value, counted_lines(house, &actor, shown)?, next))
    });
    match found.await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok((Within { from, until }, value, lines, next)) => render(&DutyFigurePage {
            definition: definition(&house.directory(), lang, &key, until),
            p: Page::desk(&house, desk, "/report"),
            key,
            from,
            until,
            value,
            lines,
            next,
        }),
    }
}

/// How many cases a page shows.
const SHOWN: u32 = 50;

/// A figure: what it counts, and the cases it counts.
pub async fn figure(
    State(house): State<Shared>,
    desk: Desk,
    Path(key): Path<String>,
    Query(ask): Query<ReportAsked>,
) -> Response {
    let Some(key) = FigureKey::parse(&key) else {
        return problem_page(&house, desk.lang, &Problem::NotFound);
    };
    if let FigureKey::Duty(figure) = key {
        return duty_page(house, desk, figure, ask).await;
    }
    let found = async {
        role::allow(&desk.actor, Act::ViewReport, Thing::Office).map_err(Problem::Denied)?;
        let within = period(house.moment().on, &ask.from, &ask.until)?;
        let figure = known(&house, &key, within)?;
        let (after, scope) = (ask.after.clone(), role::scope(&desk.actor));
        let read = move |house: &Shared| {
            cases(house, &scope, &figure, Part { after: &after, limit: SHOWN })
        };
        Ok::<_, Problem>((within, blocking(&house, read).await?))
    };
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((Within { from, until }, cases)) => render(&FigurePage {
            definition: definition(&house.directory(), desk.lang, &key, until),
            next: cases.next(SHOWN as usize),
            p: Page::desk(&house, desk, "/report"),
            key,
            from,
            until,
            count: cases.count,
            rows: cases.rows,
        }),
    }
}
