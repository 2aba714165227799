CREATE TABLE duty (
  noun TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  day TEXT NOT NULL,
  person TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (noun, id)
);
CREATE INDEX duty_day ON duty (noun, day, id);
CREATE INDEX duty_person ON duty (person, noun, day, id);
CREATE TABLE duty_file (
  noun TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (noun, id, hash)
);
CREATE INDEX duty_file_hash ON duty_file (hash);
