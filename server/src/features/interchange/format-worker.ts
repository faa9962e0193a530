import { parentPort, workerData } from 'node:worker_threads'
import { FileBudget, FORMATS, FormatError, isZip, readZip } from '@vesalius/formats'
import type { FormatAnswer, FormatTask, ReadTask } from './format-task.ts'

const MOST_UNPACKED_BYTES = 1024 * 1024 * 1024
const PICTURE = /\.(png|jpe?g|webp|bmp|gif|tiff?|dcm|dicom)$/i

parentPort?.postMessage(work(workerData as FormatTask))

function work(task: FormatTask): FormatAnswer {
  if (task.kind === 'write') return { written: FORMATS[task.format].write(task.dataset, task.imageType) }
  try {
    return { read: FORMATS[task.format].read(openArchives(task), task.options) }
  } catch (error) {
    if (error instanceof FormatError) return { refused: error.message }
    throw error
  }
}

/** Pictures inside stay packed, except where they are the annotation. */
function openArchives({ format, files }: ReadTask) {
  const budget = new FileBudget(MOST_UNPACKED_BYTES)
  const isMasks = format === 'png-semantic' || format === 'png-instance'
  const isWanted = (path: string) => !PICTURE.test(path) || (isMasks && /\.png$/i.test(path))
  return files.flatMap((file) => (isZip(file.bytes) ? readZip(file.bytes, budget, isWanted) : [file]))
}
