-- The secret before the newest one signs beside it until this moment, so that a receiver can change over without losing a message.
ALTER TABLE webhook ADD COLUMN earlier_secret text, ADD COLUMN earlier_secret_until timestamptz;
