-- The catalog's first form. Dates are ISO 8601 text in UTC, sizes are bytes. Rows carry the truth of
-- what exists on disk: what no row knows is removed when the daemon starts.

CREATE TABLE images (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('importing', 'ready', 'removing')),
  created_at TEXT NOT NULL,
  database_name TEXT NOT NULL,
  sql_server_version TEXT NOT NULL,
  internal_version INTEGER NOT NULL,
  compatibility_level INTEGER NOT NULL,
  collation TEXT NOT NULL
) STRICT;

-- source_path is where the import reads from; name is the plain file name inside the store.
CREATE TABLE image_files (
  image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  file_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('data', 'log')),
  logical_name TEXT NOT NULL,
  name TEXT NOT NULL,
  source_path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (image_id, ordinal)
) STRICT;

CREATE TABLE image_tables (
  image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  schema_name TEXT NOT NULL,
  name TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  PRIMARY KEY (image_id, ordinal)
) STRICT;

CREATE TABLE clones (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  image_id TEXT NOT NULL REFERENCES images (id),
  database_name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('creating', 'ready', 'stopped', 'failed', 'removing')),
  created_at TEXT NOT NULL,
  expires_at TEXT,
  error TEXT
) STRICT;

CREATE INDEX clones_by_image ON clones (image_id);

-- One SQL Server instance, in a container of the same id. The row holds the port: it is released when
-- the row goes. sa_password is encrypted under the state root's secret.key.
CREATE TABLE instances (
  id TEXT PRIMARY KEY,
  clone_id TEXT NOT NULL UNIQUE REFERENCES clones (id) ON DELETE CASCADE,
  engine TEXT NOT NULL,
  port INTEGER NOT NULL UNIQUE,
  sa_password BLOB NOT NULL
) STRICT;

-- sequence is the order of submission, which a lane keeps. The subject may be gone before its
-- operation is forgotten, so it is no foreign key.
CREATE TABLE operations (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  lane_key TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('clone', 'image')),
  subject_id TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  progress REAL NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  error TEXT
) STRICT;

CREATE INDEX operations_by_status ON operations (status);
CREATE INDEX operations_by_subject ON operations (subject_id);

CREATE TABLE operation_steps (
  operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'done', 'failed')),
  started_at TEXT,
  finished_at TEXT,
  PRIMARY KEY (operation_id, ordinal)
) STRICT;

-- AUTOINCREMENT: an id is never used again, so a client's Last-Event-ID survives a restart.
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time TEXT NOT NULL,
  type TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('clone', 'image', 'operation')),
  subject_id TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  attributes TEXT NOT NULL
) STRICT;
