ALTER TABLE fact DISABLE TRIGGER fact_stands;
UPDATE fact SET jurisdiction =
  COALESCE((SELECT substr(value, 1, 6) FROM setting WHERE name = 'office.place'), '');
ALTER TABLE fact ENABLE TRIGGER fact_stands;
