-- Files of deliverables. They are kept here, in pieces, and not beside the store: so every server on this store has them, a backup holds them
-- at the same moment as all else, the wall between workspaces stands before them, and they go with their workspace.
CREATE TABLE attachment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  deliverable_id uuid NOT NULL REFERENCES deliverable ON DELETE CASCADE,
  name text NOT NULL,
  size_bytes integer NOT NULL DEFAULT 0,
  sha256 text NOT NULL DEFAULT '',
  added_by text NOT NULL,
  begun_at timestamptz NOT NULL,
  -- NULL while its bytes arrive: until then it is not there for anybody.
  added_at timestamptz,
  deleted_at timestamptz
);
CREATE INDEX attachment_of_deliverable ON attachment (deliverable_id);
CREATE TABLE attachment_piece (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  attachment_id uuid NOT NULL REFERENCES attachment ON DELETE CASCADE,
  position integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (attachment_id, position)
);
-- Most files are compressed already.
ALTER TABLE attachment_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
SELECT wall_in('attachment'), wall_in('attachment_piece');
