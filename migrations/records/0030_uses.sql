-- How often a file of a deliverable was downloaded, by whom, on which day: what was made and never used is told in the landing report.
CREATE TABLE attachment_download (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  deliverable_id uuid NOT NULL REFERENCES deliverable ON DELETE CASCADE,
  member_id uuid NOT NULL,
  day date NOT NULL,
  times integer NOT NULL,
  PRIMARY KEY (deliverable_id, member_id, day)
);
SELECT wall_in('attachment_download');
-- Files that were there before are counted from now on; what was downloaded before nobody knows.
ALTER TABLE attachment ADD COLUMN counted_since timestamptz NOT NULL DEFAULT now();

-- Who was removed from a workspace keeps a name in what they did and what was theirs.
CREATE TABLE former_member (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  member_id uuid NOT NULL,
  name text NOT NULL,
  left_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
);
SELECT wall_in('former_member');
-- Of those removed before, the audit trail knows the name.
INSERT INTO former_member (workspace_id, member_id, name, left_at)
SELECT DISTINCT ON (workspace_id, subject_id) workspace_id, subject_id::uuid, before->>'name', at
FROM audit
WHERE operation = 'members.remove' AND subject = 'member' AND before->>'name' IS NOT NULL
ORDER BY workspace_id, subject_id, at DESC;
