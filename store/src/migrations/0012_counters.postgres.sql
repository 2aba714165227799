-- Counters change with every act: each page keeps room for the next version of its rows.
ALTER TABLE tally SET (fillfactor = 50);
ALTER TABLE counter SET (fillfactor = 50);
