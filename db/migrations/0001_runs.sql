-- Runs, stages, and what the stages measured. Every column is documented in db/schema.md.

PRAGMA application_id = 1111838275;  -- the bytes "BENC": tells this file from other databases

CREATE TABLE run (
  id                INTEGER PRIMARY KEY,
  run_id            TEXT NOT NULL UNIQUE CHECK (run_id <> ''),
  experiment_name   TEXT NOT NULL,
  experiment_path   TEXT NOT NULL,
  experiment_sha256 TEXT NOT NULL,
  profile           TEXT NOT NULL,
  command_line      TEXT NOT NULL,
  started_utc       TEXT NOT NULL,
  finished_utc      TEXT,
  state             TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'interrupted')),
  -- Last: listing runs never reads the pages that a long text overflows to.
  experiment_text   TEXT NOT NULL
) STRICT;
CREATE INDEX run_by_start ON run (started_utc, run_id);
CREATE INDEX run_by_experiment ON run (experiment_name, started_utc, run_id);

CREATE TABLE run_seed (
  run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  seed     INTEGER NOT NULL,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_override (
  run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  setting  TEXT NOT NULL,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_provenance (
  run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

-- stage_key refers to stage.key, but without a foreign key: a queued stage has no record yet,
-- and runs and stages may be put back in any order when the database is rebuilt.
CREATE TABLE run_stage (
  run        INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  stage_key  TEXT CHECK (length(stage_key) = 64),
  outcome    TEXT NOT NULL CHECK (outcome IN ('queued', 'running', 'done', 'cached', 'failed',
                                              'lost', 'skipped', 'interrupted')),
  reason     TEXT NOT NULL,
  contestant TEXT NOT NULL,
  task       TEXT NOT NULL,
  seed       INTEGER,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_stage_by_key ON run_stage (stage_key);

CREATE TABLE stage (
  id                INTEGER PRIMARY KEY,
  key               TEXT NOT NULL UNIQUE CHECK (length(key) = 64),
  name              TEXT NOT NULL,
  kind              TEXT NOT NULL,
  code_digest       TEXT NOT NULL,
  state             TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'cached', 'failed',
                                                   'lost', 'skipped', 'interrupted')),
  started_utc       TEXT NOT NULL,
  wall_seconds      REAL NOT NULL,
  cpu_seconds       REAL NOT NULL,
  peak_memory_bytes INTEGER NOT NULL,
  threads           INTEGER NOT NULL,
  exit_code         INTEGER,
  reason            TEXT NOT NULL,
  settings_json     TEXT NOT NULL
) STRICT;

CREATE TABLE stage_input (
  stage     INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  role      TEXT NOT NULL,
  input_key TEXT NOT NULL CHECK (length(input_key) = 64),
  PRIMARY KEY (stage, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX stage_input_by_key ON stage_input (input_key);

-- One data set of one stage under one protocol. Its own table, so that a score row does not
-- repeat three long texts.
CREATE TABLE score_series (
  id       INTEGER PRIMARY KEY,
  stage    INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  data_set TEXT NOT NULL,
  protocol TEXT NOT NULL,
  UNIQUE (stage, data_set, protocol)
) STRICT;

CREATE TABLE image_score (
  series INTEGER NOT NULL REFERENCES score_series (id) ON DELETE CASCADE,
  image  TEXT NOT NULL,
  value  REAL NOT NULL,
  PRIMARY KEY (series, image)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantity (
  stage      INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  repetition INTEGER NOT NULL,
  unit       TEXT NOT NULL,
  value      REAL NOT NULL,
  PRIMARY KEY (stage, name, repetition)
) STRICT, WITHOUT ROWID;

CREATE TABLE point_series (
  id    INTEGER PRIMARY KEY,
  stage INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  name  TEXT NOT NULL,
  UNIQUE (stage, name)
) STRICT;

-- A value that is not a number (a diverged loss) is NULL: SQLite has no NaN.
CREATE TABLE point (
  series INTEGER NOT NULL REFERENCES point_series (id) ON DELETE CASCADE,
  step   INTEGER NOT NULL,
  value  REAL,
  PRIMARY KEY (series, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE artifact (
  stage      INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  path       TEXT NOT NULL,
  role       TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  PRIMARY KEY (stage, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE data_file (
  stage      INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  data_set   TEXT NOT NULL,
  name       TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  PRIMARY KEY (stage, data_set, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_fact (
  stage INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (stage, name)
) STRICT, WITHOUT ROWID;

-- For people with an SQLite shell: every score with the names that make it comparable.
CREATE VIEW score AS
  SELECT stage.key AS stage_key, stage.name AS stage_name, score_series.data_set,
         score_series.protocol, image_score.image, image_score.value
  FROM image_score
  JOIN score_series ON score_series.id = image_score.series
  JOIN stage ON stage.id = score_series.stage;
