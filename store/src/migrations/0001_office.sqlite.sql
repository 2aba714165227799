CREATE VIRTUAL TABLE search USING fts5(
  tokens,
  content='',
  contentless_delete=1,
  detail=none,
  tokenize='unicode61 remove_diacritics 0'
);
CREATE TRIGGER fact_stands
  BEFORE UPDATE ON fact
BEGIN
  SELECT RAISE(ABORT, 'facts are never changed');
END;
CREATE TRIGGER fact_stays
  BEFORE DELETE ON fact
BEGIN
  SELECT RAISE(ABORT, 'facts are never deleted');
END;
CREATE TRIGGER journal_stands
  BEFORE UPDATE ON journal
BEGIN
  SELECT RAISE(ABORT, 'the journal is never changed');
END;
CREATE TRIGGER journal_stays
  BEFORE DELETE ON journal
BEGIN
  SELECT RAISE(ABORT, 'the journal is never deleted');
END;
