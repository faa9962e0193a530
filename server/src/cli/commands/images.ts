import { openAsBlob } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Image, routes, type UploadItem } from '@vesalius/contracts'
import {
  CallError,
  type Command,
  columns,
  type Invocation,
  numberOf,
  OF_PROJECT,
  projectIdOf,
  waitFor,
} from '../command.ts'

/** Files of one request: together not much more than this, so that a lost connection costs little. */
const REQUEST_BYTES = 64 * 1024 ** 2
const REQUEST_FILES = 50
const PAGE = 500

export const imageCommands: readonly Command[] = [
  {
    name: 'images list',
    summary: 'images of a project: id, name, state, when it was annotated',
    options: {
      ...OF_PROJECT,
      state: { type: 'string', help: 'TO_LABEL, NORMAL, FROZEN or DELETED' },
      annotated: { type: 'string', help: 'true or false' },
      limit: { type: 'string', help: 'at most so many; all without it' },
    },
    run: async (call) => {
      const { state, annotated } = call.options
      const filter = { ...(state ? { state: state as Image['state'] } : {}), ...(annotated ? { annotated } : {}) }
      const items: Image[] = []
      const most = numberOf(call, 'limit') ?? Number.POSITIVE_INFINITY
      for await (const image of eachImage(call, await projectIdOf(call), filter)) {
        if (items.length >= most) break
        items.push(image)
      }
      return {
        json: { items },
        lines: items.map((image) => columns(image.id, image.name, image.state, image.annotatedAt)),
      }
    },
  },
  {
    name: 'images upload',
    summary: 'upload files and whole folders; run it again after an interruption, what is there already is left out',
    takes: 'PATH…',
    options: {
      ...OF_PROJECT,
      duplicates: { type: 'string', help: 'skip (default), keep, or copy' },
      wait: { type: 'boolean', help: 'until every image has its first look' },
    },
    run: upload,
  },
  {
    name: 'images wait',
    summary: 'wait until no image of a project is TO_LABEL without a problem',
    options: OF_PROJECT,
    run: async (call) => {
      await waitForFirstLooks(call, await projectIdOf(call))
      return { json: { done: true }, lines: [] }
    },
  },
  {
    name: 'images delete',
    summary: 'put images into the bin',
    takes: 'IMAGE…',
    run: async ({ api, args }) => {
      for (const imageId of args) await api.call(routes.deleteImage, { params: { imageId } })
      return { json: { deleted: args }, lines: args }
    },
  },
]

async function* eachImage({ api }: Pick<Invocation, 'api'>, projectId: string, filter: object): AsyncGenerator<Image> {
  let cursor: string | null = null
  do {
    const query = { ...filter, limit: PAGE, order: 'oldest', ...(cursor ? { cursor } : {}) }
    const page: { items: Image[]; nextCursor: string | null } = await api.call(routes.listImages, {
      params: { projectId },
      query: query as never,
    })
    yield* page.items
    cursor = page.nextCursor
  } while (cursor)
}

async function upload(call: Invocation) {
  const projectId = await projectIdOf(call)
  const duplicates = String(call.options.duplicates ?? 'skip')
  if (!['skip', 'keep', 'copy'].includes(duplicates)) throw new CallError('--duplicates is skip, keep or copy.')
  const files = await listFiles(call.args)
  const known = new Set<string>()
  if (duplicates === 'skip') {
    for await (const { name, byteSize } of eachImage(call, projectId, {})) known.add(`${byteSize} ${name}`)
  }
  const missing = files.filter(({ name, byteSize }) => !known.has(`${byteSize} ${name}`))
  const items: UploadItem[] = []
  for (const batch of batchesOf(missing)) {
    const form = new FormData()
    for (const { path, name } of batch) form.append('file', await openAsBlob(path), name)
    const answer = await call.api.send('POST', `/api/v1/projects/${projectId}/images?duplicates=${duplicates}`, {
      ...{ body: form, alsoFine: [422] },
    })
    items.push(...((await answer.json()) as { items: UploadItem[] }).items)
    call.tell(`${items.length} of ${missing.length}`)
  }
  const created = items.filter((item) => 'image' in item)
  const failed = items.filter((item) => 'error' in item && item.error.code !== 'FILE_DUPLICATE')
  const alreadyThere = files.length - created.length - failed.length
  if (call.options.wait) await waitForFirstLooks(call, projectId)
  return {
    json: { created: created.length, alreadyThere, failed: failed.length, items },
    lines: [
      ...failed.map((item) => columns(item.name, 'error' in item ? item.error.message : '')),
      `${created.length} uploaded, ${alreadyThere} there already, ${failed.length} failed`,
    ],
    hasFailed: failed.length > 0,
  }
}

interface Found {
  path: string
  name: string
  byteSize: number
}

/** Every file named, and of folders every file below that is not hidden. */
async function listFiles(paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = []
  for (const path of paths) {
    const facts = await stat(path).catch(() => {
      throw new CallError(`There is no file or folder ${path}.`)
    })
    if (facts.isDirectory()) {
      const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort()
      found.push(...(await listFiles(names.map((name) => join(path, name)))))
    } else found.push({ path, name: basename(path), byteSize: facts.size })
  }
  return found
}

function* batchesOf(files: readonly Found[]): Generator<Found[]> {
  let batch: Found[] = []
  let bytes = 0
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= REQUEST_FILES || bytes + file.byteSize > REQUEST_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(file)
    bytes += file.byteSize
  }
  if (batch.length > 0) yield batch
}

async function waitForFirstLooks(call: Invocation, projectId: string): Promise<void> {
  await waitFor(
    async () => {
      let waiting = 0
      for await (const { problem } of eachImage(call, projectId, { state: 'TO_LABEL' })) waiting += problem ? 0 : 1
      if (waiting > 0) call.tell(`${waiting} images wait for their first look`)
      return waiting
    },
    (waiting) => waiting === 0,
  )
}
