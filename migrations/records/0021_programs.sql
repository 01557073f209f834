-- Campaigns, webinars, trade shows, billboards: what is done to be heard.
CREATE TABLE program (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  -- Its name in addresses and in utm_campaign, never given to another program, so that an old link means nothing else.
  key text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  status text NOT NULL CHECK (status IN ('planned', 'running', 'done', 'cancelled')),
  parent_id uuid REFERENCES program ON DELETE SET NULL,
  launch_id uuid REFERENCES launch ON DELETE SET NULL,
  starts_on date,
  ends_on date,
  budget numeric(16, 2) CHECK (budget >= 0),
  actual_cost numeric(16, 2) CHECK (actual_cost >= 0),
  currency text NOT NULL,
  segments text[] NOT NULL,
  personas text[] NOT NULL,
  owner_id uuid,
  goal text NOT NULL,
  -- What other systems call it: names and ids by which touches are its own.
  campaigns text[] NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  UNIQUE (workspace_id, key),
  CHECK (parent_id <> id),
  CHECK (starts_on <= ends_on)
);

-- How UTM parameters are named; one row for each workspace that has changed it.
CREATE TABLE utm_rule (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  campaign text NOT NULL,
  sources text[] NOT NULL,
  media text[] NOT NULL,
  version integer NOT NULL
);

-- Short addresses of ours that lead to an address of a member's, with UTM parameters.
CREATE TABLE tracked_link (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  program_id uuid NOT NULL REFERENCES program ON DELETE CASCADE,
  -- Never given twice, also not after it was deleted: what is printed leads nowhere else.
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  target text NOT NULL,
  source text NOT NULL,
  medium text NOT NULL,
  campaign text NOT NULL,
  content text NOT NULL,
  term text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX tracked_link_program ON tracked_link (program_id);

-- How often a link was followed, by day of the workspace: times, not people.
CREATE TABLE tracked_link_count (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  link_id uuid NOT NULL REFERENCES tracked_link ON DELETE CASCADE,
  day date NOT NULL,
  clicks bigint NOT NULL,
  PRIMARY KEY (link_id, day)
);

SELECT wall_in('program'), wall_in('utm_rule'), wall_in('tracked_link'), wall_in('tracked_link_count');

-- Whose link a code is. All that passes the wall is the id of a workspace that has made it.
CREATE FUNCTION tracked_link_workspace(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT tracked_link.workspace_id FROM tracked_link JOIN workspace ON workspace.id = tracked_link.workspace_id
  WHERE tracked_link.code = wanted AND tracked_link.deleted_at IS NULL AND workspace.deleted_at IS NULL
$$;
REVOKE EXECUTE ON FUNCTION tracked_link_workspace(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tracked_link_workspace(text) TO landfall_app;
