-- What a landing report said when a day was reached; nobody changes it afterwards. `basis` is what it rested on, to explain a difference.
CREATE TABLE landing_snapshot (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch ON DELETE CASCADE,
  day integer NOT NULL CHECK (day IN (30, 60, 90)),
  report jsonb NOT NULL,
  basis jsonb NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  UNIQUE (launch_id, day)
);
SELECT wall_in('landing_snapshot');
REVOKE UPDATE, DELETE ON landing_snapshot FROM landfall_app;
