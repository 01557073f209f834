-- Addresses at which the status of a launch is read without signing in. The token itself is not stored.
CREATE TABLE status_page (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  launch_id uuid NOT NULL REFERENCES launch ON DELETE CASCADE,
  token_hash text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX status_page_token ON status_page (token_hash);
CREATE INDEX status_page_launch ON status_page (launch_id);

SELECT wall_in('status_page');
