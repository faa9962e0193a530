import { type AugmentationPolicy, FREE_AUGMENTATION, UPRIGHT_AUGMENTATION } from './augmentation.ts'
import type { LabelSymmetry } from './label-symmetry.ts'

/** The changes that leave these pictures plausible and their classes what they are. */
export function chooseAugmentation(isUpright: boolean, symmetry: LabelSymmetry): AugmentationPolicy {
  const isFree = !isUpright && symmetry.upsideDown && symmetry.quarterTurn
  return { ...(isFree ? FREE_AUGMENTATION : UPRIGHT_AUGMENTATION), mirror: symmetry.mirror }
}
