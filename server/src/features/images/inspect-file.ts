import { decodeLimits } from './decode-limits.ts'
import { deidentifyFile } from './deidentify-file.ts'
import { inspectDicom } from './inspect-dicom.ts'
import { inspectPicture } from './inspect-picture.ts'
import { asPictureError } from './picture-error.ts'
import type { Inspected, InspectTask } from './picture-protocol.ts'

/**
 * Decodes a file to its end, takes out what identifies people where that is wanted, and says what the file is. Of DICOM the
 * cleaned file is the one decoded; of other formats cleaning leaves the pixels alone. Throws PictureError.
 */
export async function inspectFile(
  task: InspectTask,
  { maxPixels, secret }: { maxPixels: number; secret: string },
): Promise<Inspected> {
  const { file, format, deidentifies } = task
  const clean = () => deidentifyFile(file, { format, secret, maxBytes: decodeLimits(maxPixels).maxBytes })
  try {
    if (format === 'dcm') {
      const deidentified = deidentifies ? await clean() : null
      return { facts: await inspectDicom(file, maxPixels), deidentified }
    }
    const facts = await inspectPicture(task, maxPixels)
    return { facts, deidentified: deidentifies ? await clean() : null }
  } catch (error) {
    throw asPictureError(error)
  }
}
