import { type ImageType, taskTypeOf } from '@vesalius/contracts'

/** Whether the annotation screen has tools for images of this type; boxes and masks come through the API so far. */
export function canAnnotate(imageType: ImageType): boolean {
  const { family } = taskTypeOf(imageType)
  return family === 'base' || family === 'classification'
}
