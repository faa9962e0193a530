import type { ImportChoices } from '@vesalius/contracts'

export interface ClassPlan {
  /** By place in the files' classes: the name in the project; null: left out, as chosen. */
  becomes: (string | null)[]
  /** Names the project would get, in their order. */
  added: string[]
  /** The project's classes once those are added. */
  classes: string[]
  /** Names the project lacks and is not given: what uses them cannot be taken. */
  missing: string[]
}

/** What becomes of the classes in the files under a person's choices. */
export function planClasses(
  fileClasses: readonly string[],
  projectClasses: readonly string[],
  { classes: mapping, addClasses }: Pick<ImportChoices, 'classes' | 'addClasses'>,
): ClassPlan {
  const becomes = fileClasses.map((name) => (Object.hasOwn(mapping, name) ? (mapping[name] ?? null) : name))
  const wanted = new Set(becomes.filter((name) => name !== null))
  const unknown = [...wanted].filter((name) => !projectClasses.includes(name))
  const added = addClasses ? unknown : []
  return { becomes, added, classes: [...projectClasses, ...added], missing: addClasses ? [] : unknown }
}
