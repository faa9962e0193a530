import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** What is rolled out, from where, and onto which processes. */
export interface Settings {
  /** Any address that git understands. */
  repository: string
  /** Which tags are releases; the newest by its numbers is rolled out. */
  tags: RegExp
  /** Whether git must know who signed a tag (`git verify-tag`). */
  mustBeSigned: boolean
  /** Holds `releases/<tag>`, and `current`, a link to the one in use. */
  folder: string
  /** Releases that stay on the disk, the one in use among them. */
  keep: number
  /** Commands in the folder of the new release, one after another, before anything is touched. */
  prepare: readonly Command[]
  /** Then, while the release before still runs: it must run on what this adds. */
  migrate: Command | null
  /** In the order in which they are replaced. */
  processes: readonly ProcessSettings[]
}

export type Command = readonly [string, ...string[]]

export interface ProcessSettings {
  name: string
  /** Starts it anew from `current`; returns when that is done or under way. */
  restart: Command
  /** An address that answers 200 when the process may be sent requests; of one that has none a command that then ends well. */
  health: string | Command
  /** How long it may take to. */
  healthSeconds: number
}

export class SettingsError extends Error {
  override name = 'SettingsError'
}

/** Throws SettingsError. Paths are seen from the file's folder. */
export function readSettings(file: string): Settings {
  const raw = parse(file)
  const text = (name: string, missing?: string) => {
    const value = raw[name] ?? missing
    if (typeof value !== 'string' || value === '') throw new SettingsError(`${file}: "${name}" is a text`)
    return value
  }
  const keep = raw.keep ?? 3
  if (!Number.isInteger(keep) || (keep as number) < 2) throw new SettingsError(`${file}: "keep" is a number from 2`)
  const processes = Array.isArray(raw.processes) ? raw.processes : []
  if (processes.length === 0) throw new SettingsError(`${file}: "processes" lists what is replaced`)
  const prepare = Array.isArray(raw.prepare)
    ? raw.prepare
    : [
        ['npm', 'ci'],
        ['npm', 'run', 'build'],
      ]
  return {
    repository: text('repository'),
    tags: new RegExp(text('tags', '^v\\d+\\.\\d+\\.\\d+$')),
    mustBeSigned: raw.mustBeSigned === true,
    folder: resolve(dirname(file), text('folder')),
    keep: keep as number,
    prepare: prepare.map((command) => commandOf(file, command)),
    migrate: raw.migrate === undefined ? null : commandOf(file, raw.migrate),
    processes: processes.map((each: Record<string, unknown>) => ({
      name: String(each.name),
      restart: commandOf(file, each.restart),
      health: typeof each.health === 'string' ? each.health : commandOf(file, each.health),
      healthSeconds: Number(each.healthSeconds ?? 120),
    })),
  }
}

function parse(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch (cause) {
    throw new SettingsError(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

function commandOf(file: string, value: unknown): Command {
  const isCommand = Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string')
  if (!isCommand) throw new SettingsError(`${file}: a command is a list of words, such as ["npm", "ci"]`)
  return value as unknown as Command
}
