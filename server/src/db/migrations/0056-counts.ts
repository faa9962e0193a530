/**
 * Numbers of a project's images, kept with each change so that no page counts rows. Each connection adds to rows of its
 * own (`shard`), so that two never wait for each other; who reads takes the sum, and `fold_image_counts` makes one row
 * of the shards of connections that are gone.
 *
 * Keys: `images`, `toLabel`, `annotated`, `guessed` and `problems` leave the bin out, as does `class:<index>`, annotated
 * images whose label uses the class; `used:<index>` is the same with the bin.
 */
export const counts: readonly string[] = [
  `CREATE TABLE image_counts (
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    key text NOT NULL,
    shard integer NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (project_id, key, shard)
  )`,
  `CREATE FUNCTION image_count_keys(state text, annotated_at timestamptz, guess_model_id text, problem jsonb,
    label_classes integer[]) RETURNS text[] IMMUTABLE LANGUAGE sql AS $$
    SELECT array_remove(
      CASE WHEN state = 'DELETED' THEN '{}'::text[] ELSE ARRAY[
        'images',
        CASE WHEN state = 'TO_LABEL' THEN 'toLabel' END,
        CASE WHEN annotated_at IS NOT NULL THEN 'annotated' END,
        CASE WHEN annotated_at IS NULL AND guess_model_id IS NOT NULL THEN 'guessed' END,
        CASE WHEN problem IS NOT NULL THEN 'problems' END
      ] END, NULL)
    || CASE WHEN annotated_at IS NULL THEN '{}'::text[]
      ELSE ARRAY(SELECT 'used:' || index FROM unnest(label_classes) AS index)
        || CASE WHEN state = 'DELETED' THEN '{}'::text[]
          ELSE ARRAY(SELECT 'class:' || index FROM unnest(label_classes) AS index) END
      END
  $$`,
  `CREATE FUNCTION count_images() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO image_counts (project_id, key, shard, value)
      SELECT project_id, key, pg_backend_pid(), count(*)
      FROM added, unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes)) AS key
      GROUP BY project_id, key
      ON CONFLICT (project_id, key, shard) DO UPDATE SET value = image_counts.value + excluded.value;
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO image_counts (project_id, key, shard, value)
      SELECT project_id, key, pg_backend_pid(), -count(*)
      FROM removed, unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes)) AS key
      GROUP BY project_id, key
      ON CONFLICT (project_id, key, shard) DO UPDATE SET value = image_counts.value + excluded.value;
    ELSE
      INSERT INTO image_counts (project_id, key, shard, value)
      SELECT project_id, key, pg_backend_pid(), sum(change)
      FROM (
        SELECT project_id, key, 1 AS change
        FROM added, unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes)) AS key
        UNION ALL
        SELECT project_id, key, -1
        FROM removed, unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes)) AS key
      ) AS changes
      GROUP BY project_id, key
      HAVING sum(change) <> 0
      ON CONFLICT (project_id, key, shard) DO UPDATE SET value = image_counts.value + excluded.value;
    END IF;
    RETURN NULL;
  END
  $$`,
  `CREATE TRIGGER images_counted_in AFTER INSERT ON images
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_images()`,
  `CREATE TRIGGER images_counted_out AFTER DELETE ON images
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_images()`,
  `CREATE TRIGGER images_counted_anew AFTER UPDATE ON images
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_images()`,
  `INSERT INTO image_counts (project_id, key, shard, value)
    SELECT project_id, key, 0, count(*)
    FROM images, unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes)) AS key
    GROUP BY project_id, key`,
]
