import { z } from 'zod'
import { ImageId } from '../ids.ts'
import { LabelAuthor, LabelFile, LabelInput } from '../label.ts'
import { Prediction } from '../prediction.ts'
import { defineRoute } from '../route.ts'
import { Timestamp } from '../time.ts'

const tag = 'labels'
const params = z.object({ imageId: ImageId })

export const getLabel = defineRoute({
  method: 'GET',
  path: '/images/:imageId/label',
  summary: 'The label file, with its revision as `ETag`.',
  tag,
  isTagged: true,
  access: 'view',
  params,
  responses: { 200: LabelFile },
})

export const putLabel = defineRoute({
  method: 'PUT',
  path: '/images/:imageId/label',
  summary: 'Submit a label. With `If-Match`, a label changed meanwhile answers 412 and stays as it is.',
  tag,
  isTagged: true,
  takesTag: true,
  access: 'annotate',
  params,
  body: LabelInput,
  responses: { 200: LabelFile },
})

export const takeBackLabel = defineRoute({
  method: 'DELETE',
  path: '/images/:imageId/label',
  summary:
    'Take the annotation back: the label is what it was before a person answered. `If-Match` as when it is submitted.',
  tag,
  isTagged: true,
  takesTag: true,
  access: 'annotate',
  params,
  responses: { 200: LabelFile },
})

export const LabelRevision = z
  .object({
    revision: z.int(),
    /** Under the names the classes have now, so that it can be submitted again. */
    data: z.unknown(),
    author: LabelAuthor,
    /** User name of a person; null for others, and for who is gone. */
    authorName: z.string().nullable(),
    /** How long the person worked on it, as the client counted; null where it did not. */
    seconds: z.number().nullable(),
    /** Whether a change of the project's classes wrote it; the author is that of the label before. */
    isClassEdit: z.boolean(),
    createdAt: Timestamp,
  })
  .meta({ id: 'LabelRevision' })

export const listLabelRevisions = defineRoute({
  method: 'GET',
  path: '/images/:imageId/label/revisions',
  summary: 'Every label this image ever had, newest first.',
  tag,
  access: 'view',
  params,
  responses: { 200: z.object({ items: z.array(LabelRevision) }) },
})

export const listPredictions = defineRoute({
  method: 'GET',
  path: '/images/:imageId/predictions',
  summary: 'What each model version said about this image, newest first.',
  tag,
  access: 'view',
  params,
  responses: { 200: z.object({ items: z.array(Prediction) }) },
})
