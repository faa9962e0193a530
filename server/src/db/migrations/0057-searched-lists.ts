/**
 * Lists by score, annotator, class of a mark and part of the name stay fast in a project of a million images.
 * A name is found by the pairs of characters it holds, and by single ones beyond ASCII: two Chinese characters are a
 * word, for which an index of three would not be used.
 */
export const searchedLists: readonly string[] = [
  `CREATE FUNCTION text_pairs(value text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(array_agg(DISTINCT part), '{}')
    FROM generate_series(1, length(value)) AS place,
      LATERAL (VALUES (substr(lower(value), place, 2)), (substr(lower(value), place, 1))) AS parts(part)
    WHERE length(part) = 2 OR octet_length(part) > 1
  $$`,
  `CREATE INDEX images_name_pairs ON images USING gin (text_pairs(name)) WHERE state <> 'DELETED'`,
  `CREATE INDEX images_classes ON images USING gin (label_classes) WHERE state <> 'DELETED'`,
  `CREATE INDEX images_score ON images (project_id, guess_score, id) WHERE guess_score IS NOT NULL AND state <> 'DELETED'`,
  `CREATE INDEX images_annotator ON images (project_id, annotated_by, id) WHERE annotated_by IS NOT NULL`,
]
