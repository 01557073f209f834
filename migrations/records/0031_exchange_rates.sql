-- What one unit of a currency was worth in another on a day, and who says so. Amounts of different currencies are added only by these.
CREATE TABLE exchange_rate (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspace ON DELETE CASCADE,
  day date NOT NULL,
  from_currency text NOT NULL,
  to_currency text NOT NULL,
  rate double precision NOT NULL CHECK (rate > 0 AND rate < 'Infinity'),
  source text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (workspace_id, from_currency, to_currency, day),
  CHECK (from_currency <> to_currency)
);

SELECT wall_in('exchange_rate');
