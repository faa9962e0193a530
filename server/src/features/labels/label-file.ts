import type { ImageId, LabelFile, UserId } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { LabelRevisionsTable } from '../../db/tables/labels.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { type Classed, withClasses } from '../classes/class-schemes.ts'

export type LabelRevisionRow = Selectable<LabelRevisionsTable>

const NO_MODEL_YET = 'No model of this project existed when this image was first looked at, so there is no first guess.'

export function labelKey(image: { owner_id: UserId; id: ImageId }): string {
  return `users/${image.owner_id}/${image.id}.label`
}

/** The label file of an image as clients see it: its newest revision and what it belongs to. */
export function buildLabelFile(
  project: Pick<ProjectRow, 'id' | 'name'> & Classed,
  image: Pick<ImageRow, 'id' | 'name' | 'uri' | 'state' | 'annotated_at' | 'updated_at' | 'review'>,
  revision: Pick<LabelRevisionRow, 'revision' | 'data' | 'author' | 'class_scheme'>,
): LabelFile {
  const isWithoutGuess = revision.author.kind === 'none' && image.state !== 'TO_LABEL' && project.task_type !== 1000
  return {
    type: project.task_type,
    data: withClasses(project, revision),
    meta: {
      imageId: image.id,
      name: image.name,
      uri: image.uri,
      projectId: project.id,
      projectName: project.name,
      taskType: project.task_type,
      classes: project.classes,
      ...(project.class_scheme > 0 ? { classScheme: project.class_scheme } : {}),
      state: image.state,
      revision: revision.revision,
      author: revision.author,
      annotatedAt: image.annotated_at?.toISOString() ?? null,
      writtenAt: image.updated_at.toISOString(),
      ...(image.review === 'unreviewed' ? {} : { review: image.review }),
      ...(isWithoutGuess ? { note: NO_MODEL_YET } : {}),
    },
  } as LabelFile
}

export function formatLabelFile(label: LabelFile): string {
  return `${JSON.stringify(label)}\n`
}
