import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Writes `bench/results/<name>.json`, dated. */
export function keepResult(name: string, result: Record<string, unknown>): void {
  const folder = fileURLToPath(new URL('../results/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify({ date: new Date().toISOString(), ...result }, null, 1)}\n`)
}
