import { type Image, ImageId } from '@vesalius/contracts'

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

/** The address of an image in the browser: written into a text, it attaches it. */
export const addressOfImage = ({ id, projectId }: Pick<Image, 'id' | 'projectId'>) =>
  `${window.location.origin}/projects/${projectId}/annotate?image=${id}`
