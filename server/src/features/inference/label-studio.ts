import { buffer } from 'node:stream/consumers'
import { AppError, type LabelStudioPredict, type ProjectId, type UserId } from '@vesalius/contracts'
import { fromLabel, writeDataset } from '@vesalius/formats'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { seal, unseal } from '../accounts/sealed.ts'
import { labelConfigOf } from '../remote/label-config.ts'
import type { Seen } from './ask-model.ts'

type Parts = Pick<Context, 'db' | 'outgoing' | 'sealKey' | 'config'>

const TIMEOUT_MS = 60_000
const DATA_ADDRESS = /^data:[\w.+/-]+;base64,/

/** Keeps where the pictures of a project there are. */
export async function keepLink(
  { db, sealKey }: Parts,
  { projectId, userId }: { projectId: ProjectId; userId: UserId },
  { hostname, token }: { hostname: string; token: string | null },
): Promise<void> {
  const url = URL.parse(hostname)
  if (!url || !/^https?:$/.test(url.protocol)) return
  const link = { hostname: url.href, sealed_token: token ? seal(sealKey, token) : null, updated_at: sql<Date>`now()` }
  await db
    .insertInto('label_studio_links')
    .values({ project_id: projectId, user_id: userId, ...link })
    .onConflict((conflict) => conflict.columns(['project_id', 'user_id']).doUpdateSet(link))
    .execute()
}

/** The picture of each task: data that came along, or fetched through the guard of outgoing calls. Throws AppError. */
export async function fetchPictures(
  parts: Parts,
  of: { projectId: ProjectId; userId: UserId },
  { tasks, label_config }: LabelStudioPredict,
): Promise<Buffer[]> {
  const link = await parts.db
    .selectFrom('label_studio_links')
    .selectAll()
    .where('project_id', '=', of.projectId)
    .where('user_id', '=', of.userId)
    .executeTakeFirst()
  const field = /<Image\b[^>]*\bvalue\s*=\s*["']\$([\w.-]+)["']/.exec(label_config ?? '')?.[1]
  const pictures: Buffer[] = []
  for (const { data } of tasks) {
    const source =
      (field && data[field]) ?? data.image ?? Object.values(data).find((value) => typeof value === 'string')
    if (typeof source !== 'string') throw new AppError('VALIDATION_FAILED', 'A task names no picture.')
    pictures.push(await fetchPicture(parts, source, link))
  }
  return pictures
}

async function fetchPicture(
  { outgoing, sealKey, config }: Parts,
  source: string,
  link: { hostname: string; sealed_token: string | null } | undefined,
): Promise<Buffer> {
  if (DATA_ADDRESS.test(source)) return Buffer.from(source.replace(DATA_ADDRESS, ''), 'base64')
  const url = URL.parse(source, link?.hostname)
  if (!url) throw new AppError('VALIDATION_FAILED', 'A picture has no whole address, and no hostname was set up.')
  // The token goes to where it came from, nowhere else.
  const isTheirs = link?.sealed_token && url.origin === new URL(link.hostname).origin
  const { status, body } = await outgoing.request(url, {
    headers: isTheirs ? { authorization: `Token ${unseal(sealKey, link.sealed_token ?? '')}` } : {},
    timeoutMs: TIMEOUT_MS,
    maxBytes: config.maxFileBytes,
  })
  if (status !== 200) {
    body.destroy()
    throw new AppError('OUTGOING_FAILED', `${url.hostname} answers ${status} instead of a picture.`)
  }
  return buffer(body)
}

/** Guesses as Label Studio's predictions, under the names that the configuration there gives its controls. */
export function writeResults(
  project: ProjectRow,
  { label_config }: LabelStudioPredict,
  seen: readonly Seen[],
  version: string,
) {
  const names = controlNames(label_config ?? labelConfigOf(project))
  return seen.map(({ guess, width, height }) => {
    const image = { ...fromLabel({ name: 'image', width, height }, guess.data), isGuess: true }
    const { files } = writeDataset(
      'label-studio',
      { classes: project.classes, images: () => [image] },
      project.task_type,
    )
    const [file] = files
    const parts = file && (file.bytes instanceof Uint8Array ? [file.bytes] : [...file.bytes])
    const [task] = JSON.parse(Buffer.concat(parts ?? []).toString('utf8')) as [{ predictions: [{ result: object[] }] }]
    const result = task.predictions[0].result.map((one) => ({ ...one, ...names(one) }))
    return { result, score: guess.score, model_version: version }
  })
}

const CONTROLS: Readonly<Record<string, RegExp>> = {
  choices: /<Choices\b([^>]*)>/,
  rectanglelabels: /<RectangleLabels\b([^>]*)>/,
  brushlabels: /<BrushLabels\b([^>]*)>/,
}

function controlNames(config: string) {
  const attribute = (tag: string, name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*["']([^"']{1,200})["']`).exec(tag)?.[1]
  return (result: object): object => {
    const tag = CONTROLS[(result as { type?: string }).type ?? '']?.exec(config)?.[1]
    const [from, to] = tag ? [attribute(tag, 'name'), attribute(tag, 'toName')] : []
    return { ...(from ? { from_name: from } : {}), ...(to ? { to_name: to } : {}) }
  }
}
