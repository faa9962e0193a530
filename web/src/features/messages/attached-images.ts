import { ImageId } from '@vesalius/contracts'

const MOST = 10
const ADDRESS = /\/projects\/[0-9a-f-]{36}\/(?:annotate|review)\?\S*?\bimage=(?:%22|")?([0-9a-f-]{36})/g

/** Images whose addresses stand in a text: they are attached to the message, as references. */
export function attachedImages(text: string): ImageId[] {
  const found = [...text.matchAll(ADDRESS)].flatMap(([, id]) => {
    const parsed = ImageId.safeParse(id)
    return parsed.success ? [parsed.data] : []
  })
  return [...new Set(found)].slice(0, MOST)
}
