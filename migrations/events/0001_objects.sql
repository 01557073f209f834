-- What machines send. Every row names its workspace and the import that brought it; objects are logs of patches:
-- a Nullable field that is NULL was not in that import, and the current object is, field by field, the newest value.
-- version grows with each import of a workspace. Undoing an import is hiding, then deleting, its rows.

CREATE TABLE IF NOT EXISTS account (
  workspace UUID, import UUID, version UInt64, id String,
  name Nullable(String), domain Nullable(String), segment Nullable(String), plan Nullable(String), country Nullable(String),
  industry Nullable(String), employees Nullable(UInt32), created_at Nullable(DateTime64(3, 'UTC')),
  properties Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS person (
  workspace UUID, import UUID, version UInt64, id String,
  account_id Nullable(String), email Nullable(String), name Nullable(String), title Nullable(String), country Nullable(String),
  created_at Nullable(DateTime64(3, 'UTC')),
  properties Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS opportunity (
  workspace UUID, import UUID, version UInt64, id String,
  name Nullable(String), account_id Nullable(String), person_id Nullable(String), product_id Nullable(String),
  stage Nullable(String), state Nullable(String), amount Nullable(Decimal(18, 4)), currency Nullable(String), origin Nullable(String),
  owner Nullable(String), loss_reason Nullable(String),
  created_at Nullable(DateTime64(3, 'UTC')), closed_at Nullable(DateTime64(3, 'UTC')),
  properties Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS stage_change (
  workspace UUID, import UUID, version UInt64, id String,
  opportunity_id Nullable(String), stage Nullable(String), state Nullable(String), at Nullable(DateTime64(3, 'UTC'))
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- A movement of revenue: an order or invoice, or a subscription that began, grew, shrank or ended. amount and at may be unknown.
CREATE TABLE IF NOT EXISTS revenue (
  workspace UUID, import UUID, version UInt64, id String,
  account_id Nullable(String), person_id Nullable(String), product_id Nullable(String), opportunity_id Nullable(String),
  kind Nullable(String), amount Nullable(Decimal(18, 4)), currency Nullable(String), interval Nullable(String),
  at Nullable(DateTime64(3, 'UTC')),
  properties Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- channel: an empty text is a known "empty" in the source, kept apart from the text 'unknown'.
CREATE TABLE IF NOT EXISTS touch (
  workspace UUID, import UUID, version UInt64, id String,
  person_id Nullable(String), account_id Nullable(String), kind Nullable(String), channel Nullable(String), campaign Nullable(String),
  at Nullable(DateTime64(3, 'UTC')),
  properties Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- id is the message id of the client: the first copy in a workspace stands, over any window.
CREATE TABLE IF NOT EXISTS event (
  workspace UUID, import UUID, version UInt64, id String,
  name LowCardinality(String), at DateTime64(3, 'UTC'), person_id String, account_id String,
  properties Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (workspace, name, at, id) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS product (
  workspace UUID, import UUID, version UInt64, id String,
  name Nullable(String), series Nullable(String), price Nullable(Decimal(18, 4)), currency Nullable(String),
  properties Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- A published time series, such as installations of a plugin by month.
CREATE TABLE IF NOT EXISTS measurement (
  workspace UUID, import UUID, version UInt64, id String,
  metric Nullable(String), subject Nullable(String), at Nullable(DateTime64(3, 'UTC')), value Nullable(Float64), unit Nullable(String)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Who is who: under which keys of which source an object is known. key_type is 'id:<source>', 'email', 'domain' or 'name'.
CREATE TABLE IF NOT EXISTS identity (
  workspace UUID, import UUID, version UInt64,
  kind LowCardinality(String), key_type LowCardinality(String), key_value String, id String
) ENGINE = MergeTree ORDER BY (workspace, kind, key_type, key_value, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Raw rows of a file while it is being imported, and for 30 days after, so that a rejected line can be read.
CREATE TABLE IF NOT EXISTS import_row (
  workspace UUID, import UUID, line UInt64, cells Array(String)
) ENGINE = MergeTree PARTITION BY import ORDER BY (workspace, import, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Which instance this store belongs to; the records store and the data folder carry the same id.
CREATE TABLE IF NOT EXISTS instance (id UUID, created_at DateTime64(3, 'UTC') DEFAULT now64(3)) ENGINE = MergeTree ORDER BY id SETTINGS fsync_after_insert = 1;
