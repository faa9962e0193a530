import { z } from 'zod'
import { Problem } from '../errors.ts'
import { DownloadId, ImageId, ProjectId, UserId } from '../ids.ts'
import { Image } from '../image.ts'
import { defineRoute } from '../route.ts'
import { Timestamp } from '../time.ts'
import { Person } from '../user.ts'

const tag = 'files'
const params = z.object({ imageId: ImageId })
const inProject = z.object({ projectId: ProjectId })

/** Somebody an image was shared with. */
export const ImageEditor = Person.extend({ addedAt: Timestamp }).meta({ id: 'ImageEditor' })
export type ImageEditor = z.infer<typeof ImageEditor>
const Editors = z.object({ items: z.array(ImageEditor) })

export const freezeImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/freeze',
  summary: 'Nothing changes a frozen image or its label until it is unfrozen.',
  tag,
  access: 'manage',
  params,
  responses: { 200: Image },
})

export const unfreezeImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/unfreeze',
  summary: 'Let a frozen image be changed again.',
  tag,
  access: 'manage',
  params,
  responses: { 200: Image },
})

export const purgeImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/purge',
  summary: 'Remove an image that is in the bin for good: its row, labels, and the file unless a copy still uses it.',
  tag,
  access: 'manage',
  params,
  responses: { 204: null },
})

export const listEditors = defineRoute({
  method: 'GET',
  path: '/images/:imageId/editors',
  summary: 'The people an image was shared with.',
  tag,
  access: 'view',
  params,
  responses: { 200: Editors },
})

export const addEditor = defineRoute({
  method: 'POST',
  path: '/images/:imageId/editors',
  summary: 'Share an image: the person may see and label it. No second file is made.',
  tag,
  access: 'manage',
  params,
  body: z.strictObject({ userId: UserId }),
  responses: { 201: Editors },
})

export const removeEditor = defineRoute({
  method: 'DELETE',
  path: '/images/:imageId/editors',
  summary: 'End a share. Everyone may end a share with themselves.',
  tag,
  access: 'manage',
  params,
  body: z.strictObject({ userId: UserId }),
  responses: { 200: Editors },
})

export const copyImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/copies',
  summary:
    "Give a copy: a new image of the same file with a label of its own, in the receiver's project of the same classes.",
  tag,
  access: 'manage',
  params,
  body: z.strictObject({
    userId: UserId,
    /** For a copy to oneself: which of one's projects. A label goes along only between equal task types. */
    projectId: ProjectId.optional(),
  }),
  responses: { 201: z.object({ id: ImageId }) },
})

const imageIds = z.array(ImageId).min(1).max(500)

/** One change of many images at once. */
export const ImageAction = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.enum(['freeze', 'unfreeze', 'delete', 'restore', 'purge', 'prelabel']), imageIds }),
    z.strictObject({ action: z.enum(['share', 'unshare', 'copy']), imageIds, userId: UserId }),
  ])
  .meta({ id: 'ImageAction' })
export type ImageAction = z.infer<typeof ImageAction>

export const actOnImages = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/images/actions',
  summary: 'Do the same to many images of a project. Each is done or refused by itself, with the reason.',
  tag,
  access: 'manage',
  params: inProject,
  body: ImageAction,
  responses: {
    200: z.object({
      done: z.array(ImageId),
      refused: z.array(z.object({ imageId: ImageId, error: Problem })),
    }),
  },
})

export const createDownload = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/downloads',
  summary: 'Prepare a zip of images and their label files; it can be fetched for an hour.',
  tag,
  access: 'see',
  params: inProject,
  body: z.strictObject({ imageIds: z.array(ImageId).min(1).max(20_000) }),
  responses: { 201: z.object({ id: DownloadId }) },
})

export const getDownload = defineRoute({
  method: 'GET',
  path: '/downloads/:downloadId/file',
  summary: 'The zip that was asked for. Images its owner may no longer see are left out.',
  tag,
  access: 'mine',
  params: z.object({ downloadId: DownloadId }),
  produces: 'application/zip',
  responses: { 200: null },
})

export const findPeople = defineRoute({
  method: 'GET',
  path: '/users',
  summary: 'People of this installation whose user name begins like this, without the caller.',
  tag,
  access: 'user',
  query: z.object({ name: z.string().trim().min(1).max(40) }),
  responses: { 200: z.object({ items: z.array(Person) }) },
})
