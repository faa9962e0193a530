import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of public data beside the repository; VESALIUS_BENCH_DATA names another. */
export const dataFolder =
  process.env.VESALIUS_BENCH_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))

export interface ClassFile {
  name: string
  file: string
  value: number
}

/** Reads `<folder>/<class>/<image>`; classes in name order unless given. Says clearly when the data is not there. */
export function readClassFolders(folder: string, classes?: string[]): { classes: string[]; files: ClassFile[] } {
  if (!existsSync(folder)) throw new Error(`no data at ${folder}: set VESALIUS_BENCH_DATA to the folder of data sets`)
  const names = classes ?? readdirSync(folder).sort()
  const files = names.flatMap((name, value) =>
    existsSync(join(folder, name))
      ? readdirSync(join(folder, name))
          .sort()
          .map((image) => ({ name: image, file: join(folder, name, image), value }))
      : [],
  )
  return { classes: names, files }
}

export function readBytes({ file }: ClassFile): Uint8Array {
  return readFileSync(file)
}
