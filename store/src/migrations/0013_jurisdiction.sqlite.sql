DROP TRIGGER fact_stands;
UPDATE fact SET jurisdiction =
  COALESCE((SELECT substr(value, 1, 6) FROM setting WHERE name = 'office.place'), '');
CREATE TRIGGER fact_stands
  BEFORE UPDATE ON fact
BEGIN
  SELECT RAISE(ABORT, 'facts are never changed');
END;
-- Every act adds a little to the index of words: parts are put together when there are more of them.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
