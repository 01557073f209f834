-- Where others are told what happens: an address of theirs, by Standard Webhooks or as Slack and Teams take it.
CREATE TABLE webhook (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  url text NOT NULL,
  -- Signs what is sent, so it is needed as it is; it is shown once and never read back through an operation.
  secret text NOT NULL,
  kinds text[] NOT NULL,
  format text NOT NULL CHECK (format IN ('standard', 'slack', 'teams')),
  locale text NOT NULL CHECK (locale IN ('en', 'zh')),
  disabled_at timestamptz,
  disabled_reason text NOT NULL DEFAULT '',
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz
);

-- What a member wants to be told by e-mail; without a row, the usual.
CREATE TABLE notice_setting (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  member_id uuid NOT NULL REFERENCES member ON DELETE CASCADE,
  email_kinds text[] NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
);

-- What was told to whom, or waits to be. The key says what it is about, so that nothing is told twice.
CREATE TABLE notice (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  key text NOT NULL,
  kind text NOT NULL,
  content jsonb NOT NULL,
  member_id uuid REFERENCES member ON DELETE CASCADE,
  webhook_id uuid REFERENCES webhook ON DELETE CASCADE,
  -- Kept: only to be read in Landfall.
  state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'kept')),
  tries integer NOT NULL DEFAULT 0,
  next_at timestamptz,
  last_error text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  done_at timestamptz,
  UNIQUE (workspace_id, key),
  CHECK ((member_id IS NULL) <> (webhook_id IS NULL))
);
CREATE INDEX notice_waiting ON notice (workspace_id, next_at) WHERE state = 'waiting';
CREATE INDEX notice_member ON notice (workspace_id, member_id, created_at DESC);
CREATE INDEX notice_webhook ON notice (webhook_id, created_at DESC);

-- How far the audit trail of a workspace was read for notices. Writes can be committed in another order than they are numbered, so what is
-- newer than a while is read again: `position` follows `candidate` when that has stood for long enough.
CREATE TABLE notice_position (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  position bigint NOT NULL,
  candidate bigint NOT NULL,
  candidate_at timestamptz NOT NULL,
  since timestamptz NOT NULL,
  digest_day date
);

SELECT wall_in('webhook'), wall_in('notice_setting'), wall_in('notice'), wall_in('notice_position');
