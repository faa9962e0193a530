import { createContext, useContext } from 'react'
import { showChord } from './chord.ts'
import { type Bindings, type CommandName, USUAL_BINDINGS } from './commands.ts'

export const ShortcutsContext = createContext<Bindings>(USUAL_BINDINGS)

export const useBindings = (): Bindings => useContext(ShortcutsContext)

/** The first key of a command as it stands on the key; empty where it has none. */
export function useKeyName(): (name: CommandName) => string {
  const bindings = useBindings()
  return (name) => {
    const [first] = bindings[name]
    return first === undefined ? '' : showChord(first)
  }
}
