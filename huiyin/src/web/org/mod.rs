//! The organisation's page (机构): places, units and posts, as trees.

use crate::house::House;
use crate::web::Shared;
use crate::web::page::{Page, render};
use crate::web::session::Desk;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use casework::org::Level;
use casework::org::{Jurisdiction, Post, Unit};
use casework::role::{self, Act, Thing};

#[derive(Template)]
#[template(path = "org/organisation.html")]
struct Organisation {
    p: Page,
    places: Vec<(usize, Jurisdiction)>,
    units: Vec<(usize, Unit, String)>,
    posts: Vec<(Post, String)>,
    may_change: bool,
}

fn organisation(house: &House, desk: Desk) -> Organisation {
    let directory = house.directory();
    let depth = |level: Level| match level {
        Level::Province => 0,
        Level::City => 1,
        Level::County => 2,
        Level::Township => 3,
        Level::Village => 4,
    };
    let mut posts: Vec<Post> = directory.posts.values().cloned().collect();
    posts.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
    Organisation {
        places: directory
            .places
            .values()
            .map(|place| (depth(place.level), place.clone()))
            .collect(),
        units: directory
            .tree()
            .into_iter()
            .map(|(depth, unit)| (depth, unit.clone(), directory.place(&unit.place)))
            .collect(),
        posts: posts
            .into_iter()
            .map(|post| {
                let unit = directory.unit(&post.unit).to_owned();
                (post, unit)
            })
            .collect(),
        may_change: role::allow(&desk.actor, Act::ManageAccounts, Thing::Office).is_ok(),
        p: Page::desk(house, desk, "/organisation"),
    }
}

/// Places, units and posts.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    render(&organisation(&house, desk))
}

impl Organisation {
    /// The address of the form that changes a unit, filled in with what it is.
    fn change(&self, unit: &Unit) -> String {
        let parent = unit.parent.as_ref().map(|parent| parent.0.clone()).unwrap_or_default();
        let guided_by = unit.guided_by.as_ref().map(|organ| organ.0.clone()).unwrap_or_default();
        let fields = [
            ("id", &unit.id.0),
            ("name", &unit.name),
            ("short", &unit.short),
            ("kind", &unit.kind.word().to_owned()),
            ("place", &unit.place.0),
            ("parent", &parent),
            ("guided_by", &guided_by),
            ("phone", &unit.phone),
            ("address", &unit.address),
        ];
        format!("/office/record_unit?{}", crate::web::page::query(&fields))
    }

    fn change_post(&self, post: &Post) -> String {
        let rank = post.rank.to_string();
        let fields =
            [("id", &post.id.0), ("unit", &post.unit.0), ("name", &post.name), ("rank", &rank)];
        format!("/office/record_post?{}", crate::web::page::query(&fields))
    }
}
