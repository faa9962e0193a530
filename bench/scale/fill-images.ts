import type { PGlite } from '@electric-sql/pglite'

/** What runs SQL: the embedded database, or a connection to a server. */
export type Runner = Pick<PGlite, 'query'>

const BATCH = 50_000

/**
 * Makes `rows` image rows of a project, ten seconds apart and ending now, as a long-lived project holds them: most
 * annotated, some waiting, few frozen or in the bin, ten classes of which the last is rare. What waits has a problem, so that nothing works on
 * images without a file while lists are timed. Indexes and counts come after.
 */
export async function fillImages(runner: Runner, projectId: string, ownerId: string, rows: number): Promise<void> {
  const start = Date.now() - rows * 10_000
  const indexes = await runner.query<{ name: string; definition: string }>(INDEXES)
  for (const { name } of indexes.rows) await runner.query(`DROP INDEX ${name}`)
  await runner.query('ALTER TABLE images DISABLE TRIGGER USER')
  for (let from = 0; from < rows; from += BATCH) {
    const to = Math.min(rows, from + BATCH)
    await runner.query(FILL, [projectId, ownerId, start, from, to - 1])
  }
  await runner.query('ALTER TABLE images ENABLE TRIGGER USER')
  await runner.query('DELETE FROM image_counts')
  await runner.query(COUNT)
  for (const { definition } of indexes.rows) await runner.query(definition)
  await runner.query('ANALYZE images')
}

const INDEXES = `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
  WHERE tablename = 'images' AND indexdef NOT LIKE 'CREATE UNIQUE%'`
const COUNT = `INSERT INTO image_counts (project_id, key, shard, value)
  SELECT project_id, key, 0, count(*)
  FROM images, unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes)) AS key
  GROUP BY project_id, key`

/** Ids are UUIDs of version 7 whose time is the row's, so that they sort as uploads do. */
const FILL = `
INSERT INTO images (id, project_id, owner_id, name, type, uri, state, state_before, annotated_at, annotated_by,
  label_value, label_classes, label_revision, guess_value, guess_score, guess_model_id, uncertainty, problem,
  width, height, bit_depth, channels, byte_size, content_hash, created_at, updated_at, deleted_at)
SELECT id, $1, $2, name, 'png', 'users/' || $2 || '/' || id || '.png', state,
  CASE WHEN state IN ('FROZEN', 'DELETED') THEN 'NORMAL' END,
  CASE WHEN annotated THEN made + interval '1 hour' END,
  CASE WHEN annotated THEN $2 END,
  CASE WHEN annotated THEN class END,
  CASE WHEN annotated THEN ARRAY[class] ELSE '{}'::integer[] END,
  CASE WHEN annotated THEN 1 ELSE 0 END,
  class, score, '01900000-0000-7000-8000-000000000000', CASE WHEN annotated THEN -1 ELSE 1 - score END,
  CASE WHEN state = 'TO_LABEL' THEN '{"code": "NOT_FOUND", "message": "made for a measurement"}'::jsonb END,
  512, 512, 8, 3, 20000, md5(id) || md5(name), made, made,
  CASE WHEN state = 'DELETED' THEN now() END
FROM (
  SELECT lpad(to_hex(ms >> 16), 8, '0') || '-' || lpad(to_hex(ms & 65535), 4, '0') || '-7'
      || substr(md5('a' || n), 1, 3) || '-8' || substr(md5('b' || n), 1, 3) || '-' || substr(md5('c' || n), 1, 12) AS id,
    (ARRAY['chest', 'smear', 'fundus', '细胞'])[1 + n % 4] || '-' || substr(md5('name' || n), 1, 6) || '-' || n || '.png' AS name,
    to_timestamp(ms / 1000.0) AS made,
    CASE WHEN n % 1000 = 7 THEN 'TO_LABEL' WHEN n % 500 = 3 THEN 'FROZEN' WHEN n % 200 = 1 THEN 'DELETED' ELSE 'NORMAL' END AS state,
    n % 10 < 7 AND n % 1000 <> 7 AS annotated,
    CASE WHEN n % 2000 = 11 THEN 9 ELSE (n % 9)::integer END AS class,
    ('x' || substr(md5('s' || n), 1, 6))::bit(24)::integer / 16777216.0 AS score
  FROM (SELECT n, $3::bigint + n * 10000 AS ms FROM generate_series($4::bigint, $5::bigint) AS n) AS counted
) AS drawn`
