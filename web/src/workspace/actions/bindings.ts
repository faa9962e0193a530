import { type Bindings, COMMAND_NAMES, COMMANDS, type CommandName, type Scope, USUAL_BINDINGS } from './commands.ts'

/** Keys by name of the command, as far as a person chose them. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>

/** Keys that are held, and those of classes: they mean the same everywhere. */
const FIXED: ReadonlySet<string> = new Set([
  ...['w', '`', 'Space', 'Tab'],
  ...Array.from({ length: 10 }, (_, digit) => `${digit}`),
])

/** Scopes that hold together on one screen. */
const SCREENS: readonly (readonly Scope[])[] = [
  ['all', 'plain'],
  ['all', 'marks', 'boxes'],
  ['all', 'marks', 'masks', 'instances'],
]

export function bindingsFrom(own: OwnKeys): Bindings {
  return Object.fromEntries(
    COMMAND_NAMES.map((name) => [name, own[name] ?? USUAL_BINDINGS[name]]),
  ) as unknown as Bindings
}

/** A person's keys with those of one command replaced; a command with its usual keys is not named. */
export function withKeys(own: OwnKeys, name: CommandName, keys: readonly string[]): OwnKeys {
  const { [name]: _, ...others } = own
  return keys.join(' ') === USUAL_BINDINGS[name].join(' ') ? others : { ...others, [name]: keys }
}

/** Another command that the same key would have to obey on some screen, or `fixed`; null where the key is free. */
export function conflictOf(bindings: Bindings, name: CommandName): CommandName | 'fixed' | null {
  const keys = bindings[name]
  if (keys.some((key) => FIXED.has(key))) return 'fixed'
  const meets = (other: CommandName) =>
    SCREENS.some((scopes) => scopes.includes(COMMANDS[name].scope) && scopes.includes(COMMANDS[other].scope))
  return (
    COMMAND_NAMES.find(
      (other) => other !== name && meets(other) && bindings[other].some((key) => keys.includes(key)),
    ) ?? null
  )
}
