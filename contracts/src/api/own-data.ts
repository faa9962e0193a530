import { z } from 'zod'
import { OwnArchiveId } from '../ids.ts'
import { Farewell, OwnArchive } from '../own-data.ts'
import { defineRoute } from '../route.ts'

const tag = 'accounts'
const params = z.object({ archiveId: OwnArchiveId })

export const getFarewell = defineRoute({
  method: 'GET',
  path: '/me/farewell',
  summary: "What would happen to the caller's projects, labels and memberships if the account went.",
  tag,
  access: 'session',
  responses: { 200: Farewell },
})

export const deleteMe = defineRoute({
  method: 'DELETE',
  path: '/me',
  summary:
    "Delete the caller's account: their own projects are removed for good, what they did in others' stays without their name.",
  tag,
  access: 'session',
  body: z.strictObject({
    /** Null for an account that has none. */
    password: z.string().min(1).max(128).nullable(),
  }),
  responses: { 204: null },
})

export const createOwnArchive = defineRoute({
  method: 'POST',
  path: '/me/archives',
  summary: 'Begin to gather all that is the caller’s in one zip, in the background.',
  tag,
  access: 'session',
  responses: { 202: OwnArchive },
})

export const listOwnArchives = defineRoute({
  method: 'GET',
  path: '/me/archives',
  summary: "The caller's archives of a week, the newest first.",
  tag,
  access: 'session',
  responses: { 200: z.object({ items: z.array(OwnArchive) }) },
})

export const getOwnArchive = defineRoute({
  method: 'GET',
  path: '/me/archives/:archiveId/file',
  summary: 'The zip itself.',
  tag,
  access: 'mine',
  params,
  produces: 'application/zip',
  responses: { 200: null },
})
