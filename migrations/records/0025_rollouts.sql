-- Who gets something first, drawn by lot. The lot is never changed: what somebody got in spite of it is written beside it.
CREATE TABLE rollout (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  plan jsonb NOT NULL,
  basis jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX rollout_name ON rollout (workspace_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE rollout_account (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  rollout_id uuid NOT NULL REFERENCES rollout ON DELETE CASCADE,
  account_id text NOT NULL,
  source_id text NOT NULL,
  name text NOT NULL,
  wave smallint NOT NULL,
  stratum text NOT NULL,
  did boolean NOT NULL,
  PRIMARY KEY (rollout_id, account_id)
);

CREATE TABLE rollout_deviation (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  rollout_id uuid NOT NULL REFERENCES rollout ON DELETE CASCADE,
  account_id text NOT NULL,
  got boolean NOT NULL,
  day date NOT NULL,
  note text NOT NULL DEFAULT '',
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX rollout_deviation_rollout ON rollout_deviation (rollout_id, created_at);
SELECT wall_in('rollout'), wall_in('rollout_account'), wall_in('rollout_deviation');
REVOKE UPDATE, DELETE ON rollout, rollout_account, rollout_deviation FROM landfall_app;
GRANT UPDATE (deleted_at) ON rollout TO landfall_app;
