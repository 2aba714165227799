CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
);
CREATE TABLE jurisdiction (
  code TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  level TEXT NOT NULL,
  parent TEXT
);
CREATE TABLE unit (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  short TEXT NOT NULL,
  kind TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  parent TEXT,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  closed_on TEXT
);
CREATE TABLE post (
  id TEXT NOT NULL PRIMARY KEY,
  unit TEXT NOT NULL,
  name TEXT NOT NULL,
  rank INTEGER NOT NULL
);
CREATE TABLE account (
  id TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  post TEXT,
  roles TEXT NOT NULL,
  password TEXT NOT NULL,
  must_change INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  closed_on TEXT
);
CREATE TABLE session (
  token TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  csrf TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE TABLE api_token (
  token TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER
);
CREATE TABLE idempotency (
  account TEXT NOT NULL,
  key TEXT NOT NULL,
  request TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, key)
);
CREATE TABLE attempt (
  bucket TEXT NOT NULL PRIMARY KEY,
  span INTEGER NOT NULL,
  count INTEGER NOT NULL
);
CREATE TABLE schedule (
  year INTEGER NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);
CREATE TABLE category (
  path TEXT NOT NULL,
  in_force_from TEXT NOT NULL,
  in_force_until TEXT,
  PRIMARY KEY (path, in_force_from)
);
CREATE TABLE matter (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  jurisdiction TEXT NOT NULL,
  place TEXT NOT NULL,
  title TEXT NOT NULL,
  category TEXT NOT NULL,
  head TEXT NOT NULL,
  step TEXT NOT NULL,
  holder TEXT NOT NULL,
  holder_since TEXT NOT NULL,
  received_on TEXT NOT NULL,
  registered_on TEXT NOT NULL,
  answered_on TEXT,
  answered_day INTEGER,
  answer_due TEXT,
  served_on TEXT,
  concluded_on TEXT,
  cause TEXT,
  due_on TEXT,
  due_key TEXT NOT NULL,
  due_clock TEXT,
  is_open INTEGER NOT NULL,
  waits_for_head INTEGER NOT NULL,
  petitions INTEGER NOT NULL,
  headcount INTEGER NOT NULL,
  channel TEXT NOT NULL,
  collective INTEGER NOT NULL,
  lead TEXT NOT NULL
);
CREATE INDEX matter_queue ON matter (holder, is_open, due_key, id);
CREATE INDEX matter_open ON matter (is_open, due_key, id);
CREATE INDEX matter_step ON matter (step, due_key, id);
CREATE INDEX matter_head ON matter (waits_for_head, due_key, id);
CREATE TABLE matter_unit (
  unit TEXT NOT NULL,
  matter INTEGER NOT NULL,
  PRIMARY KEY (unit, matter)
);
CREATE TABLE fact (
  matter INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  actor TEXT NOT NULL,
  unit TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (matter, sequence)
);
CREATE TABLE petition (
  number TEXT NOT NULL PRIMARY KEY,
  matter INTEGER NOT NULL,
  position INTEGER NOT NULL,
  channel TEXT NOT NULL,
  collective INTEGER NOT NULL,
  headcount INTEGER NOT NULL,
  received_on TEXT NOT NULL,
  received_day INTEGER NOT NULL,
  registered_on TEXT NOT NULL,
  title TEXT NOT NULL,
  head TEXT NOT NULL,
  head_before TEXT NOT NULL,
  head_since TEXT NOT NULL,
  place TEXT NOT NULL,
  lead TEXT NOT NULL,
  query_hash TEXT NOT NULL,
  reference TEXT
);
CREATE INDEX petition_matter ON petition (matter, position);
CREATE INDEX petition_registered ON petition (registered_on, number);
CREATE INDEX petition_reference ON petition (reference);
CREATE TABLE clock (
  matter INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  started_on TEXT NOT NULL,
  ended_on TEXT,
  due_on TEXT NOT NULL,
  PRIMARY KEY (matter, position)
);
CREATE TABLE party_key (
  party TEXT NOT NULL PRIMARY KEY,
  matter INTEGER NOT NULL,
  wrapped TEXT NOT NULL
);
CREATE TABLE blind (
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  party TEXT NOT NULL,
  matter INTEGER NOT NULL,
  PRIMARY KEY (kind, digest, party)
);
CREATE INDEX blind_party ON blind (party);
CREATE TABLE attachment (
  matter INTEGER NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  media TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (matter, hash)
);
CREATE INDEX attachment_hash ON attachment (hash);
CREATE TABLE journal (
  sequence INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL
);
