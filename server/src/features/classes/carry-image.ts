import {
  classesIn,
  countMarks,
  type ImageId,
  isClassification,
  type LabelAuthor,
  type LabelData,
  placesLost,
  type UserId,
} from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import { integers } from '../../db/json.ts'
import type { ClassEditRow, ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import { changeImage } from '../images/change-image.ts'
import type { CountedAnnotations } from '../labels/count-annotations.ts'
import type { LabelRevisionRow } from '../labels/label-file.ts'
import { findRevision, findUntouchedRevision, insertRevisions } from '../labels/labels.queries.ts'
import { answerOf, isAnswered } from '../labels/labels.service.ts'
import { findChange } from './class-edits.queries.ts'
import { withClasses } from './class-schemes.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events'>

/** What becomes of a label; `data` under the new classes. */
interface Carried {
  data: LabelData
  author: LabelAuthor
  annotation: Pick<ImageRow, 'annotated_at' | 'annotated_by' | 'review' | 'reviewed_by'>
}

const NOBODYS = { annotated_at: null, annotated_by: null, review: 'unreviewed', reviewed_by: null } as const

/**
 * Carries one image over to the class scheme of an edit: its label gets a revision where it says something else now, its
 * columns and its label file follow in any case. Runs once per image, whoever runs it how often.
 */
export async function carryImage(parts: Parts, edit: ClassEditRow, imageId: ImageId): Promise<void> {
  await changeImage(parts, imageId, async (trx, image, project) => {
    if (image.class_scheme >= edit.scheme) return
    const newest = await findRevision(trx, imageId, image.label_revision)
    const carried = await findNewLabel(trx, { edit, image, project, newest })
    if (carried) await writeRevision(trx, { edit, image, project, carried })
    return updateColumns(trx, { image, project, newest, carried })
  })
}

interface Work {
  edit: ClassEditRow
  image: ImageRow
  project: ProjectRow
  newest: LabelRevisionRow
}

/** Null: the label says what it said. */
async function findNewLabel(trx: Transaction<Tables>, { edit, image, project, newest }: Work): Promise<Carried | null> {
  const undone = edit.undoes ? await findChange(trx, edit.undoes, image.id) : undefined
  if (undone?.revision === image.label_revision) {
    const before = await findRevision(trx, image.id, image.label_revision - 1)
    const { annotated_at, annotated_by, review, reviewed_by } = undone
    const annotation = { annotated_at, annotated_by: annotated_by as UserId | null, review, reviewed_by }
    return { data: withClasses(project, before), author: before.author, annotation }
  }
  if (!usesLost(edit, newest)) return null
  const data = withClasses(project, newest)
  if (image.annotated_at !== null && !isAnswered(project.task_type, data)) {
    const untouched = await findUntouchedRevision(trx, image.id)
    return { data: withClasses(project, untouched), author: untouched.author, annotation: NOBODYS }
  }
  return { data, author: newest.author, annotation: image }
}

function usesLost(edit: ClassEditRow, { data, class_scheme }: LabelRevisionRow): boolean {
  const lost = placesLost(edit.before.length, edit.after)
  const before = (place: number) =>
    class_scheme === edit.scheme - 1 ? place : (edit.history_before[class_scheme]?.to[place] ?? null)
  return classesIn(data).some((place) => {
    const then = before(place)
    return then !== null && lost.includes(then)
  })
}

async function writeRevision(
  trx: Transaction<Tables>,
  { edit, image, project, carried }: Omit<Work, 'newest'> & { carried: Carried },
): Promise<void> {
  const revision = image.label_revision + 1
  const { data, author } = carried
  await insertRevisions(trx, [{ imageId: image.id, revision, class_scheme: project.class_scheme, data, author }])
  const { annotated_at, annotated_by, review, reviewed_by } = image
  await trx
    .insertInto('class_edit_images')
    .values({ edit_id: edit.id, image_id: image.id, revision, annotated_at, annotated_by, review, reviewed_by })
    .execute()
}

async function updateColumns(
  trx: Transaction<Tables>,
  { image, project, newest, carried }: Omit<Work, 'edit'> & { carried: Carried | null },
): Promise<CountedAnnotations | undefined> {
  const data = carried?.data ?? withClasses(project, newest)
  const { annotated_at, annotated_by, review, reviewed_by } = carried?.annotation ?? image
  const isAnnotation = annotated_at !== null
  await trx
    .updateTable('images')
    .set({
      class_scheme: project.class_scheme,
      ...(carried ? { label_revision: image.label_revision + 1, label_marks: countMarks(data) } : {}),
      ...{ annotated_at, annotated_by, review, reviewed_by },
      label_value: answerOf(data),
      label_classes: integers(classesIn(data)),
      guess_value: await guessNow(trx, image, project),
      ...(carried ? { uncertainty: isAnnotation || image.guess_score === null ? -1 : 1 - image.guess_score } : {}),
      ...(carried ? { updated_at: sql`clock_timestamp()` } : {}),
    })
    .where('id', '=', image.id)
    .execute()
  if (image.state === 'DELETED' || !carried) return undefined
  const annotations = Number(isAnnotation) - Number(image.annotated_at !== null)
  const changes = Number(isAnnotation || image.annotated_at !== null)
  return changes > 0 ? { annotations, changes } : undefined
}

/** Read from what the model said, which is never changed. */
async function guessNow(trx: Transaction<Tables>, image: ImageRow, project: ProjectRow): Promise<number | null> {
  if (!isClassification(project.task_type) || image.guess_model_id === null) return null
  const said = await trx
    .selectFrom('predictions')
    .select(['data', 'class_scheme'])
    .where('image_id', '=', image.id)
    .where('model_version_id', '=', image.guess_model_id)
    .executeTakeFirst()
  return said ? answerOf(withClasses(project, said)) : null
}
