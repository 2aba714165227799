-- What was sent under a key of the sender's own: done once, and of what was done only its name is kept.
DROP TABLE idempotency;
CREATE TABLE once (
  sender TEXT NOT NULL,
  word TEXT NOT NULL,
  request TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (sender, word)
);
CREATE INDEX once_at ON once (at);
-- Counts of tries, each until the end of its span.
DROP TABLE attempt;
CREATE TABLE attempt (
  bucket TEXT NOT NULL PRIMARY KEY,
  until INTEGER NOT NULL,
  count INTEGER NOT NULL
);
CREATE INDEX attempt_until ON attempt (until);
CREATE INDEX session_seen ON session (seen_at);
