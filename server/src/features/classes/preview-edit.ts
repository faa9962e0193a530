import { type ClassEditPreview, isClassification } from '@vesalius/contracts'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { integers, json } from '../../db/json.ts'
import type { ModelVersionRow, ProjectRow } from '../../db/tables.ts'
import { mapSince } from './class-schemes.ts'
import type { ClassPlan } from './plan-edit.ts'
import { readClassFilters } from './saved-class-filters.ts'

/** Marks are counted one by one on so many images; of more, the count is scaled up. */
const MARKS_ON = 3000
const MOST_MODELS = 1000

/** What a change of classes would do, in numbers. */
export async function previewEdit(db: Db, project: ProjectRow, plan: ClassPlan): Promise<ClassEditPreview> {
  const { lost, undoes } = plan
  const isTouching = lost.length > 0
  const images = isTouching
    ? await countImages(db, project, plan)
    : { annotated: 0, unanswered: 0, guessed: 0, frozen: 0 }
  const undone = undoes ? await countUndone(db, project, undoes.id) : { restored: 0, kept: 0, frozen: 0 }
  return {
    ...images,
    frozen: images.frozen + undone.frozen,
    restored: undone.restored,
    kept: undone.kept,
    marks: isTouching && !isClassification(project.task_type) ? await countMarks(db, project, plan) : NO_MARKS,
    heldOut: await lookAtHeldOut(db, project, plan),
    references: isTouching ? await countOf(db, 'gold_labels', project) : 0,
    readings: isTouching ? await countOf(db, 'readings', project) : 0,
    filters: (await readClassFilters(db, project.id)).filter(({ place }) => plan.to[place] == null).length,
    models: (await findModels(db, project)).map((model) => judgeModel(project, plan, model)),
    takesTime: plan.isCarried,
  }
}

const NO_MARKS = { moved: 0, removed: 0, isEstimate: false }

async function countImages(db: Db, project: ProjectRow, { lost, to }: ClassPlan) {
  const removed = lost.filter((place) => to[place] == null)
  return db
    .selectFrom('images')
    .select([
      sql<number>`count(*) FILTER (WHERE annotated_at IS NOT NULL)`.as('annotated'),
      sql<number>`count(*) FILTER (WHERE annotated_at IS NOT NULL AND label_value = ANY (${integers(removed)}))`.as(
        'unanswered',
      ),
      sql<number>`count(*) FILTER (WHERE annotated_at IS NULL)`.as('guessed'),
      sql<number>`count(*) FILTER (WHERE state = 'FROZEN')`.as('frozen'),
    ])
    .where('project_id', '=', project.id)
    .where(sql<SqlBool>`state <> 'DELETED'`)
    .where(sql<SqlBool>`label_classes && ${integers(lost)}`)
    .executeTakeFirstOrThrow()
}

async function countUndone(db: Db, project: ProjectRow, editId: string) {
  return db
    .selectFrom('class_edit_images')
    .innerJoin('images', 'images.id', 'class_edit_images.image_id')
    .select([
      sql<number>`count(*) FILTER (WHERE images.label_revision = class_edit_images.revision)`.as('restored'),
      sql<number>`count(*) FILTER (WHERE images.label_revision <> class_edit_images.revision)`.as('kept'),
      sql<number>`count(*) FILTER (WHERE images.state = 'FROZEN'
        AND images.label_revision = class_edit_images.revision)`.as('frozen'),
    ])
    .where('images.project_id', '=', project.id)
    .where(sql<SqlBool>`class_edit_images.edit_id = ${editId}`)
    .executeTakeFirstOrThrow()
}

