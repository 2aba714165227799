-- A petition that came after the answer: until when its petitioner is told how the matter stands, when that was, and
-- when nothing more was owed to them, since they were told or took it back.
ALTER TABLE petition ADD COLUMN told_by TEXT;
ALTER TABLE petition ADD COLUMN told_on TEXT;
ALTER TABLE petition ADD COLUMN told_day INTEGER;
ALTER TABLE petition ADD COLUMN over_on TEXT;
CREATE INDEX clock_repeat ON clock (unit, matter) WHERE ended_on IS NULL AND kind IN ('repeat');
