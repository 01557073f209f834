-- What a launch must reach: goals as rows of their own. One without a metric is an objective, or what is done for another; `parent_id` makes
-- a tree of them. `registered` is the text as it was frozen, and what it is judged by.
CREATE TABLE goal (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch ON DELETE CASCADE,
  parent_id uuid REFERENCES goal ON DELETE SET NULL,
  position integer NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('awareness', 'consideration', 'usage', 'conversion', 'revenue', 'retention')),
  name text NOT NULL,
  metric jsonb,
  target double precision,
  smallest_change double precision,
  horizon_days integer NOT NULL CHECK (horizon_days IN (30, 60, 90)),
  minimum_sample integer NOT NULL,
  comparison text NOT NULL CHECK (comparison IN ('holdout', 'staged', 'matched', 'synthetic', 'before_after', 'none')),
  rule text NOT NULL DEFAULT '',
  baseline jsonb,
  -- What was measured outside of Landfall, and entered: before the launch, and after it.
  outside jsonb NOT NULL DEFAULT '{}',
  registered jsonb,
  registered_at timestamptz,
  registered_by text,
  hash text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  CHECK ((registered IS NULL) = (registered_at IS NULL)),
  CHECK ((metric IS NULL) = (target IS NULL))
);
CREATE INDEX goal_launch ON goal (launch_id, position);
SELECT wall_in('goal');

-- What was changed after a goal was registered, and why. Nobody changes it afterwards.
CREATE TABLE goal_amendment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  goal_id uuid NOT NULL REFERENCES goal ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('changed', 'withdrawn', 'restored', 'registered_again')),
  before jsonb NOT NULL,
  after jsonb,
  reason text NOT NULL,
  by text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX goal_amendment_goal ON goal_amendment (goal_id, at);
SELECT wall_in('goal_amendment');
REVOKE UPDATE, DELETE ON goal_amendment FROM landfall_app;

-- The goal that a launch had until now, as it was registered. Who did it is not known any more, and it had no hash.
WITH kept AS (
  SELECT launch.*, coalesce(goal->>'unit', 'account') AS unit, coalesce((goal->>'horizonDays')::integer, 90) AS horizon,
    coalesce((goal->>'minimumSample')::integer, 20) AS minimum, (goal->>'target')::double precision AS target,
    jsonb_build_object('kind', 'adoption', 'featureId', feature_id, 'featureVersion', feature_version, 'unit', coalesce(goal->>'unit', 'account'),
      'marks', jsonb_build_object('day30', goal->'marks'->'day30', 'day60', goal->'marks'->'day60')) AS metric
  FROM launch WHERE goal IS NOT NULL
)
INSERT INTO goal (workspace_id, launch_id, position, purpose, name, metric, target, horizon_days, minimum_sample, comparison, registered,
    registered_at, registered_by, created_at, updated_at)
  SELECT workspace_id, id, 1, 'usage', 'Adoption', metric, target, horizon, minimum, 'none',
    jsonb_build_object('purpose', 'usage', 'name', 'Adoption', 'parent', NULL, 'metric', metric, 'target', target, 'smallestChange', NULL,
      'horizonDays', horizon, 'minimumSample', minimum, 'comparison', 'none', 'rule', '', 'baseline', NULL,
      'launch', jsonb_build_object('marketDate', market_date::text, 'eligibility', eligibility)),
    coalesce(goal_registered_at, created_at), '', coalesce(goal_registered_at, created_at), coalesce(goal_registered_at, created_at)
  FROM kept;
ALTER TABLE launch DROP COLUMN goal, DROP COLUMN goal_registered_at, DROP COLUMN feature_version;
