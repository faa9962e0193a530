#!/usr/bin/env node
import { BusyError } from './lock.ts'
import { rollOut } from './roll-out.ts'
import { readSettings, SettingsError } from './settings.ts'

/** `node deploy/rollout/main.ts rollout.json [--dry-run]`: 0 done or nothing to do, 1 went back, 2 wrong call, 3 another one runs. */
const [file, option] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)
if (!file || (option !== undefined && option !== '--dry-run')) {
  process.stderr.write('node deploy/rollout/main.ts SETTINGS.json [--dry-run]\n')
  process.exitCode = 2
} else {
  try {
    const outcome = await rollOut(readSettings(file), { isDry: option === '--dry-run', say })
    process.exitCode = outcome === 'went back' || outcome === 'not prepared' ? 1 : 0
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = error instanceof SettingsError ? 2 : error instanceof BusyError ? 3 : 1
  }
}
