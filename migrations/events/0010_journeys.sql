-- Journeys that were counted elsewhere: a path of channels ("ad > fair"), how often it converted, what that was worth, and how often it did not.
CREATE TABLE IF NOT EXISTS journey (
  workspace UUID, import UUID, version UInt64, id String,
  subject Nullable(String), path Nullable(String), conversions Nullable(Float64), value Nullable(Float64), nulls Nullable(Float64)
) ENGINE = MergeTree ORDER BY (workspace, id, version) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
