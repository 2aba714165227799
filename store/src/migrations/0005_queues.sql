-- A count looks at no row: what decides whether a seal opens lies in the index beside the order.
DROP INDEX matter_open;
CREATE INDEX matter_open ON matter (is_open, due_key, id, sealed, holder, keeper);
DROP INDEX matter_queue;
CREATE INDEX matter_queue ON matter (holder, is_open, due_key, id, sealed, keeper);
DROP INDEX matter_step;
CREATE INDEX matter_step ON matter (step, due_key, id, is_open, sealed, holder, keeper);
-- Of two indexes that restrict alike an engine takes the later one, so the shorter buckets come last.
DROP INDEX matter_head;
CREATE INDEX matter_head ON matter (waits_for_head, due_key, id);
-- Buckets of the queue that are short in every office are walked as such, not through all open matters.
CREATE INDEX matter_urgent ON matter (urgent, due_key, id);
CREATE INDEX matter_supervised ON matter (supervised, due_key, id);
CREATE INDEX clock_owed ON clock (unit, matter)
  WHERE ended_on IS NULL AND kind IN ('contribution', 'supervision', 'recommendation');
