import type { Directions } from './directions.ts'
import { INSTANCE_MAPS } from './network-spec.ts'

/** [pixel]: 1 where any class reaches its level. */
export function insideOf(maps: readonly Uint8Array[], levels: readonly number[]): Uint8Array {
  const inside = new Uint8Array(maps[0]?.length ?? 0)
  levels.forEach((level, place) => {
    maps[place]?.forEach((value, at) => {
      if (value >= level) inside[at] = 1
    })
  })
  return inside
}

/** The maps behind those of the classes. */
export function directionsOf(maps: readonly Uint8Array[]): Directions {
  const [across, down] = maps.slice(-INSTANCE_MAPS)
  return { across: across ?? new Uint8Array(), down: down ?? new Uint8Array() }
}
