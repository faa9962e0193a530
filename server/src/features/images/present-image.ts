import type { Image } from '@vesalius/contracts'
import type { ImageRow } from '../../db/tables.ts'
import { type Classed, placeNow } from '../classes/class-schemes.ts'

/** An image as clients see it. */
export function presentImage(row: ImageRow, project: Classed): Image {
  return {
    id: row.id,
    projectId: row.project_id,
    ownerId: row.owner_id,
    name: row.name,
    type: row.type,
    taskType: project.task_type,
    uri: row.uri,
    state: row.state,
    annotatedAt: row.annotated_at?.toISOString() ?? null,
    annotatedBy: row.annotated_by,
    review: row.review,
    openComments: row.open_comments,
    problem: row.problem,
    labelValue: placeNow(project, row.class_scheme, row.label_value),
    labelMarks: row.label_marks,
    guess: row.guess_model_id
      ? {
          value: placeNow(project, row.class_scheme, row.guess_value),
          marks: row.guess_marks,
          score: row.guess_score,
          modelVersionId: row.guess_model_id,
        }
      : null,
    labelRevision: row.label_revision,
    skip: row.skip,
    group: row.group_key,
    editorCount: row.editor_count,
    width: row.width,
    height: row.height,
    bitDepth: row.bit_depth,
    channels: row.channels,
    frames: row.frames,
    spacing: row.spacing,
    deidentification: row.deidentification && {
      removed: row.deidentification.removed.length,
      burnedInText: row.deidentification.burnedInText,
    },
    byteSize: row.byte_size,
    contentHash: row.content_hash,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
