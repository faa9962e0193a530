import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { FormatName } from '@vesalius/contracts'
import {
  type ByteSource,
  FileBudget,
  FORMATS,
  FormatError,
  type FormatFile,
  isZip,
  openZip,
  recogniseFormat,
  writeDataset,
  ZipWriter,
} from '@vesalius/formats'
import type { ExportedImage, FormatMessage, FormatTask, ReadTask, WriteTask } from './format-task.ts'
import { LineWriter, readLines } from './line-file.ts'

const MOST_UNPACKED_BYTES = 4 * 1024 ** 3
const MOST_UNMATCHED = 1000
const PROGRESS_EACH = 250
const PICTURE = /\.(png|jpe?g|webp|bmp|gif|tiff?|dcm|dicom)$/i
const DICOM = /\.(dcm|dicom)$/i

tell(work(workerData as FormatTask))

function tell(message: FormatMessage): void {
  parentPort?.postMessage(message)
}

function work(task: FormatTask): FormatMessage {
  try {
    return task.kind === 'write' ? write(task) : read(task)
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'refused', reason: error.reason }
    throw error
  }
}

/** Begins the archive with the files of the format; the images themselves are added by those who can reach them. */
function write({ format, imageType, classes, images, target }: WriteTask): FormatMessage {
  const source = { classes, images: () => withProgress(readLines<ExportedImage>(images)) }
  const { files, problems } = writeDataset(format, source, imageType)
  const zip = new ZipWriter()
  const descriptor = openSync(target, 'w')
  try {
    for (const file of files) for (const part of zip.add(file)) writeWhole(descriptor, part)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return { kind: 'written', summary: { zip: zip.state, problems: problems.list() } }
}

function* withProgress(images: Iterable<ExportedImage>): Generator<ExportedImage> {
  let done = 0
  for (const image of images) {
    yield image
    done += 1
    if (done % PROGRESS_EACH === 0) tell({ kind: 'progress', done })
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

function read({ format: asked, files, options, target }: ReadTask): FormatMessage {
  const format = asked ?? recognise(files, options)
  if (!format) return { kind: 'not recognised' }
  const { dataset, unmatched, problems } = FORMATS[format].read(openFormat(format, files), options)
  const lines = new LineWriter(target)
  for (const image of dataset.images) lines.add(image)
  lines.close()
  const summary = {
    format,
    classes: dataset.classes,
    images: dataset.images.length,
    unmatched: unmatched.slice(0, MOST_UNMATCHED),
    unmatchedCount: unmatched.length,
    problems,
  }
  return { kind: 'read', summary }
}

function recognise(files: ReadTask['files'], { family }: ReadTask['options']): FormatName | null {
  const isWanted = (path: string) => !PICTURE.test(path) || DICOM.test(path)
  return family ? recogniseFormat(openFiles(files, isWanted), family) : null
}

/** Pictures inside archives stay packed, except where they are the annotation. */
function openFormat(format: FormatName, files: ReadTask['files']): FormatFile[] {
  const { picturesAre } = FORMATS[format]
  return openFiles(files, (path) => picturesAre?.test(path) || !PICTURE.test(path))
}

function openFiles(files: ReadTask['files'], isWanted: (path: string) => boolean): FormatFile[] {
  const budget = new FileBudget(MOST_UNPACKED_BYTES)
  return files.flatMap(({ name, path }): FormatFile[] => {
    const source = openSource(path)
    if (isZip(source.read(0, 4))) return openZip(source, budget, isWanted)
    budget.take(source.size)
    return [
      {
        path: name,
        get bytes() {
          return readFileSync(path)
        },
      },
    ]
  })
}

function openSource(path: string): ByteSource {
  const descriptor = openSync(path, 'r')
  return {
    size: fstatSync(descriptor).size,
    read: (start, length) => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, start))
    },
  }
}
