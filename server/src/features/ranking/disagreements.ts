import {
  type ImageId,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  type ModelVersionId,
  readClassAnswer,
} from '@vesalius/contracts'
import { divergenceOf, scoreAnswer, scoreOfImage } from '@vesalius/engine'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { withClasses } from '../classes/class-schemes.ts'

const IDS_AT_ONCE = 500

/** How much the version in service and the one before it disagree about images that both looked at, 0..1. */
export async function findDisagreements(
  db: Db,
  project: ProjectRow,
  imageIds: readonly ImageId[],
): Promise<Map<ImageId, number>> {
  const pair = await findPair(db, project)
  const found = new Map<ImageId, number>()
  if (!pair) return found
  for (let at = 0; at < imageIds.length; at += IDS_AT_ONCE) {
    const rows = await db
      .selectFrom('predictions as mine')
      .innerJoin('predictions as other', 'other.image_id', 'mine.image_id')
      .select(['mine.image_id', 'mine.data as first', 'other.data as second'])
      .select(['mine.class_scheme as firstScheme', 'other.class_scheme as secondScheme'])
      .where('mine.model_version_id', '=', pair[0])
      .where('other.model_version_id', '=', pair[1])
      .where('mine.image_id', 'in', imageIds.slice(at, at + IDS_AT_ONCE))
      .execute()
    for (const row of rows) {
      const first = withClasses(project, { data: row.first, class_scheme: row.firstScheme })
      const second = withClasses(project, { data: row.second, class_scheme: row.secondScheme })
      found.set(row.image_id, compareGuesses(project, first, second))
    }
  }
  return found
}

/** Two guesses of one image: by their probabilities, or by how badly their marks match. */
export function compareGuesses(
  { classes, task_type }: Pick<ProjectRow, 'classes' | 'task_type'>,
  first: LabelData,
  second: LabelData,
): number {
  const task = { classCount: classes.length, isInstances: task_type === 3004 }
  const latencyMs = 0
  if (isBoxLabel(first) && isBoxLabel(second)) {
    const boxes = second.boxes.map((mark) => ({ ...mark, score: mark.score ?? 1 }))
    return 1 - scoreOfImage(scoreAnswer(first, { boxes, doubtful: [], latencyMs } as never, task))
  }
  if (isMaskLabel(first) && isMaskLabel(second)) {
    const masks = second.masks.map((mark) => ({ ...mark, score: mark.score ?? 1 }))
    return 1 - scoreOfImage(scoreAnswer(first, { size: second.size, masks, latencyMs }, task))
  }
  const [a, b] = [readClassAnswer(first)?.weights, readClassAnswer(second)?.weights]
  return a && b && a.length === b.length ? divergenceOf(a, b) : 0
}

async function findPair(db: Db, project: ProjectRow): Promise<[ModelVersionId, ModelVersionId] | null> {
  const serving = project.serving_model_id
  if (!serving) return null
  const before = await db
    .selectFrom('servings')
    .select('model_version_id')
    .where('project_id', '=', project.id)
    .where('model_version_id', '<>', serving)
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst()
  return before ? [serving, before.model_version_id] : null
}
