-- Whether people know a brand, asked before, during and after a program: evidence of awareness, never added to deals or money.
CREATE TABLE recall_survey (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  program_id uuid NOT NULL REFERENCES program ON DELETE CASCADE,
  question text NOT NULL,
  prompt text NOT NULL CHECK (prompt IN ('unaided', 'aided')),
  asked_of text NOT NULL,
  exposure text NOT NULL,
  -- What chance decided: which people were exposed, which places, or nothing.
  lot text NOT NULL CHECK (lot IN ('people', 'places', 'none')),
  same_people boolean NOT NULL,
  -- What was to be reached, with the words of the survey as they were when it was registered; never changed.
  target jsonb,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX recall_survey_program ON recall_survey (program_id);

-- How many were asked in the same days, and how many of them recalled it; NULL for a group that was not asked.
CREATE TABLE recall_wave (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  survey_id uuid NOT NULL REFERENCES recall_survey ON DELETE CASCADE,
  moment text NOT NULL CHECK (moment IN ('before', 'during', 'after')),
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  exposed_asked integer CHECK (exposed_asked > 0),
  exposed_recalled integer CHECK (exposed_recalled >= 0 AND exposed_recalled <= exposed_asked),
  not_exposed_asked integer CHECK (not_exposed_asked > 0),
  not_exposed_recalled integer CHECK (not_exposed_recalled >= 0 AND not_exposed_recalled <= not_exposed_asked),
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (survey_id, starts_on),
  CHECK (starts_on <= ends_on),
  CHECK ((exposed_asked IS NULL) = (exposed_recalled IS NULL)),
  CHECK ((not_exposed_asked IS NULL) = (not_exposed_recalled IS NULL)),
  CHECK (exposed_asked IS NOT NULL OR not_exposed_asked IS NOT NULL)
);

SELECT wall_in('recall_survey'), wall_in('recall_wave');
