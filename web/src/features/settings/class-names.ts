export type ClassNamesProblem = 'classEmpty' | 'classDuplicate' | 'classTooFew'

/** What keeps a list of class names from being saved; null when nothing does. */
export function classNamesProblem(names: readonly string[]): ClassNamesProblem | null {
  const trimmed = names.map((name) => name.trim())
  if (trimmed.some((name) => name === '')) return 'classEmpty'
  if (new Set(trimmed).size < trimmed.length) return 'classDuplicate'
  return trimmed.length < 2 ? 'classTooFew' : null
}
