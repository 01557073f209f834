-- Events come in through one table, whoever brings them: a client, an import, the example company. From `arrival` one set of statements
-- (src/collect/events/settling.ts) numbers people and accounts, stores the first copy of each message, and counts the rest.
-- What belongs together is one table with projections, because one insert of them is kept or lost as a whole: the events, the memory
-- of message ids, and the sums that questions read. Nothing has to be kept in step, after a crash, an undo or an erasure.

CREATE TABLE IF NOT EXISTS arrival (
  workspace UUID, chunk UInt64, receipt UInt32, import UUID, key UUID, received_at DateTime64(3, 'UTC'),
  kind LowCardinality(String), message String, name String, at DateTime64(3, 'UTC'), clock LowCardinality(String),
  user String, anonymous String, account String, previous String, person_id String, account_id String,
  properties Map(String, String), traits Map(String, String),
  reason LowCardinality(String), detail String, raw String
) ENGINE = MergeTree PARTITION BY chunk ORDER BY (workspace, receipt) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- People and accounts as numbers, dense within a workspace, given once and never again. id is the id of the object.
CREATE TABLE IF NOT EXISTS unit (
  workspace UUID, kind LowCardinality(String), id String, number UInt32, key_type LowCardinality(String), key_value String, chunk UInt64,
  INDEX by_chunk chunk TYPE minmax GRANULARITY 1
) ENGINE = MergeTree ORDER BY (workspace, kind, id) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- What clients said about who is who: two keys that are one person. The answer is worked out from all of them, never from their order.
CREATE TABLE IF NOT EXISTS link (
  workspace UUID, import UUID, chunk UInt64, message UInt64, kind LowCardinality(String), key_type LowCardinality(String), key_value String,
  user String, at DateTime64(3, 'UTC')
) ENGINE = MergeTree ORDER BY (workspace, key_type, key_value, user) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Whose events a number's are now, and to which account that person belongs. Only those for whom it says more than the event.
CREATE TABLE IF NOT EXISTS who (
  workspace UUID, person UInt32, owner UInt32, account UInt32, owner_by LowCardinality(String), account_by LowCardinality(String), version UInt64
) ENGINE = ReplacingMergeTree(version) PARTITION BY workspace ORDER BY (workspace, person) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS failed_event (
  workspace UUID, key UUID, chunk UInt64, receipt UInt32, received_at DateTime64(3, 'UTC'),
  message String, reason LowCardinality(String), detail String, raw String CODEC(ZSTD(3))
) ENGINE = MergeTree ORDER BY (workspace, received_at, chunk, receipt) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One row for each chunk, key and hour: received = stored + duplicate + failed.
CREATE TABLE IF NOT EXISTS ingest (
  workspace UUID, key UUID, hour DateTime('UTC'), chunk UInt64, received UInt32, stored UInt32, duplicate UInt32, failed UInt32
) ENGINE = ReplacingMergeTree ORDER BY (workspace, key, hour, chunk) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
