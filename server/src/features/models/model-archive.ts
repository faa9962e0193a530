import { type FormatFile, writeZip } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { ModelVersionRow, ProjectRow } from '../../db/tables.ts'
import { describeModel, pipelineOf } from './model-card.ts'

/** The folder layout of the Hugging Face hub as a zip: weights, a config that names the classes, the card as README. */
export async function zipModel(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  project: ProjectRow,
  model: ModelVersionRow,
): Promise<AsyncIterable<Uint8Array>> {
  const files: FormatFile[] = [
    { path: 'README.md', bytes: Buffer.from(await describeModel(db, project, model)) },
    { path: 'config.json', bytes: Buffer.from(`${JSON.stringify(configOf(project, model), null, 2)}\n`) },
    { path: 'model.onnx', bytes: await storage.read(model.uri) },
  ]
  return writeZip(
    (async function* () {
      yield* files
    })(),
  )
}

function configOf(project: ProjectRow, { classes, lineage, sha256, number }: ModelVersionRow) {
  return {
    model_type: 'vesalius',
    architectures: [lineage?.backbone ?? 'imported'],
    task: pipelineOf(project),
    task_type: project.task_type,
    id2label: Object.fromEntries(classes.map((name, index) => [index, name])),
    label2id: Object.fromEntries(classes.map((name, index) => [name, index])),
    num_labels: classes.length,
    image_size: lineage?.imageSize ?? null,
    version: number,
    sha256,
  }
}
