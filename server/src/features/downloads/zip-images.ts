import type { ImageId } from '@vesalius/contracts'
import { assignFileNames, type FormatFile, writeZip } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { buildLabelFile, formatLabelFile } from '../labels/label-file.ts'
import { findLabelledRows, findNames, type Wanted } from './downloads.queries.ts'

type Parts = Pick<Context, 'db' | 'storage'>
const PAGE = 200

/** A zip in parts: each image under its name, its label file beside it. Holds one file at a time. */
export async function zipImages(parts: Parts, project: ProjectRow, wanted: Wanted): Promise<AsyncIterable<Uint8Array>> {
  const found = []
  for (const page of pagesOf(wanted.imageIds)) found.push(...(await findNames(parts.db, { ...wanted, imageIds: page })))
  const names = assignFileNames(
    found.map(({ id, name, type }) => ({ id, name: /\.[^.]+$/.test(name) ? name : `${name}.${type}` })),
  )
  const nameOf = new Map(found.map(({ id }, index) => [id, names[index] ?? id]))
  return writeZip(filesOf(parts, project, wanted, nameOf))
}

async function* filesOf(
  { db, storage }: Parts,
  project: ProjectRow,
  wanted: Wanted,
  nameOf: ReadonlyMap<ImageId, string>,
): AsyncGenerator<FormatFile> {
  const missing: string[] = []
  for (const page of pagesOf([...nameOf.keys()])) {
    const hidden = await wanted.findHidden(page)
    for (const row of await findLabelledRows(db, { ...wanted, imageIds: page })) {
      const path = nameOf.get(row.id) ?? row.id
      if ((await storage.size(row.uri)) === null) missing.push(path)
      else yield { path, bytes: await storage.read(row.uri) }
      if (hidden.has(row.id)) continue
      const label = formatLabelFile(buildLabelFile(project, row, row.revision))
      yield { path: path.replace(/\.[^.]*$/, '.label'), bytes: Buffer.from(label) }
    }
  }
  if (missing.length > 0) {
    yield { path: 'missing.txt', bytes: Buffer.from(`The files of these images are gone:\n${missing.join('\n')}\n`) }
  }
}

function* pagesOf(ids: readonly ImageId[]): Generator<ImageId[]> {
  for (let at = 0; at < ids.length; at += PAGE) yield ids.slice(at, at + PAGE)
}
