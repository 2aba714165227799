DROP TRIGGER fact_stands;
UPDATE fact SET jurisdiction =
  COALESCE((SELECT substr(value, 1, 6) FROM setting WHERE name = 'office.place'), '');
CREATE TRIGGER fact_stands
  BEFORE UPDATE ON fact
BEGIN
  SELECT RAISE(ABORT, 'facts are never changed');
END;
-- Words come to the index cut and folded already. Every act adds a little to it: parts are put together when there are
-- more of them.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5(
  tokens,
  content='',
  contentless_delete=1,
  detail=none,
  tokenize='ascii'
);
DELETE FROM indexed;
INSERT INTO search (search, rank) VALUES ('automerge', 16);
