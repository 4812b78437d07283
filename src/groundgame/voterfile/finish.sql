-- From parts to what a snapshot holds. Before: people_parts and votes_parts, one row for
-- each row that could be read, with the number of its file and its line.

-- Rows whose person stands in another row, and whether the two say the same.
CREATE TABLE repeats AS
WITH
  twice AS (SELECT person_id FROM people_parts GROUP BY ALL HAVING count(*) > 1),
  ranked AS (
    SELECT
      file, line, content,
      row_number() OVER best AS place,
      first_value(content) OVER best AS standing
    FROM people_parts SEMI JOIN twice USING (person_id)
    WINDOW best AS (
      PARTITION BY person_id
      ORDER BY
        protected DESC,
        CASE status
          WHEN 'active' THEN 0 WHEN 'inactive' THEN 1 WHEN 'pending' THEN 2
          WHEN 'unknown' THEN 3 ELSE 4
        END,
        registered DESC NULLS LAST, file, line))
SELECT file, line, content = standing AS same FROM ranked WHERE place > 1;

CREATE VIEW standing AS SELECT * FROM people_parts ANTI JOIN repeats USING (file, line);

CREATE VIEW people_sorted AS
SELECT *, NULL::VARCHAR AS language, line AS source_line FROM standing
ORDER BY
  county NULLS LAST, precinct NULLS LAST, street NULLS LAST,
  try_cast(regexp_extract(number, '^[0-9]+') AS INTEGER) NULLS LAST, number, unit,
  last_name, first_name, person_id;

-- Votes that were read from people's own rows go where the row goes. Ballots come from
-- history files, one a row, and count as rows.
CREATE VIEW ballots_known AS
SELECT * FROM ballots_parts SEMI JOIN standing USING (person_id);

CREATE VIEW votes_once AS
SELECT * FROM votes_parts ANTI JOIN repeats USING (file, line)
UNION ALL
SELECT * FROM (
  SELECT DISTINCT ON (person_id, election) * FROM ballots_known
  ORDER BY person_id, election, method, party);

CREATE VIEW elections_known AS
SELECT row_number() OVER (ORDER BY name) - 1 AS election, * FROM (
  SELECT
    election AS name, any_value(date) AS date, any_value(year) AS year,
    any_value(kind) AS kind, count(*) AS ballots
  FROM votes_once GROUP BY votes_once.election)
ORDER BY name;

CREATE VIEW refused_late AS
SELECT file, line, 'repeated' AS why FROM repeats WHERE NOT same
UNION ALL
SELECT file, line, 'stranger' AS why
FROM ballots_parts ANTI JOIN standing USING (person_id)
ORDER BY file, line;

CREATE VIEW counts AS
WITH
  once AS (SELECT DISTINCT person_id, election FROM ballots_known),
  ballots AS (
    SELECT
      (SELECT count(*) FROM ballots_known) AS known,
      (SELECT count(*) FROM once) AS ballots,
      (SELECT count(*) FROM repeats WHERE same) AS merged),
  people AS (
    SELECT
      count(*) AS people,
      count(*) FILTER (door_id IS NULL) AS people_without_door,
      count(*) FILTER (protected) AS protected
    FROM standing)
SELECT
  people, people_without_door, protected, ballots, merged + known - ballots AS merged
FROM ballots, people;
