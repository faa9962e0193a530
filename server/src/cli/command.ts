import { type Project, routes } from '@vesalius/contracts'
import type { ServerApi } from './server-api.ts'

/** One thing that can be done with a server from a shell. */
export interface Command {
  /** Two words: `projects list`; some have one. */
  name: string
  summary: string
  /** As it is written in the help, `IMAGE FILE`; each word stands for one or, with …, more arguments. */
  takes?: string
  options?: Readonly<Record<string, Option>>
  run(call: Invocation): Promise<Outcome>
}

export interface Option {
  type: 'string' | 'boolean'
  help: string
  isRequired?: boolean
}

export interface Invocation {
  api: ServerApi
  args: readonly string[]
  /** Texts that were given; of flags `true`. */
  options: Readonly<Record<string, string | boolean | undefined>>
  /** Progress, for people. */
  tell(line: string): void
}

export interface Outcome {
  /** What `--json` prints. */
  json: unknown
  /** What people read. */
  lines: readonly string[]
  /** It was done, but not all of it, or what was waited for ended badly. */
  hasFailed?: boolean
}

/** Wrong words on the command line. */
export class CallError extends Error {
  override name = 'CallError'
}

export const OF_PROJECT = {
  project: { type: 'string', help: 'id or name of a project', isRequired: true },
} as const satisfies Record<string, Option>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The id that `--project` names; a name must be that of one project alone. Throws CallError. */
export async function projectIdOf({ api, options }: Pick<Invocation, 'api' | 'options'>): Promise<string> {
  const given = String(options.project)
  if (UUID.test(given)) return given
  const { items } = (await api.call(routes.listProjects)) as { items: Project[] }
  const [found, another] = items.filter(({ name }) => name === given)
  if (!found) throw new CallError(`There is no project "${given}", or you may not see it.`)
  if (another) throw new CallError(`There are several projects "${given}": give the id of one.`)
  return found.id
}

export const columns = (...parts: readonly (string | number | null | undefined)[]): string =>
  parts.map((part) => part ?? '-').join('\t')

/** A number from an option. Throws CallError. */
export function numberOf({ options }: Pick<Invocation, 'options'>, name: string): number | undefined {
  const text = options[name]
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new CallError(`--${name} is a number.`)
  return value
}

/** Looks again and again until something has ended. */
export async function waitFor<Value>(
  look: () => Promise<Value>,
  hasEnded: (value: Value) => boolean,
  everyMs = 1000,
): Promise<Value> {
  for (;;) {
    const value = await look()
    if (hasEnded(value)) return value
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
