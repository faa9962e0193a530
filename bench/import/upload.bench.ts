/**
 * How many small images a second does the upload of a dropped folder bring in, by how many files go in one request?
 * As the browser does it: three requests at a time. `npm run bench -- upload [--images 1000] [--batches 1,12,50] [--keep]`
 */
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { Client, type UploadFile } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

const REQUESTS_AT_ONCE = 3

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '1000' },
    batches: { type: 'string', default: '1,12,50' },
    keep: { type: 'boolean', default: false },
  },
})
const count = Number(values.images)
const server = await startServer()
try {
  const client = new Client(server.url)
  await client.register('upload')
  const imagesPerSecond: Record<string, number> = {}
  await measure(client, 12, 100)
  for (const batch of values.batches.split(',')) imagesPerSecond[batch] = await measure(client, Number(batch), count)
  console.log(JSON.stringify({ images: count, imagesPerSecond }, null, 2))
  if (values.keep) keepResult('upload', { images: count, requestsAtOnce: REQUESTS_AT_ONCE, imagesPerSecond })
} finally {
  await server.stop()
  await removeData(server)
}

async function measure(client: Client, batch: number, images: number): Promise<number> {
  const project = await client.createProject(`upload by ${batch}`, 1001, ['a', 'b'])
  const files: UploadFile[] = []
  for (let at = 0; at < images; at += 1) files.push({ name: `${at}.png`, bytes: await drawPicture() })
  const start = performance.now()
  let next = 0
  const send = async () => {
    while (next < files.length) {
      const chunk = files.slice(next, next + batch)
      next += chunk.length
      const items = await client.upload(project, chunk)
      if (items.some((item) => 'error' in item)) throw new Error(`a picture was refused: ${JSON.stringify(items)}`)
    }
  }
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, send))
  return Math.round((1000 * images) / (performance.now() - start))
}

async function drawPicture(): Promise<Uint8Array> {
  const pixels = Uint8Array.from({ length: 64 * 64 }, () => Math.random() * 256)
  return sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } })
    .png()
    .toBuffer()
}
