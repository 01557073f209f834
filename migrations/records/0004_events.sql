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

-- Joins that a member took apart: this browser, or this earlier id, is not that person.
CREATE TABLE identity_split (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  key text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, key, user_id)
);
SELECT wall_in('identity_split');
