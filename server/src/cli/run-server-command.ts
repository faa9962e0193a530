import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CallError, type Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import { completionOf, SHELLS } from './completion.ts'
import { openServerApi, ServerProblem } from './server-api.ts'

/** Exit statuses; scripts rely on them, so they are written down in `docs/command-line.md`. */
export const EXIT = { done: 0, failed: 1, calledWrongly: 2, notAllowed: 3, notFound: 4, unreachable: 5 } as const

export interface Shell {
  environment: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

/** Runs one command against a server: results on the standard output, progress and reasons on the other. */
export async function runServerCommand(words: readonly string[], shell: Shell): Promise<number> {
  if (words[0] === 'completion') return printCompletion(words[1], shell)
  const command = COMMANDS.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (!command) {
    shell.err(usageOf(words[0]))
    return EXIT.calledWrongly
  }
  try {
    const { values, positionals } = readWords(command, words.slice(command.name.split(' ').length))
    if (values.help) {
      shell.out(helpOf(command))
      return EXIT.done
    }
    refuseIncomplete(command, positionals, values)
    const api = openServerApi(readServer(values, shell.environment))
    const tell = (line: string) => (values.json ? undefined : shell.err(`${line}\n`))
    const { json, lines, hasFailed } = await command.run({ api, args: positionals, options: values, tell })
    if (values.json) shell.out(`${JSON.stringify(json)}\n`)
    else if (lines.length > 0) shell.out(`${lines.join('\n')}\n`)
    return hasFailed ? EXIT.failed : EXIT.done
  } catch (error) {
    return explain(error, command, words.includes('--json'), shell)
  }
}

function readWords(command: Command, args: string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options ?? {}).map(([name, { type }]) => [name, type === 'string' ? text : flag]),
  )
  return parseArgs({
    ...{ args, allowPositionals: true },
    options: { ...options, url: text, token: text, json: flag, help: flag },
  }) as { values: Record<string, string | boolean | undefined>; positionals: string[] }
}

function refuseIncomplete(
  { takes = '', options = {} }: Command,
  given: string[],
  values: Record<string, unknown>,
): void {
  const wanted = takes.split(' ').filter(Boolean)
  const least = wanted.filter((word) => !word.startsWith('[')).length
  const most = takes.includes('…') ? Number.POSITIVE_INFINITY : wanted.length
  if (given.length < least || given.length > most) throw new CallError(`It takes ${takes || 'no arguments'}.`)
  for (const [name, { isRequired }] of Object.entries(options)) {
    if (isRequired && values[name] === undefined) throw new CallError(`--${name} is missing.`)
  }
}

function readServer(
  values: Record<string, unknown>,
  environment: Shell['environment'],
): { url: string; token: string } {
  const url = String(values.url ?? environment.VESALIUS_URL ?? 'http://127.0.0.1:8080')
  const file = environment.VESALIUS_TOKEN_FILE
  const token = String(values.token ?? environment.VESALIUS_TOKEN ?? (file ? readFileSync(file, 'utf8').trim() : ''))
  const parsed = URL.parse(url)
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol))
    throw new CallError('--url is the address of a server.')
  if (!/^vsl_[\w-]{43}$/.test(token)) {
    throw new CallError('VESALIUS_TOKEN is an API token: it begins with vsl_ and is made in the menu of the account.')
  }
  return { url, token }
}

function explain(error: unknown, command: Command, isJson: boolean, { out, err }: Shell): number {
  if (error instanceof ServerProblem) {
    const { status, code, message } = error
    if (isJson) out(`${JSON.stringify({ error: { status, code, message } })}\n`)
    err(`${message}\n`)
    if (status === 401 || status === 403) return EXIT.notAllowed
    if (status === 404) return EXIT.notFound
    return status === 0 || status === 429 || status >= 502 ? EXIT.unreachable : EXIT.failed
  }
  const isCall = error instanceof CallError || String((error as { code?: unknown })?.code).startsWith('ERR_PARSE_ARGS')
  if (!isCall) throw error
  err(`${(error as Error).message}\n\n${helpOf(command)}`)
  return EXIT.calledWrongly
}

function printCompletion(name: string | undefined, { out, err }: Shell): number {
  const shell = SHELLS.find((known) => known === name)
  if (!shell) {
    err(`vesalius completion ${SHELLS.join('|')}\n`)
    return EXIT.calledWrongly
  }
  out(completionOf(shell))
  return EXIT.done
}

function helpOf({ name, takes, summary, options = {} }: Command): string {
  const lines = Object.entries(options).map(([option, { help, type, isRequired }]) => {
    const value = type === 'string' ? ` ${option.toUpperCase()}` : ''
    return `  --${option}${value}${isRequired ? '' : ' (may be left out)'}: ${help}`
  })
  const common = '  --url URL (VESALIUS_URL), --token TOKEN (VESALIUS_TOKEN, VESALIUS_TOKEN_FILE), --json'
  return `vesalius ${name}${takes ? ` ${takes}` : ''}\n  ${summary}\n\n${[...lines, common].join('\n')}\n`
}

/** What there is below a first word, or all of it. */
export function usageOf(word?: string): string {
  const below = COMMANDS.filter(({ name }) => name.split(' ')[0] === word)
  const shown = below.length > 0 ? below : COMMANDS
  const width = Math.max(...shown.map(({ name }) => name.length))
  return `${shown.map(({ name, summary }) => `vesalius ${name.padEnd(width)}  ${summary}`).join('\n')}\n`
}
