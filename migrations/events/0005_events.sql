-- person and account are as the event itself names them (0: not named); whose they are now is said by `who`, at each question.
-- day is the day in the time zone of the workspace.
DROP TABLE IF EXISTS event;
CREATE TABLE IF NOT EXISTS event (
  workspace UUID, import UUID, name LowCardinality(String), person UInt32, account UInt32,
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)), day Date, message UInt64 CODEC(NONE), chunk UInt64, key UUID, received_at DateTime('UTC') CODEC(Delta, ZSTD(1)),
  properties Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  INDEX by_chunk chunk TYPE minmax GRANULARITY 1,
  PROJECTION by_message (SELECT workspace, message, toUInt32(cityHash64(name, person, account, properties)) AS digest, chunk, import ORDER BY workspace, message) WITH SETTINGS (index_granularity = 256),
  PROJECTION by_day (SELECT workspace, import, day, groupBitmapState(person), count() GROUP BY workspace, import, day) WITH SETTINGS (index_granularity = 64),
  PROJECTION by_name (SELECT workspace, import, name, day, groupBitmapState(person), count(), min(at), max(at) GROUP BY workspace, import, name, day) WITH SETTINGS (index_granularity = 64),
  PROJECTION by_person (SELECT workspace, import, person, min(at), max(at), count() GROUP BY workspace, import, person)
) ENGINE = MergeTree PARTITION BY workspace ORDER BY (workspace, name, person, at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, lightweight_mutation_projection_mode = 'rebuild', deduplicate_merge_projection_mode = 'rebuild';
