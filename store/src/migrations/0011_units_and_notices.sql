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
-- What was made public of hearings, newest first.
CREATE INDEX fact_hearing ON fact (day, matter, sequence) WHERE kind = 'hearing_announced';
CREATE INDEX fact_opinion ON fact (day, matter, sequence) WHERE kind = 'opinion_published';