/** A revision may have been written under an earlier scheme: the places to look for are listed for each. */
async function countMarks(db: Db, project: ProjectRow, { lost, to }: ClassPlan) {
  const sought = Array.from({ length: project.class_scheme + 1 }, (_, scheme) =>
    mapSince(project, scheme).flatMap((now, place) =>
      now !== null && lost.includes(now) ? [{ scheme, place, stays: to[now] != null }] : [],
    ),
  ).flat()
  const query = sql`SELECT id, label_revision FROM images
    WHERE project_id = ${project.id} AND state <> 'DELETED' AND label_classes && ${integers(lost)}`
  const { rows } = await sql<{ touched: number; counted: number; moved: number; removed: number }>`
    WITH part AS (${query} ORDER BY id LIMIT ${MARKS_ON}),
    sought AS (SELECT * FROM jsonb_to_recordset(${json(sought)}) AS sought (scheme int, place int, stays boolean)),
    found AS (
      SELECT sought.stays FROM part
      JOIN label_revisions ON label_revisions.image_id = part.id AND label_revisions.revision = part.label_revision
      CROSS JOIN LATERAL jsonb_array_elements(coalesce(data -> 'boxes', data -> 'masks', '[]'::jsonb)) AS mark
      JOIN sought ON sought.scheme = label_revisions.class_scheme AND sought.place = (mark ->> 'class')::int
    )
    SELECT (SELECT count(*) FROM (${query}) AS whole) AS touched, (SELECT count(*) FROM part) AS counted,
      count(*) FILTER (WHERE stays) AS moved, count(*) FILTER (WHERE NOT stays) AS removed FROM found`.execute(db)
  const { touched = 0, counted = 0, moved = 0, removed = 0 } = rows[0] ?? {}
  const scale = counted > 0 ? touched / counted : 1
  return { moved: Math.round(moved * scale), removed: Math.round(removed * scale), isEstimate: touched > counted }
}

/** Images kept from training that change, and classes of afterwards that none of them would show. */
async function lookAtHeldOut(db: Db, project: ProjectRow, { classes, to, lost }: ClassPlan) {
  const { rows } = await sql<{ label_classes: number[]; images: number }>`
    SELECT label_classes, count(*) AS images FROM images
    JOIN held_out_groups ON held_out_groups.project_id = images.project_id
      AND held_out_groups.group_key = coalesce(images.group_key, images.content_hash)
    WHERE images.project_id = ${project.id} AND is_held_out AND annotated_at IS NOT NULL AND state <> 'DELETED'
    GROUP BY label_classes`.execute(db)
  if (rows.length === 0) return { images: 0, unmeasured: [] }
  const shown = new Set(rows.flatMap(({ label_classes }) => label_classes.map((place) => to[place] ?? null)))
  return {
    images: rows
      .filter(({ label_classes }) => label_classes.some((place) => lost.includes(place)))
      .reduce((sum, { images }) => sum + images, 0),
    unmeasured: classes.filter((_, place) => !shown.has(place)),
  }
}

async function countOf(db: Db, table: 'gold_labels' | 'readings', project: ProjectRow): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('project_id', '=', project.id)
    .where('data', 'is not', null)
    .executeTakeFirstOrThrow()
  return count
}

type KnownModel = Pick<ModelVersionRow, 'id' | 'number' | 'class_scheme'>

async function findModels(db: Db, project: ProjectRow): Promise<KnownModel[]> {
  return db
    .selectFrom('model_versions')
    .select(['id', 'number', 'class_scheme'])
    .where('project_id', '=', project.id)
    .where(sql<SqlBool>`coalesce((imported ->> 'canPredict')::boolean, true)`)
    .orderBy('number', 'desc')
    .limit(MOST_MODELS)
    .execute()
}

/** What of the classes of afterwards a model can say: those that classes it learned have become. */
export function judgeModel(project: ProjectRow, { classes, to }: ClassPlan, model: KnownModel) {
  const then = mapSince(project, model.class_scheme).map((place) => (place === null ? null : (to[place] ?? null)))
  const known = new Set(then.filter((place) => place !== null))
  return {
    id: model.id,
    number: model.number,
    isServing: model.id === project.serving_model_id,
    unknown: classes.filter((_, place) => !known.has(place)),
    isUsable: known.size >= (isClassification(project.task_type) ? 2 : 1),
  }
}
