import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { AppError, type ProjectId, type Route, routes } from '@vesalius/contracts'
import { toDicomJson } from '@vesalius/formats'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import type { PictureFormat } from '../images/picture-format.ts'
import { sendPreview } from '../images/send-file.ts'
import type { ImportParts } from '../imports/import-images.job.ts'
import { requireProject } from '../projects/access.ts'
import { accepts, readAccept } from './accept.ts'
import { allowOrigins } from './allow-origins.ts'
import { openDictionary } from './dictionary.ts'
import { requireIndexed } from './index-instances.ts'
import { type FoundInstance, findInstances, findSeries, findStudies, within } from './instances.queries.ts'
import { boundaryOf, type Part, readParts, writeParts } from './multipart.ts'
import { presentInstance, presentSeries, presentStudy } from './present-found.ts'
import { readHead } from './read-head.ts'
import { readSearch, type SearchQuery } from './search-query.ts'
import { storeInstances } from './store-instances.ts'
import { readFrames } from './stored-frames.ts'

type Uids = { studyUid?: string; seriesUid?: string; instanceUid?: string }
type Located = Uids & { projectId: ProjectId }
type Exchange = { request: FastifyRequest; reply: FastifyReply }

const JSON_TYPE = 'application/dicom+json'
const DICOM = 'application/dicom'
const MOST_RETRIEVED = 10_000
const READ_TOGETHER = 8
const LIMITS = { studies: { limit: 100, most: 1000 }, below: { limit: 1000, most: 5000 } }
const THUMBNAIL_WIDTH = 200
const LARGEST_WIDTH = 4096
const ENCODINGS = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const

