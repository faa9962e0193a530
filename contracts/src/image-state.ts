import { z } from 'zod'

/** TO_LABEL at upload → NORMAL when the pre-label job ended; FROZEN: nothing changes it; DELETED: in the bin. */
export const ImageState = z.enum(['TO_LABEL', 'NORMAL', 'FROZEN', 'DELETED']).meta({ id: 'ImageState' })
export type ImageState = z.infer<typeof ImageState>
