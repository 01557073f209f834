-- Answers that were shared by link, as they were then. The token itself is not stored.
CREATE TABLE shared_answer (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  question_id uuid NOT NULL REFERENCES question ON DELETE CASCADE,
  token_hash text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  asked jsonb NOT NULL,
  answer jsonb NOT NULL,
  -- What the answer rested on: it is still true while this is the same.
  revision text NOT NULL,
  -- Events of the days of the answer, by which it is said how the data changed.
  events bigint NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The last day on which the link works, in the time zone of the workspace.
  until date,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX shared_answer_token ON shared_answer (token_hash);
CREATE INDEX shared_answer_question ON shared_answer (question_id);

SELECT wall_in('shared_answer');
