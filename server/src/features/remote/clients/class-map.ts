import { encodeRle, type RemotePrediction } from '@vesalius/contracts'

/**
 * A map of class numbers as one mask per class, brought to the image's size by the nearest pixel. `at(x, y)`: place of the
 * class in the project's, or −1, in a map of `width` × `height`.
 */
export function masksOf(
  map: { width: number; height: number; at: (x: number, y: number) => number },
  image: { width: number; height: number },
  classes: number,
): RemotePrediction {
  const size: [number, number] = [image.height, image.width]
  const places = new Int16Array(image.width * image.height)
  const seen = new Set<number>()
  for (let y = 0; y < image.height; y += 1) {
    const row = Math.min(map.height - 1, Math.floor(((y + 0.5) * map.height) / image.height))
    for (let x = 0; x < image.width; x += 1) {
      const column = Math.min(map.width - 1, Math.floor(((x + 0.5) * map.width) / image.width))
      const place = map.at(column, row)
      places[y * image.width + x] = place
      if (place >= 0 && place < classes) seen.add(place)
    }
  }
  const masks = [...seen]
    .sort((a, b) => a - b)
    .map((place) => ({ class: place, rle: encodeRle(places, size, { value: place }), score: 1 }))
  return { size, masks }
}
