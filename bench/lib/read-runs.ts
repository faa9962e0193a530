import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The runs kept in `bench/results/<name>.json`, so that a bench goes on where it was stopped. */
export function readRuns<Run>(name: string): Run[] {
  const file = fileURLToPath(new URL(`../results/${name}.json`, import.meta.url))
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { runs: Run[] }).runs : []
}
