/** Feature vectors [item][feature], all of one length. */
export type Features = readonly Float32Array[]

/**
 * Picks items that lie far from all that is known and from each other: each pick is the item whose nearest known or
 * picked neighbour is the farthest (the greedy 2-approximation of the k-centre problem). Returns positions in `items`,
 * first pick first, `count` of them at most; the first of equals. Without known items the first pick is item 0.
 * Distance: squared Euclidean. Source: Sener and Savarese, Active Learning for Convolutional Neural Networks: A Core-Set
 * Approach, 2018, algorithm 1.
 */
export function pickCentres(items: Features, known: Features, count: number): number[] {
  const nearest = new Float64Array(items.length).fill(Number.POSITIVE_INFINITY)
  for (const centre of known) shorten(nearest, items, centre)
  const picked: number[] = []
  while (picked.length < Math.min(count, items.length)) {
    let farthest = 0
    for (let place = 1; place < nearest.length; place += 1) {
      if ((nearest[place] as number) > (nearest[farthest] as number)) farthest = place
    }
    picked.push(farthest)
    shorten(nearest, items, items[farthest] as Float32Array)
    for (const place of picked) nearest[place] = -1
  }
  return picked
}

function shorten(nearest: Float64Array, items: Features, centre: Float32Array): void {
  items.forEach((item, place) => {
    const limit = nearest[place] as number
    let distance = 0
    for (let at = 0; at < item.length && distance < limit; at += 1) {
      distance += ((item[at] as number) - (centre[at] as number)) ** 2
    }
    if (distance < limit) nearest[place] = distance
  })
}
