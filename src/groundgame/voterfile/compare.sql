-- What changed between two snapshots. Before: the views was and now, each the people of
-- one snapshot, and was_short and now_short, where names and districts are one number.

-- Whoever either snapshot protects is in no list and no count.
CREATE TEMP TABLE hidden AS
SELECT person_id FROM was WHERE protected
UNION
SELECT person_id FROM now WHERE protected;

-- One row for each person of whom anything is not as it was.
CREATE TEMP TABLE changes AS
WITH together AS (
  SELECT
    person_id,
    w.there IS NULL AS is_new,
    n.there IS NULL AS is_gone,
    w.there AND n.there IS NOT NULL AS stays,
    stays AND w.door_id IS DISTINCT FROM n.door_id AS moved,
    stays AND w.names <> n.names AS renamed,
    stays AND w.party IS DISTINCT FROM n.party AS party,
    stays AND w.status <> n.status AS status,
    stays AND w.districts <> n.districts AS district
  FROM was_short w FULL JOIN now_short n USING (person_id))
SELECT * EXCLUDE (stays) FROM together
WHERE is_new OR is_gone OR moved OR renamed OR party OR status OR district;

DELETE FROM changes USING hidden WHERE changes.person_id = hidden.person_id;
