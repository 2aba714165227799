-- Whose mailbox is open: to whom everybody may write, and since when.
CREATE TABLE mailbox (
  leader TEXT PRIMARY KEY REFERENCES account (id),
  opened_on TEXT NOT NULL
);
-- Into whose mailbox a petition went, in the order of its matter's petitions.
CREATE TABLE addressed (
  matter BIGINT NOT NULL,
  turn BIGINT NOT NULL,
  petition TEXT NOT NULL,
  leader TEXT NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX addressed_leader ON addressed (leader, matter);
-- What everybody may read of a matter's answer.
CREATE TABLE publication (
  matter BIGINT NOT NULL,
  turn BIGINT NOT NULL,
  since TEXT NOT NULL,
  title TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX publication_since ON publication (since, matter);
-- What a unit owes to others, an answer to who asked for a correction among it.
DROP INDEX clock_owed;
CREATE INDEX clock_owed ON clock (unit, matter)
  WHERE ended_on IS NULL
    AND kind IN ('contribution', 'supervision', 'recommendation', 'report_back', 'correction',
      'instruction');
-- Which papers a line makes, and under which numbers.
CREATE TABLE paper (
  matter BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT,
  day TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (matter, sequence, kind)
);
CREATE INDEX paper_kind ON paper (kind, day, matter);
CREATE INDEX paper_number ON paper (number) WHERE number IS NOT NULL;
-- Who follows a matter by name.
CREATE TABLE tracked (
  matter BIGINT NOT NULL,
  turn BIGINT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX tracked_person ON tracked (person, matter);
