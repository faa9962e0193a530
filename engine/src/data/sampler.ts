import { createRandom, shuffle } from './random.ts'

/**
 * The images of one epoch, class-balanced: every class present is drawn equally often, and within a class every image
 * once before any comes again, in an order fixed by seed and epoch.
 * `values`: [image], class index of each image; returns positions in it, `count` of them.
 * Throws RangeError for no image.
 */
export function drawBalancedEpoch(
  values: readonly number[],
  { count, seed, epoch }: { count: number; seed: number; epoch: number },
): Uint32Array {
  if (values.length === 0) throw new RangeError('no image to draw from')
  const random = createRandom(seed, epoch, 0x5a)
  const pools = poolsByClass(values)
  for (const pool of pools) shuffle(pool, random)

  const order = new Uint32Array(count)
  const first = Math.floor(random() * pools.length)
  for (let position = 0; position < count; position += 1) {
    const pool = pools[(first + position) % pools.length] ?? new Uint32Array(1)
    const turn = Math.floor(position / pools.length)
    if (turn > 0 && turn % pool.length === 0) shuffle(pool, random)
    order[position] = pool[turn % pool.length] ?? 0
  }
  shuffle(order, random)
  return order
}

/** Positions of the images of each class present, in class order. */
function poolsByClass(values: readonly number[]): Uint32Array[] {
  const pools = new Map<number, number[]>()
  values.forEach((value, index) => {
    const pool = pools.get(value) ?? []
    pool.push(index)
    pools.set(value, pool)
  })
  return [...pools].sort(([a], [b]) => a - b).map(([, pool]) => Uint32Array.from(pool))
}