/** Viewers of others read a project's DICOM images as from an archive, with the rights of whoever asks. */
export async function registerDicomwebRoutes(app: FastifyInstance, context: Context & ImportParts): Promise<void> {
  const { db, storage, config, pictures, previews } = context
  allowOrigins(app, config.dicomwebOrigins)

  const baseOf = ({ protocol, host }: FastifyRequest, projectId: ProjectId) =>
    `${config.publicUrl?.replace(/\/$/, '') ?? `${protocol}://${host}`}/dicomweb/projects/${projectId}`

  const searched = async (
    { request, reply }: Exchange,
    user: SignedIn,
    params: Located,
    limits: (typeof LIMITS)['studies'],
    find: (search: SearchQuery, base: string) => Promise<object[]>,
  ) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    const search = readSearch(request.query as Record<string, unknown>, await openDictionary(), limits)
    await requireIndexed(context, project.id)
    search.conditions.push(...within(params))
    const items = await find(search, baseOf(request, project.id))
    if (search.ignored.length > 0) {
      reply.header('warning', `299 vesalius "These were ignored: ${search.ignored.join(', ').replace(/[^\w, ]/g, '')}"`)
    }
    return sendJson(reply, items)
  }
  const search = (
    route: Route & { access: 'view' },
    limits: (typeof LIMITS)['studies'],
    find: (projectId: ProjectId, search: SearchQuery, base: string) => Promise<object[]>,
  ) =>
    registerRoute(app, route, async ({ user, params, request, reply }) => {
      const located = params as unknown as Located
      return searched({ request, reply }, user as SignedIn, located, limits, (query, base) =>
        find(located.projectId, query, base),
      )
    })
  const studies = async (id: ProjectId, query: SearchQuery, base: string) =>
    (await findStudies(db, id, query)).map((found) => presentStudy(base, found))
  const series = async (id: ProjectId, query: SearchQuery, base: string) =>
    (await findSeries(db, id, query)).map((found) => presentSeries(base, found))
  const instances = async (id: ProjectId, query: SearchQuery, base: string) =>
    (await findInstances(db, id, query)).map((found) => presentInstance(base, found))
  search(routes.searchStudies, LIMITS.studies, studies)
  search(routes.searchSeries, LIMITS.below, series)
  search(routes.searchStudySeries, LIMITS.below, series)
  search(routes.searchInstances, LIMITS.below, instances)
  search(routes.searchStudyInstances, LIMITS.below, instances)
  search(routes.searchSeriesInstances, LIMITS.below, instances)

  /** What a path names, at least one. Throws NOT_FOUND, PAYLOAD_TOO_LARGE. */
  const locate = async (user: SignedIn, params: Located, limit = MOST_RETRIEVED): Promise<FoundInstance[]> => {
    const project = await requireProject(db, user, params.projectId, 'view')
    const look = () =>
      findInstances(db, project.id, { conditions: within(params), limit: limit === 1 ? 1 : limit + 1, offset: 0 })
    let found = await look()
    if (found.length === 0) {
      await requireIndexed(context, project.id)
      found = await look()
    }
    if (found.length === 0) throw new AppError('NOT_FOUND', 'There is no such object, or you may not see it.')
    if (found.length > limit)
      throw new AppError('PAYLOAD_TOO_LARGE', `There are more than ${limit} files: ask for series.`)
    return found
  }
  const locateOne = async (user: SignedIn, params: Located) => (await locate(user, params, 1))[0] as FoundInstance

  for (const route of [routes.retrieveStudy, routes.retrieveSeries, routes.retrieveInstance]) {
    registerRoute(app, route, async ({ user, params, request, reply }) => {
      if (!accepts(readAccept(request.headers.accept), DICOM)) throw notAcceptable()
      return sendParts(reply, DICOM, filesOf(storage, await locate(user, params)))
    })
  }

  for (const route of [routes.retrieveStudyMetadata, routes.retrieveSeriesMetadata, routes.retrieveInstanceMetadata]) {
    registerRoute(app, route, async ({ user, params, request, reply }) => {
      const found = await locate(user, params)
      if (!accepts(readAccept(request.headers.accept), JSON_TYPE, 'application/json')) throw notAcceptable()
      reply.type(JSON_TYPE).header('cache-control', 'private, no-cache')
      return reply.send(Readable.from(metadataOf(context, found, baseOf(request, params.projectId))))
    })
  }

  registerRoute(app, routes.retrieveFrames, async ({ user, params, request, reply }) => {
    const instance = await locateOne(user, params)
    const numbers = params.frameList.split(',').map(Number)
    const frames = await readFrames(context, instance, numbers, readAccept(request.headers.accept))
    const first = await frames.next()
    if (first.done) throw new AppError('NOT_FOUND', 'The file holds no frame.')
    const all = async function* () {
      yield first.value
      yield* frames
    }
    return sendParts(reply, first.value.type.split(';')[0] ?? '', all())
  })

  const sendPicture = async (
    { request, reply }: Exchange,
    { image }: FoundInstance,
    { frame, width: wanted }: { frame: number; width: number },
  ) => {
    const query = request.query as Record<string, unknown>
    if (query.window !== undefined) {
      throw new AppError('BAD_REQUEST', 'Pictures are made with the window of their file: leave "window" out.')
    }
    if (frame > image.frames) throw new AppError('NOT_FOUND', `The instance has ${image.frames} frames.`)
    const acceptable = readAccept(request.headers.accept, query.accept)
    const mediaType = (Object.keys(ENCODINGS) as (keyof typeof ENCODINGS)[]).find((type) => accepts(acceptable, type))
    if (!mediaType) throw notAcceptable()
    const encoding = ENCODINGS[mediaType]
    const width = Math.min(image.width, wanted, viewportWidth(query.viewport, image) ?? wanted)
    const name = `${image.content_hash}-${width}${frame > 1 ? `-${frame - 1}` : ''}.${encoding}`
    return sendPreview(
      { request, reply },
      {
        tag: `"${name}"`,
        mediaType,
        file: () =>
          previews.get(name, async (target) => {
            const file = await storage.localFile(image.uri)
            const format = image.type as PictureFormat
            await pictures.preview({ file, format, target, width, frame: frame - 1, encoding })
          }),
      },
    )
  }
  registerRoute(app, routes.retrieveRendered, async ({ user, params, request, reply }) =>
    sendPicture({ request, reply }, await locateOne(user, params), { frame: 1, width: LARGEST_WIDTH }),
  )
  registerRoute(app, routes.retrieveRenderedFrame, async ({ user, params, request, reply }) => {
    const instance = await locateOne(user, params)
    const frame = Number(params.frameList)
    if (!(frame >= 1)) throw new AppError('BAD_REQUEST', 'Ask for one frame, numbered from 1.')
    return sendPicture({ request, reply }, instance, { frame, width: LARGEST_WIDTH })
  })
  for (const route of [
    routes.retrieveStudyThumbnail,
    routes.retrieveSeriesThumbnail,
    routes.retrieveInstanceThumbnail,
  ]) {
    registerRoute(app, route, async ({ user, params, request, reply }) =>
      sendPicture({ request, reply }, await locateOne(user, params), { frame: 1, width: THUMBNAIL_WIDTH }),
    )
  }

  await app.register(async (scope) => {
    const bodyLimit = config.maxArchiveBytes
    for (const type of ['multipart/related', DICOM]) {
      scope.addContentTypeParser(type, { bodyLimit }, (_request, body, done) => done(null, body))
    }
    for (const route of [routes.storeInstances, routes.storeStudyInstances]) {
      registerRoute(scope, route, async ({ user, params, request, reply }) => {
        const project = await requireProject(db, user, params.projectId, 'manage')
        const parts = bodiesOf(request)
        const studyUid = 'studyUid' in params ? params.studyUid : null
        const target = { user, project, studyUid, base: baseOf(request, project.id) }
        const { status, answer } = await storeInstances(context, parts, target)
        return reply
          .code(status)
          .type(JSON_TYPE)
          .send(Buffer.from(JSON.stringify(answer)))
      })
    }
  })
}

