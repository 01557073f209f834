-- Questions that were kept, and the boards they stand on.
CREATE TABLE question (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  kind text NOT NULL,
  asked jsonb NOT NULL,
  note text NOT NULL DEFAULT '',
  created_by text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX question_name ON question (workspace_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE dashboard (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  -- Ids of questions, in their order on the board.
  questions jsonb NOT NULL DEFAULT '[]',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX dashboard_name ON dashboard (workspace_id, lower(name)) WHERE deleted_at IS NULL;

SELECT wall_in('question'), wall_in('dashboard');
