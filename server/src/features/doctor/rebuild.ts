import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { classesIn, emptyLabel, type ImageId, type ImageType, LabelFile, type ProjectId } from '@vesalius/contracts'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { integers, json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { placeNow, withClasses } from '../classes/class-schemes.ts'
import { insertRevisions } from '../labels/labels.queries.ts'
import { answerOf } from '../labels/labels.service.ts'
import { StoredRows } from '../labels/stored-label.ts'
import { listKeys } from './examine.ts'

type Parts = Pick<Context, 'db' | 'config' | 'storage'>
type Row = Record<string, unknown>

export interface Rebuilt {
  users: number
  projects: number
  images: number
  editors: number
  /** Every account got a new password, to be changed at once; the oldest account is administrator. */
  passwords: { username: string; password: string }[]
  /** Label files that could not be read, and images whose picture is gone: left out. */
  leftOut: { file: string; reason: string }[]
}

export class NotEmptyError extends Error {
  override name = 'NotEmptyError'
}

/**
 * Fills an empty database from the label files of the user folders: accounts by name, projects with their settings,
 * images with state, label, shares and copies. What the files do not hold stays lost: mail addresses and passwords,
 * older revisions of labels, remarks, trainings, models, messages, organisations (their projects belong to who made
 * them). Throws NotEmptyError.
 */
export async function rebuild(parts: Parts): Promise<Rebuilt> {
  const { db } = parts
  const some = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (some) throw new NotEmptyError('The database is not empty: a rebuild fills an empty one.')
  const found = await readFolders(parts)
  const people = [...found.people.values()].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
  const passwords = await insertPeople(db, people)
  const own = [...found.projects.values()].map((project) => ({ ...project, organisation_id: null }))
  await insertRows(db, 'projects', own)
  for (const { image, label } of found.images) {
    await db.transaction().execute(async (trx) => {
      const { revision = 0, author = { kind: 'none' } as const, classScheme: class_scheme = 0 } = label.meta ?? {}
      const project = await trx
        .selectFrom('projects')
        .selectAll()
        .where('id', '=', image.project_id as ProjectId)
        .executeTakeFirstOrThrow()
      await insertRows(trx, 'images', [{ ...underClassesOfNow(project, image, label), open_comments: 0 }])
      const imageId = image.id as ImageId
      const [width, height] = [Number(image.width), Number(image.height)]
      const { data: none } = emptyLabel(label.type as ImageType, label.meta?.classes ?? [], height, width)
      await insertRevisions(trx, [
        ...(revision > 0
          ? [{ imageId, revision: 0, class_scheme, data: none, author: { kind: 'none' } as const }]
          : []),
        { imageId, revision, class_scheme, data: label.data, author },
      ])
    })
  }
  await insertRows(db, 'image_editors', found.editors)
  await countAnew(db)
  return {
    users: people.length,
    projects: found.projects.size,
    images: found.images.length,
    editors: found.editors.length,
    passwords,
    leftOut: found.leftOut,
  }
}

/** A change of classes may not have reached this image: what its row says of classes follows from its label. */
function underClassesOfNow(project: ProjectRow, image: Row, label: LabelFile): Row {
  const data = withClasses(project, { data: label.data, class_scheme: label.meta?.classScheme ?? 0 })
  const guess = image.guess_value === undefined ? null : (image.guess_value as number | null)
  return {
    ...image,
    class_scheme: project.class_scheme,
    label_value: answerOf(data),
    label_classes: classesIn(data),
    guess_value: placeNow(project, Number(image.class_scheme ?? 0), guess),
  }
}

interface Found {
  people: Map<string, StoredRows['people'][number]>
  projects: Map<string, Row>
  images: { image: Row; label: LabelFile }[]
  editors: Row[]
  leftOut: Rebuilt['leftOut']
}

/** Of a project's facts the newest count; all else stands in one file only. */
async function readFolders({ storage }: Parts): Promise<Found> {
  const found: Found = { people: new Map(), projects: new Map(), images: [], editors: [], leftOut: [] }
  const files = await listKeys(storage, 'users/')
  for (const file of files.filter((each) => each.endsWith('.label'))) {
    const read = readStored((await storage.read(file)).toString('utf8'))
    if (!read) {
      found.leftOut.push({ file, reason: 'it is no label file that says what it belongs to' })
      continue
    }
    const { label, stored } = read
    if ((await storage.size(String(stored.image.uri))) === null) {
      found.leftOut.push({ file, reason: `its picture ${stored.image.uri} is gone` })
      continue
    }
    for (const person of stored.people) found.people.set(person.id, person)
    const known = found.projects.get(String(stored.project.id))
    if (!known || String(known.updated_at) < String(stored.project.updated_at)) {
      found.projects.set(String(stored.project.id), stored.project)
    }
    found.images.push({ image: stored.image, label })
    found.editors.push(...stored.editors)
  }
  return found
}

function readStored(text: string): { label: LabelFile; stored: StoredRows } | null {
  try {
    const content: unknown = JSON.parse(text)
    const label = LabelFile.parse(content)
    const { meta } = z.object({ meta: z.object({ stored: StoredRows }) }).parse(content)
    return { label, stored: meta.stored }
  } catch {
    return null
  }
}

async function insertPeople(db: Db, people: StoredRows['people']): Promise<Rebuilt['passwords']> {
  const passwords: Rebuilt['passwords'] = []
  for (const [at, { id, username, createdAt }] of people.entries()) {
    const password = randomBytes(12).toString('base64url')
    const name = username.toLowerCase()
    await insertRows(db, 'users', [
      {
        id,
        name: username,
        email: `${id}@rebuilt.invalid`,
        emailVerified: false,
        createdAt,
        username: name,
        displayUsername: username,
        role: at === 0 ? 'administrator' : 'user',
      },
    ])
    if (at === 0) await insertRows(db, 'installation', [{ name: 'administrator', value: id }])
    await insertRows(db, 'auth_accounts', [
      {
        id: newId(),
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
        updatedAt: createdAt,
      },
    ])
    passwords.push({ username, password })
  }
  return passwords
}

/** Rows as they were kept; columns that this version does not know are left out. */
async function insertRows(db: Db, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const { rows: columns } = await sql<{ column_name: string; data_type: string }>`
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ${table}`.execute(db)
  for (const row of rows) {
    const known = columns.filter(({ column_name: name }) => row[name] !== undefined)
    const values = known.map(({ column_name: name, data_type: type }) => asValue(row[name], type))
    await sql`INSERT INTO ${sql.table(table)} (${sql.join(known.map(({ column_name: name }) => sql.ref(name)))})
      VALUES (${sql.join(values)})`.execute(db)
  }
}

function asValue(value: unknown, type: string): RawBuilder<unknown> {
  if (value === null) return sql`NULL`
  if (type === 'jsonb') return json(value)
  if (type === 'ARRAY') return integers(value as number[])
  if (type.startsWith('timestamp')) return sql`${String(value)}::text::timestamptz`
  return sql`${value}`
}

async function countAnew(db: Db): Promise<void> {
  await sql`UPDATE projects SET
    annotation_count = (SELECT count(*) FROM images
      WHERE project_id = projects.id AND annotated_at IS NOT NULL AND state <> 'DELETED'),
    annotation_changes = (SELECT count(*) FROM images WHERE project_id = projects.id AND annotated_at IS NOT NULL)`.execute(
    db,
  )
}
