/**
 * How many small images a second does one archive bring in? Sends a zip of pictures of 64 × 64 pixels and waits for the
 * import's end. `npm run bench -- import [--images 2000]`
 */
import { parseArgs } from 'node:util'
import type { Import } from '@vesalius/contracts'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { zipOf } from '../lib/zip-of.ts'

const { values } = parseArgs({
  options: { images: { type: 'string', default: '2000' }, keep: { type: 'boolean', default: false } },
})
const count = Number(values.images)
const files: { path: string; bytes: Uint8Array }[] = []
for (let at = 0; at < count; at += 1) files.push({ path: `${at}.png`, bytes: await drawPicture() })
const archive = await zipOf(files)

const server = await startServer()
try {
  const client = new Client(server.url)
  await client.register('import')
  const project = await client.createProject('import', 1001, ['a', 'b'])
  await bringIn(client, project.id, await zipOf(files.slice(0, 50)))
  const done = await bringIn(client, project.id, archive)
  const seconds = (new Date(done.finishedAt ?? 0).getTime() - new Date(done.startedAt ?? 0).getTime()) / 1000
  const result = {
    images: done.stored,
    refused: done.refused,
    seconds: Number(seconds.toFixed(2)),
    imagesPerSecond: Math.round(done.stored / seconds),
  }
  console.log(JSON.stringify(result, null, 2))
  if (values.keep) keepResult('import', result)
} finally {
  await server.stop()
  await removeData(server)
}

async function bringIn(client: Client, projectId: string, bytes: Uint8Array<ArrayBuffer>): Promise<Import> {
  const form = new FormData()
  form.append('file', new Blob([bytes]), 'pictures.zip')
  const response = await client.sendForm(`/projects/${projectId}/imports?duplicates=keep`, form)
  if (response.status !== 202) throw new Error(`the import answered ${response.status}`)
  const { id } = (await response.json()) as Import
  for (;;) {
    const now = await client.json<Import>('GET', `/imports/${id}`)
    if (now.finishedAt) return now
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function drawPicture(): Promise<Uint8Array> {
  const pixels = Uint8Array.from({ length: 64 * 64 }, () => Math.random() * 256)
  return sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } })
    .png()
    .toBuffer()
}