/** A file alone, or several in one body. Throws UNSUPPORTED_MEDIA_TYPE. */
function bodiesOf({ headers, body }: FastifyRequest): AsyncIterable<Part> {
  const boundary = boundaryOf(headers['content-type'])
  if (boundary !== null && body) return readParts(body as Readable, boundary)
  if (headers['content-type']?.startsWith(DICOM) && body) return one({ mediaType: DICOM, body: body as Readable })
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send multipart/related with a boundary, or application/dicom.')
}

async function* one<Item>(item: Item): AsyncGenerator<Item> {
  yield item
}

async function* filesOf(storage: Context['storage'], found: readonly FoundInstance[]) {
  for (const { image } of found) {
    // Gone since it was looked up.
    if ((await storage.size(image.uri)) === null) continue
    yield { type: DICOM, body: storage.stream(image.uri) }
  }
}

/** All attributes but the pixels, file after file, while the answer is on its way. */
async function* metadataOf(
  { storage }: Pick<Context, 'storage'>,
  found: readonly FoundInstance[],
  base: string,
): AsyncGenerator<string> {
  const { vrOf } = await openDictionary()
  const read = async ({ image, studyUid, seriesUid, instanceUid }: FoundInstance) => {
    const head = await readHead(storage, image.uri)
    if (!head) return []
    const at = `${base}/studies/${studyUid}/series/${seriesUid}/instances/${instanceUid}`
    const pixels = image.frames === 1 ? { '7FE00010': { vr: 'OW', BulkDataURI: `${at}/frames/1` } } : {}
    return [JSON.stringify({ ...toDicomJson(head.file.dataSet, { vrOf }), ...pixels })]
  }
  let separator = '['
  for (let at = 0; at < found.length; at += READ_TOGETHER) {
    for (const text of (await Promise.all(found.slice(at, at + READ_TOGETHER).map(read))).flat()) {
      yield separator + text
      separator = ','
    }
  }
  yield separator === '[' ? '[]' : ']'
}

function sendJson(reply: FastifyReply, items: readonly object[]): FastifyReply {
  reply.header('cache-control', 'private, no-store')
  return reply
    .code(200)
    .type(JSON_TYPE)
    .send(Buffer.from(JSON.stringify(items)))
}

function sendParts(
  reply: FastifyReply,
  type: string,
  parts: AsyncIterable<{ type: string; body: Uint8Array | Readable }>,
): FastifyReply {
  const boundary = randomUUID()
  return reply
    .type(`multipart/related; type="${type}"; boundary=${boundary}`)
    .header('cache-control', 'private, no-store')
    .send(Readable.from(writeParts(boundary, parts)))
}

/** `viewport=width,height`: the picture fits into it. */
function viewportWidth(viewport: unknown, { width, height }: FoundInstance['image']): number | null {
  if (viewport === undefined) return null
  const [, across = '', down = ''] = /^(\d{1,5}),(\d{1,5})$/.exec(String(viewport)) ?? []
  if (!Number(across) || !Number(down)) throw new AppError('BAD_REQUEST', 'The viewport is width,height in pixels.')
  return Math.max(1, Math.floor(Math.min(Number(across), (Number(down) * width) / height)))
}

function notAcceptable(): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', 'Nothing that the header Accept names can be sent.')
}
