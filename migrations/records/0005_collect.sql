-- Rules that put failed events right, and each time that one was used.
CREATE TABLE fix_rule (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  rule jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX fix_rule_name ON fix_rule (workspace_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE replay (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  fix_rule_id uuid NOT NULL REFERENCES fix_rule ON DELETE CASCADE,
  rule jsonb NOT NULL,
  chunk bigint NOT NULL,
  events integer NOT NULL,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done')),
  created_at timestamptz NOT NULL DEFAULT now()
);
SELECT wall_in('fix_rule'), wall_in('replay');
