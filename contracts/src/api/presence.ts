import { z } from 'zod'
import { ImageId } from '../ids.ts'
import { Activity, Presence } from '../presence.ts'
import { defineRoute } from '../route.ts'

const tag = 'presence'
const params = z.object({ imageId: ImageId })
/** One open page: a person may look at an image in several. */
const tab = z.uuid()
const answer = z.object({ items: z.array(Presence) })

export const announcePresence = defineRoute({
  method: 'POST',
  path: '/images/:imageId/presence',
  summary: 'Say that one has this image open, again every ten seconds; answers who else has.',
  tag,
  access: 'view',
  params,
  body: z.strictObject({ tab, activity: Activity }),
  responses: { 200: answer },
})

export const leaveImage = defineRoute({
  method: 'DELETE',
  path: '/images/:imageId/presence',
  summary: 'Say that a page no longer shows this image. Who says nothing is forgotten after half a minute.',
  tag,
  access: 'holder',
  params,
  body: z.strictObject({ tab }),
  responses: { 204: null },
})
