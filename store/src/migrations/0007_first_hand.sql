-- Who took a petition in: the unit, where it was not the office itself, and whoever answers for it until somebody has
-- taken it over.
ALTER TABLE matter ADD COLUMN first_unit TEXT;
ALTER TABLE matter ADD COLUMN receiver TEXT;
ALTER TABLE petition ADD COLUMN by_unit INTEGER NOT NULL DEFAULT 0;
CREATE INDEX matter_first_unit ON matter (first_unit, id) WHERE first_unit IS NOT NULL;
CREATE INDEX matter_receiver ON matter (receiver, due_key, id) WHERE receiver IS NOT NULL;
