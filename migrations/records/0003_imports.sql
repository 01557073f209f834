-- An import: one file, from its first byte to its undo. Its state decides which rows of ClickHouse are seen.
CREATE TABLE import (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  number integer NOT NULL,
  state text NOT NULL CHECK (state IN ('uploading', 'mapping', 'checking', 'checked', 'committing', 'committed', 'undone', 'failed', 'cancelled')),
  file_name text NOT NULL,
  file_kind text,
  encoding text,
  bytes bigint NOT NULL DEFAULT 0,
  row_count bigint NOT NULL DEFAULT 0,
  columns jsonb NOT NULL DEFAULT '[]',
  source text,
  mapping jsonb,
  answers jsonb NOT NULL DEFAULT '{}',
  progress jsonb,
  report jsonb,
  error jsonb,
  lease_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  committed_at timestamptz,
  undone_at timestamptz,
  UNIQUE (workspace_id, number)
);
CREATE INDEX import_hidden ON import (workspace_id) WHERE state IN ('committing', 'undone');

-- Mappings that a workspace used, offered again for a file with the same header.
CREATE TABLE import_mapping (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  header_signature text NOT NULL,
  mapping jsonb NOT NULL,
  answers jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, header_signature)
);

SELECT wall_in('import'), wall_in('import_mapping');
