-- Whose record a line, a petition or a clock belongs to, so that a county's can be told from its neighbour's.
ALTER TABLE fact ADD COLUMN jurisdiction TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN jurisdiction TEXT NOT NULL DEFAULT '';
ALTER TABLE clock ADD COLUMN jurisdiction TEXT NOT NULL DEFAULT '';
-- What was tried and waits to be taken in: sealed, since it holds names.
CREATE TABLE waiting_ledger (
  account TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  sealed TEXT NOT NULL,
  since INTEGER NOT NULL
);
