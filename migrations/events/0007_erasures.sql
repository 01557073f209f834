-- Who was erased: a salted hash of every id of theirs, so that what is still on its way, or comes again, is not stored with them.
CREATE TABLE IF NOT EXISTS erased (
  workspace UUID, erasure UUID, salt String, hash String, at DateTime64(3, 'UTC')
) ENGINE = MergeTree ORDER BY (workspace, hash) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- What an erasure that runs looks for, as it is written; its partition is dropped when the erasure is done. Mutations keep their text for
-- long and this table they only name, so no id is in it. kind: id (of an object), key (key_type says which), email, text (is looked for
-- in every text), quoted and numeric (are looked for in what failed, as JSON writes them).
CREATE TABLE IF NOT EXISTS erasing (
  workspace UUID, erasure UUID, kind LowCardinality(String), key_type LowCardinality(String), value String
) ENGINE = MergeTree PARTITION BY erasure ORDER BY (workspace, kind, key_type, value) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
