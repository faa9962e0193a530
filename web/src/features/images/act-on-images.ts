import { type ImageAction, type ImageId, type Problem, type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

/** As many images as the server takes in one request. */
const BATCH = 200

/** An action without the images it is for. */
export type Deed =
  | { action: 'freeze' | 'unfreeze' | 'delete' | 'restore' | 'purge' | 'prelabel' }
  | { action: 'share' | 'unshare' | 'copy'; userId: string }

export interface Outcome {
  done: string[]
  refused: { imageId: string; error: Problem }[]
}

/** Does the same to many images, batch after batch; `onProgress` hears how many were asked for so far. */
export async function actOnImages(
  projectId: ProjectId,
  imageIds: readonly string[],
  deed: Deed,
  onProgress: (asked: number) => void = () => {},
): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] }
  for (let from = 0; from < imageIds.length; from += BATCH) {
    const batch = imageIds.slice(from, from + BATCH) as ImageId[]
    const body = { ...deed, imageIds: batch } as ImageAction
    const { done, refused } = await call(routes.actOnImages, { params: { projectId }, body })
    outcome.done.push(...done)
    outcome.refused.push(...refused)
    onProgress(Math.min(imageIds.length, from + BATCH))
  }
  return outcome
}

/** What takes a deed back; null where nothing does. */
export function opposite(deed: Deed): Deed | null {
  switch (deed.action) {
    case 'freeze':
      return { action: 'unfreeze' }
    case 'unfreeze':
      return { action: 'freeze' }
    case 'delete':
      return { action: 'restore' }
    case 'restore':
      return { action: 'delete' }
    case 'share':
      return { action: 'unshare', userId: deed.userId }
    case 'unshare':
      return { action: 'share', userId: deed.userId }
    default:
      return null
  }
}
