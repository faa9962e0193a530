/**
 * Does a kill lose anything? Kills the whole process with SIGKILL at random moments of upload, pre-label and training,
 * starts it again each time, and checks every acknowledged change. `npm run bench -- crash [--kills 50]`
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chosenClass, type Image, LabelFile, type Run, readClassAnswer, writeClassAnswer } from '@vesalius/contracts'
import { CELL_KINDS, drawCellPhantom } from '@vesalius/imaging'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, keep: { type: 'boolean', default: false } },
})
const kills = Number(values.kills)
const classes = [...CELL_KINDS]

let server = await startServer()
const { dataDirectory } = server
let client = new Client(server.url)
await client.register('crash')
const project = await client.createProject('crash', 1003, classes)
await client.json('PUT', `/projects/${project.id}/algorithm`, { trainingInterval: null })

/** Image id → class index that the server acknowledged; −1 where the answer did not come. */
const acknowledged = new Map<string, number>()
const pictures = await drawPictures(80)
let stopped = false

for (let round = 0; round < kills; round++) {
  stopped = false
  const load = [uploadSome(), labelSome(), trainSome()]
  await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 2500))
  await server.kill()
  stopped = true
  await Promise.allSettled(load)
  server = await startServer({ dataDirectory })
  client = client.at(server.url)
  process.stdout.write(`kill ${round + 1}: ${acknowledged.size} images acknowledged\n`)
}

const images = await waitUntilQuiet()
const lost = [...acknowledged].filter(([id, value]) => images.get(id)?.labelValue !== value && value >= 0)
const missing = [...acknowledged.keys()].filter((id) => !images.has(id))
const folder = join(dataDirectory, 'users')
const owner = join(folder, readdirSync(folder)[0] as string)
const files = readdirSync(owner)
const known = new Set([...images.values()].flatMap((image) => [`${image.id}.${image.type}`, `${image.id}.label`]))
const orphans = files.filter((file) => !known.has(file))
const absent = [...known].filter((file) => !existsSync(join(owner, file)))
const wrongLabels = [...images.values()].filter((image) => !labelFits(join(owner, `${image.id}.label`), image))
const { items: runs } = await client.json<{ items: Run[] }>('GET', `/projects/${project.id}/runs`)
const stuck = [...images.values()].filter((image) => image.state === 'TO_LABEL' && !image.problem)
const openRuns = runs.filter((run) => run.state === 'pending' || run.state === 'running')
const result = {
  kills,
  acknowledgedImages: acknowledged.size,
  missingImages: missing.length,
  lostAnnotations: lost.length,
  orphanFiles: orphans.length,
  missingFiles: absent.length,
  labelFilesUnlikeTheirRow: wrongLabels.length,
  imagesStuck: stuck.length,
  runs: runs.length,
  runsSucceeded: runs.filter((run) => run.state === 'succeeded').length,
  runsOpen: openRuns.length,
}
console.log(JSON.stringify(result, null, 2))
if (values.keep) keepResult('crash', result)
await server.stop()
await removeData(server)
const failures = [missing, lost, orphans, absent, wrongLabels, stuck, openRuns].filter((list) => list.length > 0)
process.exit(failures.length === 0 ? 0 : 1)

async function uploadSome(): Promise<void> {
  while (!stopped) {
    const files = Array.from({ length: 4 }, (_, index) => {
      const picture = pictures[Math.floor(Math.random() * pictures.length)] as { bytes: Uint8Array; value: number }
      return { name: `cell-${index}.png`, bytes: picture.bytes, ...(index < 3 ? { value: picture.value } : {}) }
    })
    const items = await client.upload(project, files).catch(() => [])
    items.forEach((item, index) => {
      if ('image' in item) acknowledged.set(item.image.id, files[index]?.value ?? -1)
    })
    if (items.length === 0) return
  }
}

async function labelSome(): Promise<void> {
  while (!stopped) {
    const ids = [...acknowledged.keys()]
    const id = ids[Math.floor(Math.random() * ids.length)]
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (!id) continue
    const value = Math.floor(Math.random() * classes.length)
    acknowledged.set(id, -1)
    const data = writeClassAnswer(1003, classes, chosenClass(classes.length, value))
    const done = await client.send('PUT', `/images/${id}/label`, { type: 1003, data }).then(
      () => true,
      () => false,
    )
    if (!done) return
    acknowledged.set(id, value)
  }
}

async function trainSome(): Promise<void> {
  await client.train(project.id, 0.15).catch(() => {})
}

/** Images when nothing moves any more: no job is open and two looks a second apart see the same. */
async function waitUntilQuiet(): Promise<Map<string, Image>> {
  const end = Date.now() + 5 * 60_000
  let before = ''
  for (;;) {
    const all = await client.images(project.id)
    const { items } = await client.json<{ items: Run[] }>('GET', `/projects/${project.id}/runs`)
    const now = JSON.stringify(all)
    const busy =
      all.some((image) => image.state === 'TO_LABEL') || items.some((run) => ['pending', 'running'].includes(run.state))
    if ((!busy && now === before) || Date.now() > end) return new Map(all.map((image) => [image.id, image]))
    before = now
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

function labelFits(file: string, image: Image): boolean {
  const label = LabelFile.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!label.success || label.data.meta?.revision !== image.labelRevision) return false
  return (readClassAnswer(label.data.data)?.value ?? null) === image.labelValue
}

async function drawPictures(count: number): Promise<{ bytes: Uint8Array; value: number }[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, seed) => {
      const value = seed % classes.length
      const { width, height, rgba } = drawCellPhantom({ seed, kind: CELL_KINDS[value] as never, size: 64 })
      const bytes = await sharp(rgba, { raw: { width, height, channels: 4 } })
        .removeAlpha()
        .png()
        .toBuffer()
      return { bytes, value }
    }),
  )
}
