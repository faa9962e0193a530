import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { type ImageId, LabelFile, type ProjectId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { findExchangeOrphans } from '../interchange/sweep-exchange.ts'
import { buildLabelFile, type LabelRevisionRow, labelKey } from '../labels/label-file.ts'

/** What may be wrong, each with the files or rows it was found at. */
export const FINDINGS = [
  'rowsWithoutFile',
  'filesOfWrongSize',
  'filesOfWrongContent',
  'rowsWithoutLabelFile',
  'labelFilesUnlikeTheirRow',
  'rowsWithoutRevision',
  'filesWithoutRow',
  'modelsWithoutFile',
  'modelFilesWithoutRow',
  'exportsWithoutFile',
  'exchangeFilesWithoutRow',
  'wrongCounts',
] as const
export type Finding = (typeof FINDINGS)[number]

export interface Examination {
  users: number
  projects: number
  images: number
  /** Of those, in the bin. */
  inBin: number
  annotated: number
  revisions: number
  /** Files of pictures; copies share them. */
  pictureFiles: number
  labelFiles: number
  models: number
  /** Changes that a killed process left half done; the next start settles them. */
  openNotes: number
  findings: Record<Finding, string[]>
}

type Parts = Pick<Context, 'db' | 'storage'>
const PAGE = 500

/**
 * Compares every row with its files and every file with its row, both ways. Reads only. `hashes`: also reads every
 * picture whole and compares its hash. For a program at rest: what is under way looks like a fault.
 */
export async function examine(parts: Parts, { hashes = false } = {}): Promise<Examination> {
  const { db, storage } = parts
  const findings = Object.fromEntries(FINDINGS.map((name) => [name, []])) as unknown as Examination['findings']
  const known = new Set<string>()
  const totals = { images: 0, inBin: 0, annotated: 0, revisions: 0 }
  const counted = new Map<ProjectId, number>()
  const projects = new Map((await db.selectFrom('projects').selectAll().execute()).map((row) => [row.id, row]))
  const seenBlobs = new Set<string>()

  for (let after: ImageId | null = null; ; ) {
    const page: ImageRow[] = await findPage(db, after)
    const revisions = await findNewestRevisions(db, page)
    for (const image of page) {
      totals.images += 1
      if (image.state === 'DELETED') totals.inBin += 1
      if (image.annotated_at) totals.annotated += 1
      if (image.annotated_at && image.state !== 'DELETED') {
        counted.set(image.project_id, (counted.get(image.project_id) ?? 0) + 1)
      }
      known.add(labelKey(image))
      known.add(image.uri)
      if (!seenBlobs.has(image.uri)) await examineBlob(parts, image, { hashes, findings })
      seenBlobs.add(image.uri)
      const project = projects.get(image.project_id) as ProjectRow
      await examineLabel(parts, image, { project, revision: revisions.get(image.id), findings })
    }
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) break
  }
  for (const project of projects.values()) {
    const real = counted.get(project.id) ?? 0
    if (project.annotation_count !== real) {
      findings.wrongCounts.push(`project ${project.id}: says ${project.annotation_count} annotated images, has ${real}`)
    }
  }
  await examineEditorCounts(db, findings)
  const files = await listKeys(storage, 'users/')
  findings.filesWithoutRow.push(...files.filter((file) => !known.has(file)))
  const models = await examineModels(parts, findings)
  const orphans = await findExchangeOrphans(parts)
  findings.exchangeFilesWithoutRow.push(...orphans.files)
  findings.exportsWithoutFile.push(...orphans.exports.map(({ uri }) => uri))
  const labels = files.filter((file) => file.endsWith('.label'))
  return {
    users: await countRows(db, 'users'),
    projects: projects.size,
    ...totals,
    revisions: await countRows(db, 'label_revisions'),
    pictureFiles: files.length - labels.length,
    labelFiles: labels.length,
    models,
    openNotes: await storage.notes.count(),
    findings,
  }
}

export function isHealthy({ findings, openNotes }: Examination): boolean {
  return openNotes === 0 && Object.values(findings).every((list) => list.length === 0)
}

