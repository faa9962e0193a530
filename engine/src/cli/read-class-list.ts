import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UsageError } from './usage-error.ts'

/** A list `file,class` with a line each; the first line may name the columns. Throws UsageError. */
export async function readClassList(file: string): Promise<Map<string, string>> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new UsageError(`cannot read ${file}`, { cause })
  })
  const rows = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const answers = new Map<string, string>()
  rows.forEach((line, index) => {
    const [name, answer] = line.split(/[,;\t]/).map((part) => part.trim().replace(/^"(.*)"$/, '$1'))
    if (!name || !answer) throw new UsageError(`line ${index + 1} of ${file} is not "file,class"`)
    const isHeading = index === 0 && !/\.[a-z]+$/i.test(name)
    if (!isHeading) answers.set(basename(name), answer)
  })
  return answers
}
