-- Days on which nothing should go to market.
CREATE TABLE freeze_period (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamptz,
  CHECK (from_day <= to_day)
);
-- One row for each workspace that has changed it.
CREATE TABLE calendar_setting (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  collision_days integer NOT NULL,
  version integer NOT NULL
);
-- Secret addresses of the calendar as a feed. The token itself is not stored.
CREATE TABLE calendar_link (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);
SELECT wall_in('freeze_period'), wall_in('calendar_setting'), wall_in('calendar_link');
