-- What must happen so that a launch lands: who speaks for which function, the tier and who approved it, the template that was used,
-- and the bill of materials.
CREATE TABLE charter_member (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  function text NOT NULL,
  member_id uuid NOT NULL REFERENCES member ON DELETE CASCADE,
  approves boolean NOT NULL,
  PRIMARY KEY (workspace_id, function, member_id)
);
-- One row for each workspace that has changed it.
CREATE TABLE charter (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  part jsonb NOT NULL,
  version integer NOT NULL
);
SELECT wall_in('charter_member'), wall_in('charter');

ALTER TABLE launch
  ADD COLUMN state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'cancelled')),
  ADD COLUMN state_reason text NOT NULL DEFAULT '',
  ADD COLUMN more_feature_ids uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN personas text[] NOT NULL DEFAULT '{}',
  ADD COLUMN job text NOT NULL DEFAULT '',
  ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
  ADD COLUMN regions text[] NOT NULL DEFAULT '{}',
  ADD COLUMN product_owner_id uuid,
  ADD COLUMN marketing_owner_id uuid,
  ADD COLUMN template_key text,
  ADD COLUMN template_version integer,
  ADD COLUMN tier_scores jsonb,
  ADD COLUMN tier_comment text NOT NULL DEFAULT '',
  ADD COLUMN split_from uuid REFERENCES launch ON DELETE SET NULL;

-- Each time that a date was moved after it was first set: from when to when, and why.
CREATE TABLE launch_move (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch ON DELETE CASCADE,
  from_date date NOT NULL,
  to_date date NOT NULL,
  reason text NOT NULL,
  moved_by text NOT NULL,
  moved_at timestamptz NOT NULL
);
CREATE INDEX launch_move_launch ON launch_move (launch_id, moved_at);

-- What a tier is made of, in this workspace; without a row, the usual one.
CREATE TABLE tier_rule (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  rule jsonb NOT NULL,
  version integer NOT NULL
);
CREATE TABLE tier_approval (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch ON DELETE CASCADE,
  function text NOT NULL,
  tier integer NOT NULL,
  member_id uuid,
  member_name text NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (launch_id, function, tier)
);
SELECT wall_in('launch_move'), wall_in('tier_rule'), wall_in('tier_approval');
REVOKE UPDATE, DELETE ON launch_move, tier_approval FROM landfall_app;

-- Each version of a template is kept: a running launch knows the one that it was made from.
CREATE TABLE template (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  key text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  content jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (workspace_id, key, version)
);
SELECT wall_in('template');

CREATE TABLE deliverable (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch ON DELETE CASCADE,
  position double precision NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  required boolean NOT NULL,
  status text NOT NULL CHECK (status IN ('planned', 'drafting', 'in_review', 'approved', 'shipped', 'dropped')),
  dropped_reason text NOT NULL DEFAULT '',
  owner_id uuid,
  function text NOT NULL,
  lead_days integer,
  due_on date,
  work_days integer NOT NULL,
  done_when text NOT NULL DEFAULT '',
  audience text NOT NULL DEFAULT '',
  signers text[] NOT NULL DEFAULT '{}',
  reviewers uuid[] NOT NULL DEFAULT '{}',
  needs uuid[] NOT NULL DEFAULT '{}',
  links jsonb NOT NULL DEFAULT '[]',
  template_item text,
  shipped_on date,
  -- Grows with what a signature is for: the name, what "done" means, the links.
  content integer NOT NULL DEFAULT 1,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  CHECK ((lead_days IS NULL) <> (due_on IS NULL))
);
CREATE INDEX deliverable_launch ON deliverable (launch_id) WHERE deleted_at IS NULL;
CREATE INDEX deliverable_owner ON deliverable (workspace_id, owner_id) WHERE deleted_at IS NULL;

CREATE TABLE sign_off (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  deliverable_id uuid NOT NULL REFERENCES deliverable ON DELETE CASCADE,
  function text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('signed', 'changes_asked')),
  comment text NOT NULL,
  content integer NOT NULL,
  member_id uuid,
  member_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX sign_off_deliverable ON sign_off (deliverable_id, at);
SELECT wall_in('deliverable'), wall_in('sign_off');
REVOKE UPDATE, DELETE ON sign_off FROM landfall_app;
