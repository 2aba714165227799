//! The page of an act's form (表单页), whatever it is done to: matters, records of the duty side, the office.

use crate::web::field::FieldView;
use crate::web::form::Back;
use crate::web::page::{Page, with_status};
use askama::Template;
use axum::response::Response;
use casework::matter::handling::{ExtensionAsked, ExtensionState};
use casework::matter::{Demand, Matter};
use casework::role::Act;

/// What somebody reads before they decide (决定前须阅内容): nobody signs blind.
#[derive(Default)]
pub struct Reads {
    /// The demands with their draft answers.
    pub draft: Vec<Demand>,
    /// The request for more time.
    pub extension: Option<ExtensionAsked>,
}

impl Reads {
    /// What an act on a matter decides about.
    pub fn of(act: Act, matter: &Matter) -> Self {
        let looks = [Act::Sign, Act::SubmitDraft, Act::CheckDraft, Act::ReturnDraft];
        let decides = [Act::Extend, Act::RefuseExtension];
        let draft = if looks.contains(&act) { matter.demands.clone() } else { Vec::new() };
        let asked = match &matter.extension {
            ExtensionState::Asked(asked) if decides.contains(&act) => Some(asked.clone()),
            ExtensionState::Asked(_) | ExtensionState::None | ExtensionState::Granted(_) => None,
        };
        Self { draft, extension: asked }
    }
}

/// A form on its page.
#[derive(Template)]
#[template(path = "act/form.html")]
pub struct FormPage {
    /// The page around it.
    pub p: Page,
    /// What it is done to: addresses and words, the widest first.
    pub crumbs: Vec<(String, String)>,
    /// The act's name.
    pub heading: String,
    /// What it is for.
    pub help: String,
    /// The article it rests on; empty without one.
    pub article: String,
    /// Where it is sent.
    pub action: String,
    /// Where to go instead.
    pub cancel: String,
    /// The button's words.
    pub button: String,
    /// What is decided about.
    pub reads: Reads,
    /// The version of the matter that it was made for.
    pub version: Option<i64>,
    /// Its fields.
    pub fields: Vec<FieldView>,
    /// What came back.
    pub back: Back,
}

impl FormPage {
    /// The page, with the status of what came back.
    pub fn response(&self) -> Response {
        with_status(self.back.status, self)
    }
}
