ALTER TABLE matter ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN supervised INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN keeper TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN watched INTEGER NOT NULL DEFAULT 1;
CREATE TABLE matter_wall (
  who TEXT NOT NULL,
  matter INTEGER NOT NULL,
  PRIMARY KEY (who, matter)
);
CREATE INDEX matter_wall_matter ON matter_wall (matter);
CREATE TABLE job (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  lease_until INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  done INTEGER NOT NULL,
  problem TEXT
);
CREATE TABLE reminder (
  matter INTEGER NOT NULL,
  position INTEGER NOT NULL,
  stage TEXT NOT NULL,
  due_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  made_on TEXT NOT NULL,
  PRIMARY KEY (matter, position, stage, due_on)
);
CREATE INDEX reminder_unit ON reminder (unit, made_on);
CREATE TABLE proposal (
  matter INTEGER NOT NULL,
  cause TEXT NOT NULL,
  found_on TEXT NOT NULL,
  PRIMARY KEY (matter, cause)
);
CREATE TABLE local_holiday (
  day TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX fact_announced ON fact (day, matter, sequence) WHERE kind = 'result_announced';
CREATE INDEX journal_kind ON journal (kind, at);
CREATE TABLE petition_code (
  petition TEXT NOT NULL,
  turn INTEGER NOT NULL,
  hash TEXT NOT NULL,
  why TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  PRIMARY KEY (petition, turn)
);
CREATE TABLE supervision (
  matter INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  number TEXT NOT NULL,
  form TEXT NOT NULL,
  cause TEXT NOT NULL,
  unit TEXT NOT NULL,
  since TEXT NOT NULL,
  answered_on TEXT,
  closed_on TEXT,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX supervision_number ON supervision (number);
CREATE INDEX supervision_since ON supervision (since, matter, turn);
CREATE TABLE recommendation (
  matter INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  since TEXT NOT NULL,
  answered_on TEXT,
  adopted INTEGER NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX recommendation_since ON recommendation (since, matter, turn);
CREATE TABLE leader_deed (
  matter INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  kind TEXT NOT NULL,
  leader TEXT NOT NULL,
  since TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT,
  note TEXT NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX leader_deed_leader ON leader_deed (leader, kind, since, matter, turn);
CREATE TABLE promise (
  matter INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  unit TEXT NOT NULL,
  due_on TEXT NOT NULL,
  due_day INTEGER NOT NULL,
  done_on TEXT,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX promise_unit ON promise (unit, due_on, matter, turn);
