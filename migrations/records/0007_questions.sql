-- Questions that were kept, the boards they stand on, and the links under which an answer can be read by whoever has the link.
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

-- A shared answer stands as it was when it was shared; revision tells whether data came since.
CREATE TABLE shared_answer (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question ON DELETE CASCADE,
  token_hash text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL,
  asked jsonb NOT NULL,
  answer jsonb NOT NULL,
  revision text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
SELECT wall_in('question'), wall_in('dashboard'), wall_in('shared_answer');
