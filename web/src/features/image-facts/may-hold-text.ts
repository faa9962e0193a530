import type { Image } from '@vesalius/contracts'

/** Whether names may stand in the pixels: the file says so, or something that looks like text was found. */
export function mayHoldText({ deidentification }: Pick<Image, 'deidentification'>): boolean {
  return deidentification?.burnedInText === 'yes' || deidentification?.burnedInText === 'suspected'
}
