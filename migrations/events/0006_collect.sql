-- What became of failed events: sent again after a rule had put them right. Their counts move with them.
CREATE TABLE IF NOT EXISTS failed_event_replayed (
  workspace UUID, chunk UInt64, receipt UInt32, key UUID, hour DateTime('UTC'), replay UInt64
) ENGINE = ReplacingMergeTree(replay) ORDER BY (workspace, chunk, receipt) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
