//! The accounts' page (账号), for the system and the security administrator.

use crate::problem::Problem;
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use casework::role::{self, Act, Denial, Thing};
use store::account::{self, Account};

#[derive(Template)]
#[template(path = "account/accounts.html")]
struct Accounts {
    p: Page,
    accounts: Vec<(Account, String)>,
    opens: bool,
    grants: bool,
}

/// All accounts.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    let may = |act| role::allow(&desk.actor, act, Thing::Office).is_ok();
    let (opens, grants) = (may(Act::ManageAccounts), may(Act::GrantRoles));
    if !opens && !grants {
        return problem_page(&house, desk.lang, &Problem::Denied(Denial::Separated));
    }
    let directory = house.directory();
    match blocking(&house, |house| Ok(house.db.read(account::list)?)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(list) => render(&Accounts {
            accounts: list
                .into_iter()
                .map(|account| {
                    let unit = directory.unit(&account.actor.unit);
                    let post = account.post.as_ref().and_then(|post| directory.posts.get(post));
                    let post = post.map(|post| format!(" · {}", post.name)).unwrap_or_default();
                    let place = format!("{unit}{post}");
                    (account, place)
                })
                .collect(),
            opens,
            grants,
            p: Page::desk(&house, desk, "/accounts"),
        }),
    }
}

impl Accounts {
    /// The address of the form that changes an account's roles, filled in with what it holds.
    fn change(&self, account: &Account) -> String {
        let mut fields = vec![("login", &account.actor.login)];
        let roles: Vec<String> = account.actor.roles.iter().map(|r| r.word().to_owned()).collect();
        fields.extend(roles.iter().map(|role| ("role", role)));
        let yes = "yes".to_owned();
        fields.extend(account.closed_on.is_some().then_some(("closed", &yes)));
        format!("/office/grant_roles?{}", crate::web::page::query(&fields))
    }
}
