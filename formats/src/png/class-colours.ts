/** `[red, green, blue]`, 0..255. */
export type Colour = readonly [number, number, number]

/**
 * Colours for values 0..count: black for 0, then those of Pascal VOC's own masks, which spread the bits of the number
 * over the high bits of the three channels. Source: VOC development kit, VOClabelcolormap.
 */
export function classColours(count: number): Colour[] {
  return Array.from({ length: count + 1 }, (_, value) => {
    const colour = [0, 0, 0]
    for (let bit = 0, rest = value; bit < 8; bit += 1, rest >>= 3) {
      for (const channel of [0, 1, 2]) {
        colour[channel] = (colour[channel] ?? 0) | (((rest >> channel) & 1) << (7 - bit))
      }
    }
    return [colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0]
  })
}
