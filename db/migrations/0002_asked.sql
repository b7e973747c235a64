-- A state of stages more, 'timed out'; the kind of a stage that never started; in which order runs
-- were asked for. Every column is documented in db/schema.md.

-- The lists of states that CHECK allows grow by one word: no row changes, and no table that others
-- refer to has to be made anew.
PRAGMA writable_schema = ON;
UPDATE sqlite_master
  SET sql = replace(sql, '''lost'', ''skipped''', '''lost'', ''timed out'', ''skipped''')
  WHERE type = 'table' AND name IN ('run_stage', 'stage');
PRAGMA writable_schema = RESET;

ALTER TABLE run ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
UPDATE run SET asked = id;
CREATE INDEX run_by_asking ON run (asked);
CREATE INDEX run_of_experiment_by_asking ON run (experiment_name, asked);
DROP INDEX run_by_start;
DROP INDEX run_by_experiment;

-- The kind was told by the first word of the name. What measures a cost was called a profile.
ALTER TABLE run_stage ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE run_stage SET kind = substr(name, 1, instr(name || ' ', ' ') - 1);
UPDATE stage SET kind = 'cost' WHERE kind = 'profile';
