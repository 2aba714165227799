ALTER TABLE matter ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN supervised INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN keeper TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN watched INTEGER NOT NULL DEFAULT 1;
CREATE TABLE matter_wall (who TEXT NOT NULL, matter INTEGER NOT NULL, PRIMARY KEY (who, matter));
CREATE INDEX matter_wall_matter ON matter_wall (matter);
CREATE TABLE job (name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, lease_until INTEGER NOT NULL,
  started_at INTEGER NOT NULL, ended_at INTEGER, done INTEGER NOT NULL, problem TEXT);
CREATE TABLE reminder (matter INTEGER NOT NULL, position INTEGER NOT NULL, stage TEXT NOT NULL, due_on TEXT NOT NULL,
  kind TEXT NOT NULL, unit TEXT NOT NULL, made_on TEXT NOT NULL, PRIMARY KEY (matter, position, stage, due_on));
CREATE INDEX reminder_unit ON reminder (unit, made_on);
CREATE TABLE proposal (matter INTEGER NOT NULL, cause TEXT NOT NULL, found_on TEXT NOT NULL,
  PRIMARY KEY (matter, cause));
CREATE TABLE local_holiday (day TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX fact_announced ON fact (day, matter, sequence) WHERE kind = 'result_announced';
CREATE INDEX journal_kind ON journal (kind, at);
CREATE TABLE petition_code (petition TEXT NOT NULL, turn INTEGER NOT NULL, hash TEXT NOT NULL, why TEXT NOT NULL,
  issued_at INTEGER NOT NULL, PRIMARY KEY (petition, turn));
