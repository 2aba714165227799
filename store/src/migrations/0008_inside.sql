-- Inside a unit: who has a matter in hand, who looks its draft over, and which unit has it in nobody's hands.
ALTER TABLE matter ADD COLUMN in_charge TEXT;
ALTER TABLE matter ADD COLUMN checker TEXT;
ALTER TABLE matter ADD COLUMN unassigned TEXT;
CREATE INDEX matter_in_charge ON matter (in_charge, due_key, id) WHERE in_charge IS NOT NULL;
CREATE INDEX matter_checker ON matter (checker, due_key, id) WHERE checker IS NOT NULL;
CREATE INDEX matter_unassigned ON matter (unassigned, due_key, id) WHERE unassigned IS NOT NULL;
-- Who is away and who stands in for them.
CREATE TABLE absence (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES account (id),
  deputy TEXT NOT NULL REFERENCES account (id),
  from_on TEXT NOT NULL,
  until_on TEXT NOT NULL
);
-- Of which organ a petition complains, in the order of its matter's petitions.
CREATE TABLE complaint (
  matter BIGINT NOT NULL,
  turn BIGINT NOT NULL,
  petition TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (matter, turn)
);
CREATE INDEX complaint_unit ON complaint (unit, petition);
-- The organ of the same line one level up.
ALTER TABLE unit ADD COLUMN guided_by TEXT;
-- What a unit owes to others, the report of a result among it.
DROP INDEX clock_owed;
CREATE INDEX clock_owed ON clock (unit, matter)
  WHERE ended_on IS NULL AND kind IN ('contribution', 'supervision', 'recommendation', 'report_back');
