-- By which a launch is found again when the file that it came from comes again.
ALTER TABLE launch ADD COLUMN external_id text;
-- What each import of launches did, to take it back.
CREATE TABLE launch_import (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  created uuid[] NOT NULL,
  changed jsonb NOT NULL,
  undone_at timestamptz
);
SELECT wall_in('launch_import');
