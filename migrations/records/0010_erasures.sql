-- Erasures of people. person is the id of the object while it runs, and empty after that; hash is the salted one that stays.
CREATE TABLE erasure (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  number integer NOT NULL,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
  person text,
  hash text,
  found jsonb,
  problem text,
  lease_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  UNIQUE (workspace_id, number)
);
CREATE INDEX erasure_unfinished ON erasure (lease_until) WHERE state <> 'done';
SELECT wall_in('erasure');
