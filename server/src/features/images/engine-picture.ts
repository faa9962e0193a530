import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'
import type { PictureFormat } from './picture-format.ts'

type Parts = Pick<Context, 'storage' | 'pictures'>
type Stored = Pick<ImageRow, 'uri' | 'type' | 'width'>

/** Whether the engine opens the stored file itself; else it sees the first frame as a screen shows it. */
export function isReadByEngine({ type }: Pick<ImageRow, 'type'>): boolean {
  return type !== 'dcm'
}

/** Writes the first frame, windowed as its source states, as a PNG of full size. */
export async function renderForEngine({ storage, pictures }: Parts, image: Stored, target: string): Promise<void> {
  const file = await storage.localFile(image.uri)
  const format = image.type as PictureFormat
  await pictures.preview({ file, format, target, width: image.width, frame: 0, encoding: 'png' })
}

/** Gives a file of the image that the engine can open, for as long as it is used. */
export async function withEnginePicture<Result>(
  parts: Parts,
  image: Stored,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  if (isReadByEngine(image)) return use(await parts.storage.localFile(image.uri))
  const file = join(parts.storage.scratchDirectory, `${randomUUID()}.png`)
  try {
    await renderForEngine(parts, image, file)
    return await use(file)
  } finally {
    await rm(file, { force: true })
  }
}
