-- Where people's own answers to "how did you hear of us" stand, and what they mean; one row for each workspace that has set it.
CREATE TABLE self_report_setting (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  sources jsonb NOT NULL,
  rules jsonb NOT NULL,
  version integer NOT NULL
);
SELECT wall_in('self_report_setting');
