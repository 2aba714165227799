-- A petition that came after the answer: until when its petitioner is told how the matter stands, and when that was.
ALTER TABLE petition ADD COLUMN told_by TEXT;
ALTER TABLE petition ADD COLUMN told_on TEXT;
ALTER TABLE petition ADD COLUMN told_day INTEGER;
CREATE INDEX clock_repeat ON clock (unit, matter) WHERE ended_on IS NULL AND kind IN ('repeat');
