import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

/**
 * Runs before `npm start`: builds the browser's part when it is missing or older than what it is made from.
 * Looking takes milliseconds, so an unchanged clone starts at once.
 */

const web = join(import.meta.dirname, '..')
const root = join(web, '..')
const SOURCES = [
  join(web, 'src'),
  join(web, 'public'),
  join(web, 'index.html'),
  join(web, 'vite.config.ts'),
  join(web, 'package.json'),
  join(root, 'contracts/src'),
  join(root, 'imaging/src'),
  join(root, 'package-lock.json'),
]

function newestChangeMs(path: string): number {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChangeMs(join(path, name))))
}

function isStale(): boolean {
  const page = join(web, 'dist/index.html')
  return !existsSync(page) || Math.max(...SOURCES.map(newestChangeMs)) > statSync(page).mtimeMs
}

if (isStale()) {
  // Whoever calls, tests too, gets the page that people get.
  process.env.NODE_ENV = 'production'
  await build({ configFile: join(web, 'vite.config.ts'), logLevel: 'warn' })
}
