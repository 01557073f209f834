-- Erasures whose people may come again. Nothing is taken out of `erased` for it, so that it stays known what was erased.
CREATE TABLE IF NOT EXISTS readmitted (
  workspace UUID, erasure UUID, at DateTime64(3, 'UTC')
) ENGINE = MergeTree ORDER BY (workspace, erasure) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
