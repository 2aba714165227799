-- Where a matter stands in whose queue: one row for each group and each for whom it waits, in the order of its days.
CREATE TABLE queued (
  matter INTEGER NOT NULL,
  bucket TEXT NOT NULL,
  waiter TEXT NOT NULL,
  due_key TEXT NOT NULL,
  due_clock TEXT,
  PRIMARY KEY (matter, bucket, waiter)
) WITHOUT ROWID;
CREATE INDEX queued_order ON queued (bucket, waiter, due_key, matter);
DROP INDEX matter_open;
DROP INDEX matter_queue;
DROP INDEX matter_step;
DROP INDEX matter_head;
DROP INDEX matter_urgent;
DROP INDEX matter_supervised;
DROP INDEX matter_first_unit;
DROP INDEX matter_receiver;
DROP INDEX matter_in_charge;
DROP INDEX matter_checker;
DROP INDEX matter_unassigned;
DROP INDEX matter_telling;
DROP INDEX clock_owed;
DROP INDEX clock_repeat;
ALTER TABLE matter DROP COLUMN receiver;
ALTER TABLE matter DROP COLUMN checker;
ALTER TABLE matter DROP COLUMN unassigned;
ALTER TABLE matter DROP COLUMN telling;
ALTER TABLE matter DROP COLUMN supervised;
ALTER TABLE matter DROP COLUMN due_on;
DROP TABLE tracked;
-- What lists are filtered by, each with its own index in the order of the list: the newest registered first.
ALTER TABLE matter ADD COLUMN township TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN branch TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN limb TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN walled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX matter_listed ON matter (registered_on, id);
CREATE INDEX matter_listed_step ON matter (step, registered_on, id);
CREATE INDEX matter_listed_holder ON matter (holder, registered_on, id);
CREATE INDEX matter_listed_township ON matter (township, registered_on, id);
CREATE INDEX matter_listed_place ON matter (place, registered_on, id);
CREATE INDEX matter_listed_branch ON matter (branch, registered_on, id);
CREATE INDEX matter_listed_limb ON matter (limb, registered_on, id);
CREATE INDEX matter_listed_channel ON matter (channel, registered_on, id);
CREATE INDEX matter_listed_first_unit ON matter (first_unit, registered_on, id) WHERE first_unit IS NOT NULL;
DROP TABLE matter_unit;
CREATE TABLE matter_unit (
  unit TEXT NOT NULL,
  registered_on TEXT NOT NULL,
  matter INTEGER NOT NULL,
  PRIMARY KEY (unit, registered_on, matter)
) WITHOUT ROWID;
CREATE INDEX matter_unit_matter ON matter_unit (matter);
DROP TABLE addressed;
CREATE TABLE addressed (
  leader TEXT NOT NULL,
  registered_on TEXT NOT NULL,
  matter INTEGER NOT NULL,
  PRIMARY KEY (leader, registered_on, matter)
) WITHOUT ROWID;
CREATE INDEX addressed_matter ON addressed (matter);
-- What jobs look for, among what is not over.
CREATE INDEX matter_watched ON matter (id) WHERE watched = 1;
ALTER TABLE clock ADD COLUMN owed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX clock_owed ON clock (due_on, matter, position) WHERE owed = 1;
CREATE INDEX leader_deed_kind ON leader_deed (kind, since, matter, turn);
CREATE INDEX leader_deed_open ON leader_deed (leader, kind, due_on, matter) WHERE done_on IS NULL;
-- Counters, kept in the transaction of the act that changes them.
CREATE TABLE tally (
  kind TEXT NOT NULL,
  period TEXT NOT NULL,
  value TEXT NOT NULL,
  seal TEXT NOT NULL,
  day TEXT NOT NULL,
  shard INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (kind, period, value, seal, day, shard)
) WITHOUT ROWID;
-- What the index of words was made from: it does not give back what it holds.
CREATE TABLE indexed (
  matter INTEGER NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL
);
CREATE INDEX party_key_matter ON party_key (matter);
-- What came after the answer is little among much, and listed by itself.
CREATE INDEX petition_later ON petition (registered_on, number) WHERE told_by IS NOT NULL;
CREATE INDEX petition_told ON petition (registered_on, number) WHERE told_on IS NOT NULL;
