-- Imports: a file on its way into the event store. Rows of an import count only while its state is 'committed'.
CREATE TABLE import (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  number integer NOT NULL,
  -- Set when the commit begins, so that what was committed later is newer, whatever was uploaded first.
  version integer,
  state text NOT NULL CHECK (state IN ('uploading', 'mapping', 'checking', 'checked', 'committing', 'committed', 'undone', 'failed', 'cancelled')),
  file_name text NOT NULL,
  file jsonb,
  columns jsonb,
  signature text,
  mapping jsonb,
  answers jsonb NOT NULL DEFAULT '{}',
  progress jsonb NOT NULL DEFAULT '{}',
  report jsonb,
  problem jsonb,
  -- Which state of the data the dry run compared with; the commit checks again when it has moved.
  checked_against text,
  cancel_asked boolean NOT NULL DEFAULT false,
  lease_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  committed_at timestamptz,
  undone_at timestamptz,
  UNIQUE (workspace_id, number)
);
CREATE INDEX import_state ON import (workspace_id, state);
-- Who works on it: a server that restarts finds what it, or another one that is gone, left unfinished.
CREATE INDEX import_unfinished ON import (lease_until) WHERE state IN ('uploading', 'checking', 'committing');

-- The mapping last used for a header in this workspace, offered again for the next file of that shape.
CREATE TABLE import_mapping (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  signature text NOT NULL,
  mapping jsonb NOT NULL,
  answers jsonb NOT NULL,
  used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, signature)
);

SELECT wall_in('import'), wall_in('import_mapping');
