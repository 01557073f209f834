-- Which model of attribution a workspace has agreed on, and with what it is worked out; one row for each workspace that has.
CREATE TABLE credit_model (
  workspace_id uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
  model text NOT NULL,
  conversion text NOT NULL CHECK (conversion IN ('created', 'won')),
  level text NOT NULL CHECK (level IN ('account', 'person')),
  look_back_days integer NOT NULL CHECK (look_back_days > 0),
  half_life_days double precision NOT NULL CHECK (half_life_days > 0),
  reason text NOT NULL,
  version integer NOT NULL,
  agreed_by text NOT NULL,
  agreed_at timestamptz NOT NULL
);
SELECT wall_in('credit_model');
