-- What the dry run of an import found for each row and target; the commit writes exactly this.
-- fields holds values as text in one form (dates in UTC, decimals with a point); a field that is not there is not changed.
-- keys: under which keys the object is known. missing: (field, kind, key type, key, text) of references that were not found.
CREATE TABLE IF NOT EXISTS import_outcome (
  workspace UUID, import UUID, target UInt8, kind LowCardinality(String), line UInt64,
  outcome LowCardinality(String), reason LowCardinality(String), detail String, id String,
  fields Map(LowCardinality(String), String), properties Map(LowCardinality(String), String),
  keys Array(Tuple(key_type String, key_value String)),
  missing Array(Tuple(field String, kind String, key_type String, key_value String, text String))
) ENGINE = MergeTree PARTITION BY import ORDER BY (workspace, import, target, outcome, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
