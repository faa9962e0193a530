import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { LabelInput, routes } from '@vesalius/contracts'
import { CallError, type Command } from '../command.ts'

export const labelCommands: readonly Command[] = [
  {
    name: 'labels get',
    summary: 'the label file of an image',
    takes: 'IMAGE',
    run: async ({ api, args: [imageId = ''] }) => {
      const label = await api.call(routes.getLabel, { params: { imageId } })
      return { json: label, lines: [JSON.stringify(label)] }
    },
  },
  {
    name: 'labels put',
    summary: 'submit a label from a file, or from the standard input with -',
    takes: 'IMAGE FILE',
    options: { 'if-match': { type: 'string', help: 'refuse when the label is not of this ETag any more' } },
    run: async ({ api, args: [imageId = '', file = ''], options }) => {
      const read = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8').catch(() => null)
      if (read === null) throw new CallError(`${file} cannot be read.`)
      const match = options['if-match']
      const label = await api.call(routes.putLabel, {
        params: { imageId },
        body: parseLabel(read),
        ...(match ? { headers: { 'if-match': String(match) } } : {}),
      })
      return { json: label, lines: [JSON.stringify(label)] }
    },
  },
]

function parseLabel(read: string) {
  try {
    return LabelInput.parse(JSON.parse(read)) as never
  } catch (cause) {
    throw new CallError(`This is no label file: ${(cause as Error).message}`)
  }
}
