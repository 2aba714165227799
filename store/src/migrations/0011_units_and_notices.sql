-- What a unit was called, where it was reached and under whom it stood, until a day: papers of that time keep it.
CREATE TABLE unit_before (
  id TEXT NOT NULL,
  until_on TEXT NOT NULL,
  name TEXT NOT NULL,
  short TEXT NOT NULL,
  kind TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  parent TEXT,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  guided_by TEXT,
  PRIMARY KEY (id, until_on)
);
-- Whose paper that ended a matter has not reached its petitioner.
ALTER TABLE matter ADD COLUMN telling TEXT;
CREATE INDEX matter_telling ON matter (telling, due_key, id) WHERE telling IS NOT NULL;
-- To which hearing everybody may come, and which final opinions they may read.
CREATE TABLE open_hearing (
  matter BIGINT NOT NULL,
  turn BIGINT NOT NULL,
  held_on TEXT NOT NULL,
  venue TEXT NOT NULL,
  host TEXT NOT NULL,
  panel TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX open_hearing_held ON open_hearing (held_on, matter);
CREATE TABLE open_opinion (
  matter BIGINT NOT NULL,
  turn BIGINT NOT NULL,
  since TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX open_opinion_since ON open_opinion (since, matter);
