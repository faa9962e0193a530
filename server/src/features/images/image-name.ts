const MAXIMUM_LENGTH = 255

/**
 * A name a person may read: without folders and control characters, at most 255 characters. It never becomes a path.
 * Empty when nothing is left.
 */
export function cleanImageName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const printable = last.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '').trim()
  return printable.slice(0, MAXIMUM_LENGTH).replace(/[\uD800-\uDBFF]$/, '')
}
