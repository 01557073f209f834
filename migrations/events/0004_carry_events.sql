-- Events of before go the way of all events: they arrive, and are settled at the first start. Safe to run again.
ALTER TABLE arrival DROP PARTITION 1;
INSERT INTO arrival (workspace, chunk, receipt, import, received_at, kind, message, name, at, person_id, account_id, properties)
  SELECT workspace, 1, rowNumberInAllBlocks(), import, now64(3), 'track', id, name, at, person_id, account_id, CAST(properties, 'Map(String, String)')
  FROM (SELECT * FROM event ORDER BY workspace, id, version LIMIT 1 BY workspace, id);
