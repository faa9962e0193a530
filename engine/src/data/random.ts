/** A stream of numbers in [0,1), the same for the same seed everywhere. */
export type Random = () => number

/**
 * sfc32 with 128 bits of state, seeded from up to four 32-bit integers (a seed, then an epoch or an image index, so
 * that any place of a run can be drawn again without replaying what came before it).
 * Source: Chris Doty-Humphrey, PractRand, sfc32.
 */
export function createRandom(...seeds: number[]): Random {
  let a = (seeds[0] ?? 0) ^ 0x9e3779b9
  let b = (seeds[1] ?? 0) ^ 0x243f6a88
  let c = (seeds[2] ?? 0) ^ 0xb7e15162
  let counter = (seeds[3] ?? 0) ^ 0xdeadbeef
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let round = 0; round < 15; round += 1) next()
  return next
}

/** A number drawn evenly from [low, high). */
export function drawBetween(random: Random, low: number, high: number): number {
  return low + (high - low) * random()
}

/** Puts `items` in random order, in place (Fisher and Yates). */
export function shuffle(items: Uint32Array, random: Random): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = items[last] ?? 0
    items[last] = items[other] ?? 0
    items[other] = kept
  }
}

/** A number from the standard normal distribution (Box and Muller, 1958). */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
