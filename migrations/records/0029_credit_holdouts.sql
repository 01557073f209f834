-- The rest of what a model of attribution is worked out with; rows agreed on before were shown with these values.
ALTER TABLE credit_model
  ADD COLUMN touches text NOT NULL DEFAULT 'all' CHECK (touches IN ('all', 'responded')),
  ADD COLUMN influence_days integer NOT NULL DEFAULT 90 CHECK (influence_days >= 0),
  ADD COLUMN markov_order smallint NOT NULL DEFAULT 1 CHECK (markov_order BETWEEN 1 AND 4);

-- The kept lift that stands beside a channel, a campaign or a kind: what a lot says, beside what models say.
CREATE TABLE credit_holdout (
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  label text NOT NULL CHECK (label IN ('channel', 'campaign', 'kind')),
  name text NOT NULL,
  question_id uuid NOT NULL REFERENCES question ON DELETE CASCADE,
  PRIMARY KEY (workspace_id, label, name)
);
SELECT wall_in('credit_holdout');
