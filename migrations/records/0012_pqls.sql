-- What makes a product-qualified lead, and each version of it: a back-test says which one it judged, and whether that was written before.
CREATE TABLE pql (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX pql_name ON pql (workspace_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE pql_version (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  pql_id uuid NOT NULL REFERENCES pql ON DELETE CASCADE,
  version integer NOT NULL,
  definition jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (pql_id, version)
);
SELECT wall_in('pql'), wall_in('pql_version');
