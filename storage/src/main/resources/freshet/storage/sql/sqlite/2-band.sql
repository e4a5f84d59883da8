-- Between which numbers of authors its own past lets one expect the window; NULL of what was stored before.
ALTER TABLE trend ADD COLUMN low BIGINT;
ALTER TABLE trend ADD COLUMN high BIGINT;
