-- Events lie by name and day, then by person: a question of a month reads that month. A copy is made beside them and takes their place,
-- and any statement of this file may be the last that ran.
-- does: 1 where somebody did something, 0 for calls that only say who somebody is. digest: of the contents, by which a copy is told from
-- another event under the same message id; a column, since a projection keeps what an expression is made of and not what it gives.
DROP TABLE IF EXISTS event_by_day;
CREATE TABLE IF NOT EXISTS event_by_day (
  workspace UUID, import UUID, name LowCardinality(String), person UInt32 CODEC(T64, LZ4), account UInt32 CODEC(T64, LZ4),
  at DateTime64(3, 'UTC') CODEC(T64, LZ4), day Date, message UInt64 CODEC(NONE), chunk UInt64 CODEC(T64, LZ4), key UUID, received_at DateTime('UTC') CODEC(T64, ZSTD(1)),
  properties Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  does UInt8 DEFAULT name NOT IN ('$identify', '$group', '$alias'),
  digest UInt32 DEFAULT toUInt32(cityHash64(name, person, account, properties)) CODEC(NONE),
  INDEX by_chunk chunk TYPE minmax GRANULARITY 1,
  PROJECTION by_message (SELECT workspace, message, digest, chunk, import ORDER BY workspace, message) WITH SETTINGS (index_granularity = 256),
  PROJECTION by_day (SELECT workspace, import, does, day, groupBitmapState(person), groupBitmapState(account), groupBitmapState(if(account = 0, person, 0)), count() GROUP BY workspace, import, does, day) WITH SETTINGS (index_granularity = 64),
  PROJECTION by_name (SELECT workspace, import, name, does, day, groupBitmapState(person), groupBitmapState(account), groupBitmapState(if(account = 0, person, 0)), count(), min(at), max(at) GROUP BY workspace, import, name, does, day) WITH SETTINGS (index_granularity = 64),
  PROJECTION by_person (SELECT workspace, import, person, account, min(at), max(at), count() GROUP BY workspace, import, person, account)
) ENGINE = MergeTree PARTITION BY workspace ORDER BY (workspace, name, day, person, at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, lightweight_mutation_projection_mode = 'rebuild', deduplicate_merge_projection_mode = 'rebuild';
INSERT INTO event_by_day (workspace, import, name, person, account, at, day, message, chunk, key, received_at, properties)
  SELECT workspace, import, name, person, account, at, day, message, chunk, key, received_at, properties FROM event SETTINGS max_partitions_per_insert_block = 0;
EXCHANGE TABLES event AND event_by_day;
DROP TABLE IF EXISTS event_by_day;
