-- Events of before go the way of all events: they arrive, and are settled at the first start. Safe to run again.
ALTER TABLE arrival DROP PARTITION 1;
INSERT INTO arrival (workspace, chunk, receipt, import, received_at, kind, message, name, at, person_id, account_id, properties)
  SELECT workspace, 1, rowNumberInAllBlocks(), import, now64(3), 'track', id, name, at, person_id, account_id, CAST(properties, 'Map(String, String)')
  FROM (SELECT * FROM event ORDER BY workspace, version, id);
-- Tools that record the product call a person by the id that the product gives: one kind of key for all of them.
INSERT INTO identity (workspace, import, version, kind, key_type, key_value, id)
  SELECT DISTINCT workspace, import, version, kind, 'id:product', key_value, id FROM identity
  WHERE key_type IN ('id:segment', 'id:rudderstack', 'id:posthog', 'id:mixpanel', 'id:amplitude')
    AND (workspace, kind, key_value) NOT IN (SELECT workspace, kind, key_value FROM identity WHERE key_type = 'id:product');
