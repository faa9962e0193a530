/**
 * From a folder of pictures to a model and a data set, in one go. The folder has one folder of pictures for each class:
 * `pictures/benign/1.png pictures/malignant/2.png …`. VESALIUS_URL and VESALIUS_TOKEN say where the server is and who you are.
 * `node clients/typescript/examples/first-model.ts pictures`
 */
import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { eachPage, VesaliusClient, VesaliusError, waitForExport, waitForImages, waitForRun } from '../src/index.ts'
import { save, uploadFolder } from '../src/node.ts'

const [folder = 'pictures'] = process.argv.slice(2)
const { VESALIUS_URL: url = 'http://127.0.0.1:7860', VESALIUS_TOKEN: token = '' } = process.env
const say = (text: string) => process.stdout.write(`${text}\n`)

// What is there
const entries = await readdir(folder, { recursive: true, withFileTypes: true })
const classes = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
const classOf = new Map(
  entries.filter((entry) => entry.isFile()).map(({ name, parentPath }) => [name, basename(parentPath)]),
)
const client = new VesaliusClient({ url, token })
const me = await client.me()
say(`${me.username}: ${classOf.size} pictures of ${classes.length} classes`)

// A project of its own; 1003 is the task type "one of several classes"
const project = await client.createProject({ body: { name: basename(folder), taskType: 1003, classes } })
const projectId = project.id

// Upload, and wait until each image has its first look: then it is NORMAL
const items = await uploadFolder(client, projectId, folder)
for (const item of items) if ('error' in item) say(`${item.name}: ${item.error.message}`)
for (const image of await waitForImages(client, projectId)) say(`${image.name} had no first look`)

// Read each label, say what it is, and submit; nobody who was faster is overwritten
const images = eachPage((cursor) => client.listImages({ projectId, state: 'NORMAL', limit: 500, cursor }))
for await (const image of images) {
  const { etag } = await client.getLabel({ imageId: image.id })
  const value = classes.indexOf(classOf.get(image.name) ?? '')
  const data = { key: classes, weight: classes.map((_, index) => (index === value ? 1 : 0)), value }
  try {
    await client.putLabel({ imageId: image.id, body: { type: 1003, data }, ifMatch: etag })
  } catch (error) {
    if (!(error instanceof VesaliusError) || error.status !== 412) throw error
    say(`${image.name}: somebody else answered meanwhile, and that stays`)
  }
}

// Train for a minute
const { id: runId } = await client.startRun({ projectId, body: { budgetMinutes: 1 } })
const run = await waitForRun(client, runId)
say(`the training ${run.state}`)
const [model] = (await client.listModels({ projectId })).items
if (model) {
  await save(await client.getModelFile({ modelVersionId: model.id }), `${basename(folder)}.onnx`)
  say(`the model is in ${basename(folder)}.onnx`)
}

// Export images and labels
const { id: exportId } = await client.createExport({ projectId, body: { format: 'image-folder' } })
await waitForExport(client, exportId)
await save(await client.getExportFile({ exportId }), `${basename(folder)}.zip`)
say(`the data set is in ${basename(folder)}.zip`)
