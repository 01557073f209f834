-- The ground: who signs in, which workspaces there are, who may do what in them, and what was done.
-- Every row of a workspace carries workspace_id, and row-level security is forced: the role that Landfall works as
-- sees only the workspace that its transaction named.

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'landfall_app') THEN
    CREATE ROLE landfall_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the same server made it just now
END $$;
DO $$ BEGIN EXECUTE format('GRANT landfall_app TO %I', current_user); END $$;
GRANT USAGE ON SCHEMA public TO landfall_app;

-- The one row that says which instance this store belongs to; both stores carry the same.
CREATE TABLE instance (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Members sign in; they may belong to several workspaces. No workspace_id: the role sees those of its workspace (policy below).
CREATE TABLE member (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL,
  name text NOT NULL,
  password_hash text,
  oidc_issuer text,
  oidc_subject text,
  locale text,
  created_at timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz
);
CREATE UNIQUE INDEX member_email ON member (lower(email));
CREATE UNIQUE INDEX member_oidc ON member (oidc_issuer, oidc_subject) WHERE oidc_issuer IS NOT NULL;

CREATE TABLE session (
  token_hash text PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES member ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_member ON session (member_id);

-- Tries to sign in of the last 15 minutes, counted for each account and each address (both hashed); here, because
-- several servers may stand side by side. A try that succeeds is taken out again.
CREATE TABLE sign_in_try (
  id uuid NOT NULL,
  subject text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (subject, id)
);
CREATE INDEX sign_in_try_at ON sign_in_try (at);

CREATE TABLE workspace (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  time_zone text NOT NULL DEFAULT 'UTC',
  currency text NOT NULL DEFAULT 'USD',
  is_example boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);

CREATE TABLE membership (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  member_id uuid NOT NULL REFERENCES member ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'pmm', 'contributor', 'sales', 'reader')),
  created_at timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz,
  PRIMARY KEY (workspace_id, member_id)
);
CREATE INDEX membership_member ON membership (member_id);

CREATE TABLE invitation (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'pmm', 'contributor', 'sales', 'reader')),
  token_hash text NOT NULL UNIQUE,
  invited_by uuid REFERENCES member ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at timestamptz
);

-- kind 'api': may call operations, within its role, and write only with may_write. kind 'write': may only send events.
CREATE TABLE key (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('api', 'write')),
  role text NOT NULL CHECK (role IN ('owner', 'pmm', 'contributor', 'sales', 'reader')),
  may_write boolean NOT NULL DEFAULT false,
  token_hash text NOT NULL UNIQUE,
  hint text NOT NULL,
  created_by uuid REFERENCES member ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

-- One row for each write. The role may add and read, never change or take away.
CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  door text NOT NULL CHECK (door IN ('web', 'api', 'cli', 'mcp', 'job')),
  request_id text NOT NULL,
  operation text NOT NULL,
  subject text NOT NULL,
  subject_id text NOT NULL,
  before jsonb,
  after jsonb
);
CREATE INDEX audit_workspace ON audit (workspace_id, id DESC);

-- The wall. current_setting(..., true) is NULL when no workspace is named, and then no row is seen.
CREATE FUNCTION current_workspace() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('landfall.workspace', true), '')::uuid $$;

-- Later migrations call this for each new table that carries workspace_id.
CREATE FUNCTION wall_in(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY workspace_wall ON %s TO landfall_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())', target);
  EXECUTE format('CREATE POLICY unbounded ON %s TO %I USING (true) WITH CHECK (true)', target, current_user);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO landfall_app', target);
END $$;
REVOKE EXECUTE ON FUNCTION wall_in(regclass) FROM PUBLIC;

SELECT wall_in('membership'), wall_in('invitation'), wall_in('key'), wall_in('audit');
REVOKE UPDATE, DELETE ON audit FROM landfall_app;

ALTER TABLE workspace ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspace FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON workspace TO landfall_app USING (id = current_workspace()) WITH CHECK (id = current_workspace());
GRANT SELECT, INSERT, UPDATE ON workspace TO landfall_app;

ALTER TABLE member ENABLE ROW LEVEL SECURITY;
ALTER TABLE member FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_wall ON member FOR SELECT TO landfall_app
  USING (EXISTS (SELECT FROM membership WHERE membership.member_id = member.id));
GRANT SELECT (id, email, name, locale, created_at, disabled_at) ON member TO landfall_app;

DO $$ BEGIN
  EXECUTE format('CREATE POLICY unbounded ON workspace TO %I USING (true) WITH CHECK (true)', current_user);
  EXECUTE format('CREATE POLICY unbounded ON member TO %I USING (true) WITH CHECK (true)', current_user);
END $$;
