import multipart from '@fastify/multipart'
import { AppError, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import { registerRoute } from '../../http/register-route.ts'
import type { ImportParts } from '../imports/import-images.job.ts'
import { requireProject } from '../projects/access.ts'
import { receiveUpload } from './receive-upload.ts'

const MAXIMUM_FILES = 1000
/** A label and a group before each file. */
const MAXIMUM_FIELDS = 2 * MAXIMUM_FILES
const MAXIMUM_LABEL_BYTES = 32 * 1024 * 1024

export async function registerIngestRoutes(app: FastifyInstance, context: ImportParts): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      files: MAXIMUM_FILES,
      fields: MAXIMUM_FIELDS,
      parts: MAXIMUM_FILES + MAXIMUM_FIELDS,
      fileSize: context.config.maxArchiveBytes,
      fieldSize: MAXIMUM_LABEL_BYTES,
      fieldNameSize: 100,
      headerPairs: 50,
    },
  })

  registerRoute(app, routes.uploadImages, async ({ user, params, query, request, reply }) => {
    const project = await requireProject(context.db, user, params.projectId, 'manage')
    if (!request.isMultipart()) {
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the files as multipart/form-data.')
    }
    const { items, imports } = await receiveUpload(context, request, {
      user,
      project,
      duplicates: query.duplicates,
    })
    const [first] = imports
    if (first) {
      reply.code(202)
      return { items, importId: first.id, imports }
    }
    reply.code(items.some((item) => 'image' in item) ? 201 : 422)
    return { items }
  })
}
