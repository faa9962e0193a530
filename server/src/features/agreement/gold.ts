import {
  AppError,
  type GoldImage,
  type GoldScore,
  type ImageId,
  type LabelData,
  type UserId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { withClasses } from '../classes/class-schemes.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { findRevision } from '../labels/labels.queries.ts'
import { nameOf } from '../people/people.queries.ts'
import { compareWithGold } from './run-agreement.ts'

const MOST_GOLD = 2000
type Parts = Pick<Context, 'db' | 'events'>

/** Keeps the label a person gave as the reference; what it becomes later changes the reference no more. */
export async function makeGold(
  { db, events }: Parts,
  user: SignedIn,
  { image, project }: { image: ImageRow; project: ProjectRow },
): Promise<GoldImage> {
  refuseUnchangeable(image)
  if (image.annotated_at === null) throw new AppError('CONFLICT', 'A reference is a label that a person gave.')
  const { data, class_scheme } = await findRevision(db, image.id, image.label_revision)
  await db
    .insertInto('gold_labels')
    .values({ image_id: image.id, project_id: project.id, class_scheme, data: json(data), created_by: user.id })
    .onConflict((conflict) =>
      conflict.column('image_id').doUpdateSet({ class_scheme, data: json(data), created_by: user.id }),
    )
    .execute()
  events.publish(project.id, { kind: 'project', projectId: project.id })
  const [gold] = await findGold(db, project, image.id)
  if (!gold) throw new Error(`the reference of image ${image.id} is gone`)
  return gold
}

export async function endGold({ db, events }: Parts, project: ProjectRow, imageId: ImageId): Promise<void> {
  await db.deleteFrom('gold_labels').where('image_id', '=', imageId).execute()
  events.publish(project.id, { kind: 'project', projectId: project.id })
}

export async function listGold(db: Db, project: ProjectRow): Promise<{ items: GoldImage[]; scores: GoldScore[] }> {
  return { items: await findGold(db, project), scores: await scorePeople(db, project, null) }
}

/** Null where the project keeps it from annotators, or nothing was answered. */
export async function ownScore(db: Db, project: ProjectRow, user: SignedIn): Promise<GoldScore | null> {
  if (!project.shows_gold_score) return null
  const [score] = await scorePeople(db, project, user.id)
  return score ?? null
}

async function findGold(db: Db, project: ProjectRow, imageId?: ImageId): Promise<GoldImage[]> {
  let query = db
    .selectFrom('gold_labels')
    .innerJoin('images', 'images.id', 'gold_labels.image_id')
    .select([
      'images.id',
      'images.name',
      'gold_labels.created_at',
      sql<number>`(SELECT count(*) FROM readings
        WHERE readings.image_id = images.id AND readings.submitted_at IS NOT NULL)`.as('answers'),
    ])
    .where('gold_labels.project_id', '=', project.id)
    .where('images.state', '<>', 'DELETED')
    .orderBy('gold_labels.created_at')
    .limit(MOST_GOLD)
  if (imageId) query = query.where('images.id', '=', imageId)
  const rows = await query.execute()
  return rows.map(({ id, name, created_at, answers }) => ({
    imageId: id,
    name,
    answers,
    createdAt: created_at.toISOString(),
  }))
}

/** Everybody's answers to gold images, given to them as such or for a study, against the references. */
async function scorePeople(db: Db, project: ProjectRow, userId: UserId | null): Promise<GoldScore[]> {
  let query = db
    .selectFrom('gold_labels')
    .innerJoin('readings', 'readings.image_id', 'gold_labels.image_id')
    .select(['readings.reader_id', 'readings.data as answer', 'gold_labels.data as reference', 'readings.image_id'])
    .select(['readings.class_scheme as answerScheme', 'gold_labels.class_scheme as referenceScheme'])
    .where('gold_labels.project_id', '=', project.id)
    .where('readings.submitted_at', 'is not', null)
    .orderBy('readings.submitted_at')
  if (userId) query = query.where('readings.reader_id', '=', userId)
  const rows = await query.execute()
  if (rows.length === 0) return []
  const fit = (data: unknown, scheme: number) => withClasses(project, { data: data as LabelData, class_scheme: scheme })
  const people = [...Map.groupBy(rows, (row) => row.reader_id)]
  const names = await nameOf(
    db,
    people.map(([id]) => id),
  )
  const scores = await compareWithGold({
    kind: 'gold',
    taskType: project.task_type,
    classes: project.classes.length,
    people: people.map(([, answers]) => {
      // Who answered an image twice is measured by the newest answer.
      const newest = new Map(answers.map((row) => [row.image_id, row]))
      return [...newest.values()].map((row) => ({
        answer: fit(row.answer, row.answerScheme),
        reference: fit(row.reference, row.referenceScheme),
      }))
    }),
  })
  return people.flatMap(([id], index) => {
    const score = scores[index]
    return score ? [{ person: { id, username: names.get(id) ?? '—' }, ...score }] : []
  })
}
