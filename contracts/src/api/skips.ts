import { z } from 'zod'
import { ImageId } from '../ids.ts'
import { Image } from '../image.ts'
import { defineRoute } from '../route.ts'
import { SkipReason } from '../skip.ts'

const tag = 'labels'
const params = z.object({ imageId: ImageId })

export const skipImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/skip',
  summary: 'Go on without an answer, and say why. 409 for an image that is annotated; an annotation ends the skip.',
  tag,
  access: 'annotate',
  params,
  body: z.strictObject({ reason: SkipReason, note: z.string().trim().max(500).default('') }),
  responses: { 200: Image },
})

export const unskipImage = defineRoute({
  method: 'DELETE',
  path: '/images/:imageId/skip',
  summary: 'Put a skipped image back among those that wait for an answer.',
  tag,
  access: 'annotate',
  params,
  responses: { 200: Image },
})
