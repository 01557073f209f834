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

-- The tracking plan: which events are expected, and with what.
CREATE TABLE planned_event (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  properties jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (workspace_id, name)
);

-- How people find their account: by the domain of their e-mail address, unless it is off or the domain left out.
CREATE TABLE identity_setting (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  domain_rule boolean NOT NULL DEFAULT true,
  excluded_domains jsonb NOT NULL DEFAULT '[]',
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- People who were erased: when and by whom, never who they were.
CREATE TABLE erasure (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'lifted')),
  created_by text NOT NULL,
  counts jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  lifted_at timestamptz
);
SELECT wall_in('fix_rule'), wall_in('replay'), wall_in('planned_event'), wall_in('identity_setting'), wall_in('erasure');
