-- Problem heads: which categories the report sums up under one name, as tables with a date.
CREATE TABLE problem_head (
  category TEXT NOT NULL,
  in_force_from TEXT NOT NULL,
  head TEXT NOT NULL,
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  in_force_until TEXT,
  PRIMARY KEY (category, in_force_from)
);
-- A petition's row has the category itself: which head that is, each table of heads says.
ALTER TABLE matter DROP COLUMN head;
ALTER TABLE petition DROP COLUMN head;
ALTER TABLE petition DROP COLUMN head_before;
ALTER TABLE petition DROP COLUMN head_since;
ALTER TABLE petition ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN category_before TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN category_since TEXT NOT NULL DEFAULT '';
