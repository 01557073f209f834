-- What a launch says of itself, in versions that never change, and what testers said of each version.
CREATE TABLE positioning (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch,
  version integer NOT NULL,
  stage text NOT NULL CHECK (stage IN ('concept', 'alpha', 'beta', 'ga')),
  content jsonb NOT NULL,
  note text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (launch_id, version)
);
CREATE TABLE positioning_statement (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch,
  version integer NOT NULL,
  stage text NOT NULL CHECK (stage IN ('concept', 'alpha', 'beta', 'ga')),
  quote text NOT NULL,
  who text NOT NULL,
  account text,
  day date NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('understood', 'unclear', 'not_believed', 'not_relevant')),
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  reviewed_by text,
  reviewed_at timestamptz,
  deleted_at timestamptz,
  FOREIGN KEY (launch_id, version) REFERENCES positioning (launch_id, version)
);
CREATE INDEX positioning_statement_launch ON positioning_statement (launch_id) WHERE deleted_at IS NULL;
SELECT wall_in('positioning'), wall_in('positioning_statement');
REVOKE UPDATE, DELETE ON positioning FROM landfall_app;
REVOKE DELETE ON positioning_statement FROM landfall_app;

-- The gate at the end of a stage, and what must be so before it is passed.
CREATE TABLE gate (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch,
  stage text NOT NULL CHECK (stage IN ('concept', 'alpha', 'beta', 'ga')),
  lead_days integer NOT NULL,
  due_on date,
  -- Grows with everything that a decision rests on and that somebody wrote here.
  version integer NOT NULL DEFAULT 1,
  UNIQUE (launch_id, stage)
);
CREATE TABLE gate_criterion (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  gate_id uuid NOT NULL REFERENCES gate,
  position integer NOT NULL,
  kind text NOT NULL,
  function text NOT NULL,
  text text NOT NULL,
  required boolean NOT NULL,
  lead_days integer NOT NULL,
  due_on date,
  owner_id uuid,
  threshold double precision,
  state text CHECK (state IN ('ready', 'at_risk', 'not_ready')),
  counted integer,
  counted_of integer,
  evidence jsonb NOT NULL DEFAULT '[]',
  set_by text,
  set_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamptz
);
CREATE INDEX gate_criterion_gate ON gate_criterion (gate_id) WHERE deleted_at IS NULL;

-- Who let a criterion be, and why. It stays: the report shows it.
CREATE TABLE gate_waiver (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  gate_id uuid NOT NULL REFERENCES gate,
  criterion_id uuid NOT NULL UNIQUE REFERENCES gate_criterion,
  reason text NOT NULL CHECK (length(reason) >= 10),
  -- What the criterion was, and how it stood.
  criterion jsonb NOT NULL,
  waived_by text NOT NULL,
  waived_by_role text NOT NULL,
  waived_at timestamptz NOT NULL
);
-- What was decided, by whom, and how every criterion stood at that moment.
CREATE TABLE gate_decision (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  gate_id uuid NOT NULL REFERENCES gate,
  number integer NOT NULL,
  -- Of the gate, after it: whoever read an older one did not know of this decision.
  gate_version integer NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('go', 'go_with_followups', 'hold', 'no_go')),
  note text NOT NULL,
  criteria jsonb NOT NULL,
  stage_before text NOT NULL,
  stage_after text NOT NULL,
  positioning_version integer,
  decided_by text NOT NULL,
  decided_by_role text NOT NULL,
  decided_at timestamptz NOT NULL,
  UNIQUE (gate_id, number)
);
CREATE TABLE gate_follow_up (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  gate_id uuid NOT NULL REFERENCES gate,
  decision_id uuid NOT NULL REFERENCES gate_decision,
  text text NOT NULL,
  owner_id uuid,
  due_on date NOT NULL,
  done_by text,
  done_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX gate_follow_up_gate ON gate_follow_up (gate_id);
SELECT wall_in('gate'), wall_in('gate_criterion'), wall_in('gate_waiver'), wall_in('gate_decision'), wall_in('gate_follow_up');
REVOKE UPDATE, DELETE ON gate_waiver, gate_decision FROM landfall_app;
REVOKE DELETE ON gate, gate_criterion, gate_follow_up FROM landfall_app;
