-- A goal can register every way of comparing that a lift can be asked by: a structural series, too.
ALTER TABLE goal DROP CONSTRAINT goal_comparison_check;
ALTER TABLE goal ADD CONSTRAINT goal_comparison_check
  CHECK (comparison IN ('holdout', 'staged', 'matched', 'synthetic', 'structural', 'before_after', 'none'));
