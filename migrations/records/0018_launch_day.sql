-- The day itself, and what was learnt from it.
CREATE TABLE run_step (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch ON DELETE CASCADE,
  -- Days after the market date, and the time on that day in the time zone of the workspace.
  day_offset integer NOT NULL,
  at_time text NOT NULL,
  text text NOT NULL,
  owner_id uuid,
  url text,
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  note text NOT NULL DEFAULT '',
  checked_by text,
  checked_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX run_step_launch ON run_step (launch_id) WHERE deleted_at IS NULL;

CREATE TABLE retrospective (
  launch_id uuid PRIMARY KEY REFERENCES launch ON DELETE CASCADE,
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  content jsonb NOT NULL,
  version integer NOT NULL,
  written_by text NOT NULL,
  written_at timestamptz NOT NULL
);
SELECT wall_in('run_step'), wall_in('retrospective');
