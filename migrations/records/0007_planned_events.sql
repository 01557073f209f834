-- The tracking plan: which events are expected, and what each of them carries.
CREATE TABLE planned_event (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  owner text NOT NULL DEFAULT '',
  properties jsonb NOT NULL DEFAULT '[]',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
-- Names of events differ by case, and that is one of the faults to find: no lower() here.
CREATE UNIQUE INDEX planned_event_name ON planned_event (workspace_id, name) WHERE deleted_at IS NULL;

SELECT wall_in('planned_event');
