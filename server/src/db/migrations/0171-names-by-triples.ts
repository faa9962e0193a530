/**
 * Texts of three characters and more are found among names by triples: the pairs of a number are in every tenth name, its
 * triples in few. A text of two characters, as a Chinese word is, is found by its pair still.
 */
export const namesByTriples: readonly string[] = [
  `CREATE FUNCTION text_triples(value text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(value), place, 3)), '{}')
    FROM generate_series(1, length(value) - 2) AS place
  $$`,
  `CREATE INDEX images_name_triples ON images USING gin (text_triples(name)) WHERE state <> 'DELETED'`,
]
