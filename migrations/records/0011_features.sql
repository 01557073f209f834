-- Each version of what a feature is: which use counts, how often makes it adopted, and who could adopt. The newest is the one that
-- feature.version names; a launch whose goal is registered keeps the version that it was registered with.
CREATE TABLE feature_version (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  feature_id uuid NOT NULL REFERENCES feature ON DELETE CASCADE,
  version integer NOT NULL,
  rule jsonb NOT NULL,
  base jsonb NOT NULL DEFAULT '{}',
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (feature_id, version)
);
SELECT wall_in('feature_version');

-- Earlier versions were only numbers; the audit trail knows what they said, when, and by whom.
INSERT INTO feature_version (workspace_id, feature_id, version, rule, created_by, created_at)
  SELECT DISTINCT ON (feature.id, (audit.after->>'version')::integer)
    feature.workspace_id, feature.id, (audit.after->>'version')::integer, audit.after->'rule', audit.actor_name, audit.at
  FROM audit JOIN feature ON feature.id::text = audit.subject_id AND feature.workspace_id = audit.workspace_id
  WHERE audit.subject = 'feature' AND jsonb_typeof(audit.after->'rule') = 'object' AND jsonb_typeof(audit.after->'version') = 'number'
    AND (audit.after->>'version')::integer < feature.version
  ORDER BY feature.id, (audit.after->>'version')::integer, audit.id;
INSERT INTO feature_version (workspace_id, feature_id, version, rule, created_by, created_at)
  SELECT feature.workspace_id, feature.id, feature.version, feature.rule, coalesce(author.actor_name, ''), coalesce(author.at, feature.created_at)
  FROM feature LEFT JOIN LATERAL (
    SELECT actor_name, at FROM audit
    WHERE audit.workspace_id = feature.workspace_id AND audit.subject = 'feature' AND audit.subject_id = feature.id::text
      AND audit.after->>'version' = feature.version::text
    ORDER BY audit.id LIMIT 1) AS author ON true;
ALTER TABLE feature DROP COLUMN rule;

-- What the reports of registered goals were counted by until now; nothing moves with the upgrade.
ALTER TABLE launch ADD COLUMN feature_version integer;
UPDATE launch SET feature_version = feature.version FROM feature WHERE feature.id = launch.feature_id AND launch.goal IS NOT NULL;
