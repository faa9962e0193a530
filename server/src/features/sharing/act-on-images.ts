import { AppError, type ImageAction, type ImageId, type Problem, type ProjectId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { purgeImage } from '../bin/purge-image.ts'
import { freezeImage, unfreezeImage } from '../images/freeze-image.ts'
import { deleteImage, restoreImage } from '../images/images.service.ts'
import { requireImage } from '../images/require-image.ts'
import { requestPrelabel } from '../predictions/predictions.service.ts'
import { requireProject } from '../projects/access.ts'
import { copyImage } from './copy-image.ts'
import { addEditor, removeEditor } from './editors.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'jobs' | 'events' | 'previews' | 'log'>

export interface ActionReport {
  done: ImageId[]
  refused: { imageId: ImageId; error: Problem }[]
}

/** Does the same to each image, one after another; what one refuses does not keep the others. */
export async function actOnImages(
  parts: Parts,
  user: SignedIn,
  { projectId, action }: { projectId: ProjectId; action: ImageAction },
): Promise<ActionReport> {
  await requireProject(parts.db, user, projectId, 'manage')
  const report: ActionReport = { done: [], refused: [] }
  for (const imageId of new Set(action.imageIds)) {
    try {
      const { image } = await requireImage(parts.db, user, imageId, 'manage')
      if (image.project_id !== projectId) throw new AppError('NOT_FOUND', 'There is no such image in this project.')
      await act(parts, user, imageId, action)
      report.done.push(imageId)
    } catch (error) {
      report.refused.push({ imageId, error: asProblem(parts, error) })
    }
  }
  return report
}

function act(parts: Parts, user: SignedIn, imageId: ImageId, action: ImageAction): Promise<unknown> {
  switch (action.action) {
    case 'freeze':
      return freezeImage(parts, user, imageId)
    case 'unfreeze':
      return unfreezeImage(parts, user, imageId)
    case 'delete':
      return deleteImage(parts, user, imageId)
    case 'restore':
      return restoreImage(parts, user, imageId)
    case 'purge':
      return purgeImage(parts, imageId)
    case 'prelabel':
      return requestPrelabel(parts, user, imageId)
    case 'share':
      return addEditor(parts, user, { imageId, userId: action.userId })
    case 'unshare':
      return removeEditor(parts, user, { imageId, userId: action.userId })
    case 'copy':
      return copyImage(parts, user, { imageId, userId: action.userId })
  }
}

function asProblem({ log }: Parts, error: unknown): Problem {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  log.error({ err: { message: error instanceof Error ? error.message : String(error) } }, 'an image action failed')
  return { code: 'INTERNAL', message: 'This could not be done. Try again.' }
}
