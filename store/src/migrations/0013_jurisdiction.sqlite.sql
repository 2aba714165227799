DROP TRIGGER fact_stands;
UPDATE fact SET jurisdiction =
  COALESCE((SELECT substr(value, 1, 6) FROM setting WHERE name = 'office.place'), '');
CREATE TRIGGER fact_stands
  BEFORE UPDATE ON fact
BEGIN
  SELECT RAISE(ABORT, 'facts are never changed');
END;
