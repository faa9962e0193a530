import type { ImageId, UserId } from '@vesalius/contracts'
import type { FormatFile } from '@vesalius/formats'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { buildLabelFile, formatLabelFile } from '../labels/label-file.ts'

type Parts = Pick<Context, 'db' | 'storage'>
const PAGE = 200

/**
 * All that is somebody's, file by file: their account, their own projects with pictures and label files, the latest labels
 * they gave elsewhere, what they said there, and the record of what they did. No secret, and nothing of others beyond that.
 */
export async function* listOwnFiles(parts: Parts, userId: UserId): AsyncGenerator<FormatFile> {
  const { db } = parts
  yield jsonFile('account.json', await readAccount(db, userId))
  const projects = await db
    .selectFrom('projects')
    .selectAll()
    .where('owner_id', '=', userId)
    .where('organisation_id', 'is', null)
    .orderBy('id')
    .execute()
  for (const project of projects) {
    const folder = `projects/${project.id}`
    const { name, task_type: taskType, classes, algorithm, created_at: createdAt, deleted_at: deletedAt } = project
    yield jsonFile(`${folder}/project.json`, { name, taskType, classes, algorithm, createdAt, deletedAt })
    yield* listImages(parts, project, folder)
  }
  yield linesFile('labels-elsewhere.jsonl', await readLabelsElsewhere(db, userId))
  for (const [path, rows] of await readWords(db, userId)) yield linesFile(path, rows)
  yield linesFile('record.jsonl', await readRecord(db, userId))
}

async function* listImages({ db, storage }: Parts, project: ProjectRow, folder: string): AsyncGenerator<FormatFile> {
  let after = ''
  for (;;) {
    const page = await db
      .selectFrom('images')
      .selectAll()
      .where('project_id', '=', project.id)
      .where('id', '>', after as ImageId)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const image of page) {
      const path = `${folder}/${image.id}`
      if ((await storage.size(image.uri)) !== null) {
        yield { path: `${path}.${image.type}`, bytes: await storage.read(image.uri) }
      }
      const revision = await db
        .selectFrom('label_revisions')
        .selectAll()
        .where('image_id', '=', image.id)
        .where('revision', '=', image.label_revision)
        .executeTakeFirst()
      if (revision)
        yield { path: `${path}.label`, bytes: Buffer.from(formatLabelFile(buildLabelFile(project, image, revision))) }
    }
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = last.id
  }
}

async function readAccount(db: Db, userId: UserId) {
  const user = await db
    .selectFrom('users')
    .select(['id', 'username', 'displayUsername', 'email', 'emailVerified', 'role', 'createdAt'])
    .where('id', '=', userId)
    .executeTakeFirst()
  const { rows: sessions } = await sql`SELECT "ipAddress", "userAgent", "createdAt", "expiresAt" FROM auth_sessions
    WHERE "userId" = ${userId} ORDER BY "createdAt"`.execute(db)
  const { rows: waysIn } = await sql`SELECT "providerId" AS by, "createdAt" FROM auth_accounts
    WHERE "userId" = ${userId} ORDER BY "createdAt"`.execute(db)
  const { rows: passkeys } = await sql`SELECT name, created_at, last_used_at FROM passkeys
    WHERE user_id = ${userId} ORDER BY created_at`.execute(db)
  const { rows: tokens } = await sql`SELECT name, created_at, expires_at, last_used_at FROM api_tokens
    WHERE user_id = ${userId} ORDER BY created_at`.execute(db)
  const { rows: memberships } = await sql`SELECT o.name, m.role, m.created_at FROM organisation_members m
    JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = ${userId} ORDER BY o.name`.execute(db)
  const { rows: preferences } = await sql`SELECT data FROM user_preferences WHERE user_id = ${userId}`.execute(db)
  const { rows: filters } = await sql`SELECT name, query, project_id FROM saved_filters
    WHERE user_id = ${userId} ORDER BY name`.execute(db)
  return { user, sessions, waysIn, passkeys, tokens, memberships, preferences, filters }
}

/** The newest label of each image of others that this person annotated last. */
async function readLabelsElsewhere(db: Db, userId: UserId) {
  const { rows } = await sql`
    SELECT i.id AS "imageId", i.name, p.name AS project, r.revision, r.data, r.created_at AS "createdAt"
    FROM images i JOIN projects p ON p.id = i.project_id
    JOIN label_revisions r ON r.image_id = i.id AND r.revision = i.label_revision
    WHERE i.annotated_by = ${userId} AND (p.organisation_id IS NOT NULL OR p.owner_id <> ${userId})
    ORDER BY i.id`.execute(db)
  return rows
}

async function readWords(db: Db, userId: UserId): Promise<[string, unknown[]][]> {
  const { rows: reviews } = await sql`SELECT image_id, revision, decision, text, created_at FROM reviews
    WHERE reviewer_id = ${userId} ORDER BY id`.execute(db)
  const { rows: remarks } = await sql`SELECT image_id, text, place, created_at FROM review_comments
    WHERE author_id = ${userId} ORDER BY id`.execute(db)
  const { rows: readings } = await sql`SELECT study_id, image_id, data, submitted_at FROM readings
    WHERE reader_id = ${userId} ORDER BY id`.execute(db)
  return [
    ['reviews.jsonl', reviews],
    ['remarks.jsonl', remarks],
    ['readings.jsonl', readings],
  ]
}

async function readRecord(db: Db, userId: UserId) {
  const { rows } = await sql`SELECT seq, at, via, reason, action, subject, subject_id FROM audit_events
    WHERE actor_id = ${userId} ORDER BY seq`.execute(db)
  return rows
}

function jsonFile(path: string, value: unknown): FormatFile {
  return { path, bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) }
}

function linesFile(path: string, rows: unknown[]): FormatFile {
  return { path, bytes: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')) }
}
