-- Who is who: whether domains of e-mail addresses join people to accounts, and links that somebody split off.
CREATE TABLE domain_rule (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  joins boolean NOT NULL,
  excluded text[] NOT NULL
);

-- This browser or id (key_type, key_value) is not that person. "user" is the person's id in the product, '' where only an import knows them.
CREATE TABLE identity_split (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  key_type text NOT NULL CHECK (key_type IN ('anonymous', 'id:product')),
  key_value text NOT NULL,
  "user" text NOT NULL,
  person text NOT NULL,
  reason text NOT NULL,
  by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz
);
CREATE UNIQUE INDEX identity_split_once ON identity_split (workspace_id, key_type, md5(key_value), person) WHERE undone_at IS NULL;
SELECT wall_in('domain_rule'), wall_in('identity_split');