async function examineBlob(
  { storage }: Parts,
  image: ImageRow,
  { hashes, findings }: { hashes: boolean; findings: Examination['findings'] },
): Promise<void> {
  const size = await storage.size(image.uri)
  if (size === null) findings.rowsWithoutFile.push(image.uri)
  else if (size !== image.byte_size) findings.filesOfWrongSize.push(image.uri)
  else if (hashes) {
    const hash = createHash('sha256')
    await pipeline(storage.stream(image.uri), hash)
    if (hash.digest('hex') !== image.content_hash) findings.filesOfWrongContent.push(image.uri)
  }
}

async function examineLabel(
  { storage }: Parts,
  image: ImageRow,
  about: { project: ProjectRow; revision: LabelRevisionRow | undefined; findings: Examination['findings'] },
): Promise<void> {
  const { project, revision, findings } = about
  const key = labelKey(image)
  if (!revision) {
    findings.rowsWithoutRevision.push(image.id)
    return
  }
  if ((await storage.size(key)) === null) {
    findings.rowsWithoutLabelFile.push(key)
    return
  }
  const found = readLabel((await storage.read(key)).toString('utf8'))
  if (!found || essence(found) !== essence(buildLabelFile(project, image, revision))) {
    findings.labelFilesUnlikeTheirRow.push(key)
  }
}

/** What a label file must have in common with its rows. Names of project and classes may be older: those have one place. */
function essence(label: LabelFile): string {
  const { key: _names, ...marks } = label.data as { key?: unknown }
  const { imageId, name, uri, state, revision, author, annotatedAt } = label.meta ?? {}
  return JSON.stringify(sortKeys([label.type, marks, { imageId, name, uri, state, revision, author, annotatedAt }]))
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sortKeys(inner)]),
  )
}

function readLabel(text: string): LabelFile | null {
  try {
    return LabelFile.parse(JSON.parse(text))
  } catch {
    return null
  }
}

async function examineEditorCounts(db: Db, findings: Examination['findings']): Promise<void> {
  const rows = await db
    .selectFrom('images')
    .leftJoin('image_editors', 'image_editors.image_id', 'images.id')
    .select((select) => [
      'images.id',
      'images.editor_count',
      select.fn.count<number>('image_editors.user_id').as('real'),
    ])
    .groupBy(['images.id', 'images.editor_count'])
    .having((having) => having('images.editor_count', '<>', having.fn.count<number>('image_editors.user_id') as never))
    .execute()
  findings.wrongCounts.push(...rows.map((row) => `image ${row.id}: says ${row.editor_count} editors, has ${row.real}`))
}

async function examineModels({ db, storage }: Parts, findings: Examination['findings']): Promise<number> {
  const models = await db.selectFrom('model_versions').select('uri').execute()
  const known = new Set(models.map((model) => model.uri))
  for (const uri of known) if ((await storage.size(uri)) === null) findings.modelsWithoutFile.push(uri)
  const files = await listKeys(storage, 'projects/')
  findings.modelFilesWithoutRow.push(
    ...files.filter((file) => /^projects\/[^/]+\/models\/[^/]+$/.test(file) && !known.has(file)),
  )
  return models.length
}

async function findPage(db: Db, after: ImageId | null): Promise<ImageRow[]> {
  let query = db.selectFrom('images').selectAll().orderBy('id').limit(PAGE)
  if (after) query = query.where('id', '>', after)
  return query.execute()
}

async function findNewestRevisions(db: Db, page: readonly ImageRow[]): Promise<Map<ImageId, LabelRevisionRow>> {
  if (page.length === 0) return new Map()
  const rows = await db
    .selectFrom('label_revisions')
    .innerJoin('images', (join) =>
      join.onRef('images.id', '=', 'label_revisions.image_id').onRef('images.label_revision', '=', 'revision'),
    )
    .selectAll('label_revisions')
    .where(
      'label_revisions.image_id',
      'in',
      page.map((image) => image.id),
    )
    .execute()
  return new Map(rows.map((row) => [row.image_id, row]))
}

async function countRows(db: Db, table: 'users' | 'label_revisions'): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Every key below a folder, in order. */
export async function listKeys(storage: Pick<Context['storage'], 'list'>, folder: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage.list(folder)) keys.push(key)
  return keys
}
