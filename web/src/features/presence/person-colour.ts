/** Dark enough for white letters, bright enough on a dark stage; told apart by people who see few colours. */
const COLOURS = ['#0072b2', '#9a4f00', '#00795c', '#a8326e', '#6a3fa0', '#4d6600', '#8c2f1b', '#00697f'] as const

/** A person has the same colour everywhere. */
export function colourOfPerson(userId: string): string {
  let hash = 0
  for (const letter of userId) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return COLOURS[hash % COLOURS.length] ?? COLOURS[0]
}
