import { DuplicateChoice } from '@vesalius/contracts'

/** In the order in which they are offered. */
export const DUPLICATE_CHOICES = DuplicateChoice.options
