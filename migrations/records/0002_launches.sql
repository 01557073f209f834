-- What a launch is for: a feature is a rule over events; a launch names the feature, its two dates, who is eligible, and its goal.
CREATE TABLE feature (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  product text,
  rule jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX feature_name ON feature (workspace_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE launch (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  key text NOT NULL,
  name text NOT NULL,
  tier integer NOT NULL CHECK (tier BETWEEN 1 AND 3),
  stage text NOT NULL CHECK (stage IN ('concept', 'alpha', 'beta', 'ga', 'deprecated')),
  ready_date date,
  market_date date NOT NULL,
  feature_id uuid REFERENCES feature,
  eligibility jsonb NOT NULL,
  goal jsonb,
  goal_registered_at timestamptz,
  brief text NOT NULL DEFAULT '',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX launch_key ON launch (workspace_id, key) WHERE deleted_at IS NULL;

SELECT wall_in('feature'), wall_in('launch');
