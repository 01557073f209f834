-- What is told to those who use the product. An entry is public while it is published and its moment has passed.
CREATE TABLE announcement (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid REFERENCES launch ON DELETE SET NULL,
  -- Its name in the address, never given to another entry, so that an old link leads nowhere else.
  slug text NOT NULL,
  title text NOT NULL,
  category text NOT NULL CHECK (category IN ('new', 'improved', 'fixed', 'changed', 'deprecated')),
  labels text[] NOT NULL,
  body text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'zh')),
  audience text NOT NULL,
  -- Published with a moment that is still to come means scheduled: nothing has to run when it comes.
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'withdrawn')),
  publish_at timestamptz,
  published_by text,
  withdrawn_reason text NOT NULL DEFAULT '',
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  UNIQUE (workspace_id, slug),
  CHECK (state = 'draft' OR publish_at IS NOT NULL)
);
CREATE INDEX announcement_public ON announcement (workspace_id, publish_at DESC) WHERE state = 'published' AND deleted_at IS NULL;
CREATE INDEX announcement_launch ON announcement (launch_id) WHERE deleted_at IS NULL;

-- How often an entry was looked at, by day of the workspace: times, not people.
CREATE TABLE announcement_count (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  announcement_id uuid NOT NULL REFERENCES announcement ON DELETE CASCADE,
  day date NOT NULL,
  views bigint NOT NULL DEFAULT 0,
  lists bigint NOT NULL DEFAULT 0,
  embeds bigint NOT NULL DEFAULT 0,
  clicks bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (announcement_id, day)
);

-- The public page of a workspace; without a row, or while it is not public, there is none.
CREATE TABLE changelog (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL UNIQUE,
  title text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'zh')),
  is_public boolean NOT NULL,
  -- Pages that may show the widget.
  origins text[] NOT NULL,
  version integer NOT NULL
);

SELECT wall_in('announcement'), wall_in('announcement_count'), wall_in('changelog');

-- Whose changelog an address means. All that passes the wall is the id of a workspace that has made its changelog public.
CREATE FUNCTION public_changelog(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT changelog.workspace_id FROM changelog JOIN workspace ON workspace.id = changelog.workspace_id
  WHERE changelog.name = wanted AND changelog.is_public AND workspace.deleted_at IS NULL
$$;
REVOKE EXECUTE ON FUNCTION public_changelog(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public_changelog(text) TO landfall_app;
