import { assignFileNames } from '@vesalius/formats'

/** The names images have in exports, in their order: safe, different from each other, and with an extension. */
export function fileNamesOf(images: readonly { id: string; name: string; type: string }[]): string[] {
  return assignFileNames(
    images.map(({ id, name, type }) => ({ id, name: /\.[^.]+$/.test(name) ? name : `${name}.${type}` })),
  )
}
