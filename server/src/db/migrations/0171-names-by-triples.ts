/**
 * Names are found by triples of characters too: the pairs of a number are in every tenth name, its triples in few. A text
 * of two characters, as a Chinese word is, is found by its pair still.
 */
export const namesByTriples: readonly string[] = [
  `CREATE FUNCTION text_grams(value text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(array_agg(DISTINCT part), '{}')
    FROM generate_series(1, length(value)) AS place,
      LATERAL (VALUES (substr(lower(value), place, 3)), (substr(lower(value), place, 2)), (substr(lower(value), place, 1)))
        AS parts(part)
    WHERE length(part) > 1 OR octet_length(part) > 1
  $$`,
  `CREATE FUNCTION sought_grams(value text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT CASE
      WHEN length(value) < 3 THEN text_grams(value)
      ELSE (SELECT array_agg(gram) FROM unnest(text_grams(value)) AS gram WHERE length(gram) = 3)
    END
  $$`,
  `CREATE INDEX images_name_grams ON images USING gin (text_grams(name)) WHERE state <> 'DELETED'`,
  `DROP INDEX images_name_pairs`,
]
