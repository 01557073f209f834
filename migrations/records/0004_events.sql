-- Events and who is who. A lease says which of several servers does what only one may do at a time.
CREATE TABLE lease (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  until timestamptz NOT NULL
);

-- Versions of imports are moments (milliseconds), as are those of what clients say, so that the newest stands whoever said it.
ALTER TABLE import ALTER COLUMN version TYPE bigint;

-- The zone in which the days of the events are counted; another one than the workspace's means that they have to be counted again.
ALTER TABLE workspace ADD COLUMN days_in text;
