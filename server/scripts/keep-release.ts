/**
 * Keeps what a release leaves behind, for the test that later versions start on it: `node server/scripts/keep-release.ts
 * server/src/testing/releases/<last migration>.json.gz`, in a checkout of that release.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import sharp from 'sharp'
import { migrations } from '../src/db/migrations/index.ts'
import { openTestApp, signUp } from '../src/testing/test-app.ts'
import { uploadImage } from '../src/testing/uploads.ts'

const IMAGES = 24
const ANNOTATED = 16
/** Made anew by whoever starts. */
const PASSING = ['processes', 'leases', 'change_notes', 'presences', 'kysely_migration', 'kysely_migration_lock']

const [target = ''] = process.argv.slice(2)
const test = await openTestApp()
const owner = await signUp(test.app, 'owner')
const api = async (method: 'POST' | 'PUT', url: string, payload: object) => {
  const answer = await test.app.inject({ method, url: `/api/v1${url}`, headers: owner, payload })
  if (answer.statusCode >= 300) throw new Error(`${url} answered ${answer.statusCode}: ${answer.body}`)
  return answer.json()
}
const { id } = await api('POST', '/projects', { name: 'Kept', taskType: 1001, classes: ['dark', 'bright'] })
for (let at = 0; at < IMAGES; at += 1) {
  const level = (at % 2) * 120 + at * 2
  const create = { width: 16, height: 16, channels: 3 as const, background: { r: level, g: level, b: level } }
  const bytes = await sharp({ create }).png().toBuffer()
  const image = await uploadImage(test.app, owner, id, { name: `${at}.png`, bytes })
  if (at >= ANNOTATED) continue
  const data = { key: { 0: 'dark', 1: 'bright' }, value: at % 2 }
  await api('PUT', `/images/${image.id}/label`, { type: 1001, data })
}
await api('POST', '/projects', { name: 'Boxes', taskType: 2000, classes: ['thing'] })

const { db } = test.context
const { rows } = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`.execute(db)
const tables: Record<string, string[]> = {}
for (const { name } of rows.filter((row) => !PASSING.includes(row.name))) {
  const found = await sql<{ line: string }>`SELECT row_to_json(t)::text AS line FROM ${sql.table(name)} t`.execute(db)
  if (found.rows.length > 0) tables[name] = found.rows.map(({ line }) => line)
}
const files: Record<string, string> = {}
for (const entry of readdirSync(join(test.dataDirectory, 'users'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue
  const path = join(entry.parentPath, entry.name)
  files[path.slice(test.dataDirectory.length + 1)] = readFileSync(path).toString('base64')
}
writeFileSync(target, gzipSync(JSON.stringify({ migrations: Object.keys(migrations), tables, files }), { level: 9 }))
await test.close()
