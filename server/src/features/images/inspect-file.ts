import type { TextLine } from '@vesalius/contracts'
import { decodeLimits } from './decode-limits.ts'
import { deidentifyFile } from './deidentify-file.ts'
import { inspectDicom } from './inspect-dicom.ts'
import { inspectPicture } from './inspect-picture.ts'
import { asPictureError } from './picture-error.ts'
import type { Deidentified, Inspected, InspectTask } from './picture-protocol.ts'
import { searchFrames, searchPicture } from './search-text.ts'

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
      const { facts, picture } = await inspectDicom(file, maxPixels)
      return { facts, deidentified: deidentified && (await withText(deidentified, () => searchFrames(picture))) }
    }
    const { facts, decoded } = await inspectPicture(task, maxPixels)
    return {
      facts,
      deidentified: deidentifies ? await withText(await clean(), () => searchPicture(task, decoded, maxPixels)) : null,
    }
  } catch (error) {
    throw asPictureError(error)
  }
}

/** Looks for text in the pixels where the file does not warn of it itself. A search that fails costs no image. */
async function withText(deidentified: Deidentified, search: () => Promise<TextLine[]>): Promise<Deidentified> {
  const { report } = deidentified
  if (report.burnedInText === 'yes') return deidentified
  const textLines = await search().catch(() => [])
  if (textLines.length === 0) return deidentified
  return { ...deidentified, report: { ...report, burnedInText: 'suspected', textLines } }
}
