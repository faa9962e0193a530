export type ClassNamesProblem = 'classEmpty' | 'classDuplicate' | 'classTooFew' | 'oneClass'

/** What keeps a list of class names from being saved, of which there must be `least`; null when nothing does. */
export function classNamesProblem(names: readonly string[], least: number): ClassNamesProblem | null {
  const trimmed = names.map((name) => name.trim())
  if (trimmed.some((name) => name === '')) return 'classEmpty'
  if (new Set(trimmed).size < trimmed.length) return 'classDuplicate'
  if (trimmed.length >= least) return null
  return least > 1 ? 'classTooFew' : 'oneClass'
}
