import type { Image } from '@vesalius/contracts'
import type { Deed } from './act-on-images.ts'

export type SimpleDeed = Extract<
  Deed,
  { action: 'freeze' | 'unfreeze' | 'delete' | 'restore' | 'purge' | 'prelabel' }
>['action']

/** What can be done to at least one of these images; those it does not fit are refused by themselves. */
export function deedsFor(images: readonly Pick<Image, 'state' | 'annotatedAt'>[]): readonly SimpleDeed[] {
  const some = (test: (image: Pick<Image, 'state' | 'annotatedAt'>) => boolean) => images.some(test)
  const isOpen = ({ state }: Pick<Image, 'state'>) => state === 'NORMAL' || state === 'TO_LABEL'
  const fitting: [SimpleDeed, boolean][] = [
    ['prelabel', some((image) => isOpen(image) && image.annotatedAt === null)],
    ['freeze', some(isOpen)],
    ['unfreeze', some(({ state }) => state === 'FROZEN')],
    ['delete', some(isOpen)],
    ['restore', some(({ state }) => state === 'DELETED')],
    ['purge', some(({ state }) => state === 'DELETED')],
  ]
  return fitting.filter(([, fits]) => fits).map(([deed]) => deed)
}
