import { expect, it } from 'vitest'
import type { OutFile } from '../shape/dataset.ts'
import { textFile } from '../text/text.ts'
import { FileBudget, readZip } from './read-zip.ts'
import { writeZip, ZipWriter } from './write-zip.ts'

const FILES = [
  textFile('a/ü.json', '{"x":1}'.repeat(100)),
  textFile('b.png', 'stored'),
  { path: 'empty.txt', bytes: new Uint8Array(0) },
]

async function pack(files: OutFile[] = FILES): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of writeZip(files)) parts.push(part)
  return Buffer.concat(parts)
}

const all = () => true

it('files come back from an archive as they went in', async () => {
  const files = readZip(await pack(), new FileBudget(10_000), all)
  expect(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual(
    FILES.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  )
})

it('files made in parts come back whole, and a second writer goes on where the first stopped', async () => {
  const parts = ['one ', 'two '.repeat(5000), 'three'].map((text) => new TextEncoder().encode(text))
  const first = new ZipWriter()
  const begin = [...first.add({ path: 'parts.txt', bytes: parts }), ...first.add({ path: 'none.txt', bytes: [] })]
  const second = new ZipWriter(structuredClone(first.state))
  const rest = [...second.add({ path: 'kept.png', bytes: parts }), ...second.end()]
  const files = readZip(Buffer.concat([...begin, ...rest]), new FileBudget(100_000), all)
  const whole = Buffer.concat(parts).toString()
  expect(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
    ['parts.txt', whole],
    ['none.txt', ''],
    ['kept.png', whole],
  ])
})

it('what is damaged, cut off or too large is refused, wherever the damage lies', async () => {
  const whole = await pack()
  for (let length = 0; length < whole.length; length += 7) {
    expect(() => readZip(whole.subarray(0, length), new FileBudget(10_000), all)).toThrow(/archive/)
  }
  const changed = Buffer.from(whole)
  changed[50] = (changed[50] ?? 0) ^ 0xff
  expect(() => readZip(changed, new FileBudget(10_000), all)).toThrow(/archive/)
  expect(() => readZip(whole, new FileBudget(100), all)).toThrow(/too large/)
  expect(() => readZip(Buffer.from('no zip at all, only text that goes on'), new FileBudget(10), all)).toThrow(
    /cut off/,
  )
})
