import { headlineOf, type Metrics, taskTypeOf } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ModelVersionRow, ProjectRow } from '../../db/tables.ts'

/** Pipelines of the Hugging Face hub, by our kinds of task. */
const PIPELINES = {
  base: null,
  classification: 'image-classification',
  detection: 'object-detection',
  segmentation: 'image-segmentation',
} as const

/**
 * The model card: what a version is, what it was made of, how it was measured, and what it must not be taken for.
 * Markdown with the front matter of the Hugging Face hub. Source: Mitchell et al., Model Cards for Model Reporting, 2019.
 */
export async function describeModel(db: Db, project: ProjectRow, model: ModelVersionRow): Promise<string> {
  const parent = model.lineage?.parentId
    ? await db.selectFrom('model_versions').select('number').where('id', '=', model.lineage.parentId).executeTakeFirst()
    : undefined
  return [
    frontMatter(project),
    `# ${plain(project.name)}, model ${model.number}`,
    introduce(project, model),
    section('Classes', list(model.classes.map((name, index) => `${index}: ${plain(name)}`))),
    section('What it was made of', list(originOf(model, parent?.number ?? null))),
    section('How it was measured', measuredOf(model)),
    section('Classes on held-out images', classTable(model)),
    section('Use', list(useOf(model))),
    section('Limits', list(LIMITS)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

const LIMITS = [
  'Its figures hold for images like those it was measured on: same scanner or microscope, same stain, same kind of patient.',
  'The labels it was measured by are those people submitted in the project; they are not a reference standard by themselves.',
  'It makes first guesses for people to correct. It is no medical device, and nobody has shown that it is safe without a reader.',
]

export function pipelineOf(project: Pick<ProjectRow, 'task_type'>): string | null {
  return PIPELINES[taskTypeOf(project.task_type).family]
}

function frontMatter(project: ProjectRow): string {
  const pipeline = pipelineOf(project)
  const lines = [
    'library_name: onnx',
    ...(pipeline ? [`pipeline_tag: ${pipeline}`] : []),
    'tags:',
    '- vesalius',
    '- onnx',
  ]
  return `---\n${lines.join('\n')}\n---`
}

function introduce(project: ProjectRow, { created_at, sha256, byte_size, imported }: ModelVersionRow): string {
  const { name } = taskTypeOf(project.task_type)
  const origin = imported ? `Imported from \`${plain(imported.fileName)}\`.` : 'Trained in the project.'
  const facts = `${(byte_size / 2 ** 20).toFixed(1)} MiB, SHA-256 \`${sha256}\`, ${created_at.toISOString()}`
  return `Task: ${name} (type ${project.task_type}). ${origin} One plain ONNX file: ${facts}.`
}

function originOf({ lineage }: ModelVersionRow, parent: number | null): string[] {
  if (!lineage) return ['Unknown: the file was imported.']
  const { without } = lineage
  return [
    `Backbone: ${lineage.backbone}, pictures of ${lineage.imageSize} × ${lineage.imageSize} pixels`,
    `Images: ${lineage.trainingImages} to learn from, ${lineage.validationImages} put aside by the training`,
    `Data set: SHA-256 \`${lineage.dataSetHash}\` over content and label of every image; the exact list of label revisions is kept with the version`,
    `Seed ${lineage.seed}, program version ${lineage.codeVersion}`,
    `${lineage.epochs} passes in ${Math.round(lineage.seconds)} s`,
    parent === null ? 'Started from nothing, or from a version that is gone' : `Went on from model ${parent}`,
    ...(without
      ? [
          `Left out: annotations of ${without.userIds.length} people, ${without.imageIds.length} images named one by one`,
        ]
      : []),
  ]
}

function measuredOf({ metrics, gate }: ModelVersionRow): string {
  const lines = [
    ...(metrics ? [`On ${metrics.images} images that the training put aside: ${figures(metrics)}`] : []),
    ...(gate && gate.score !== null
      ? [
          `On ${gate.images} held-out images that no version trained on: score ${number(gate.score)}, ` +
            `the version in service then ${number(gate.againstScore)}; better in ${percent(gate.shareBetter)} of paired ` +
            'bootstrap resamples',
        ]
      : []),
    ...(gate
      ? [gate.isPromoted ? `Promoted by the gate: ${gate.reason}` : `Kept back by the gate: ${gate.reason}`]
      : []),
  ]
  return lines.length > 0 ? list(lines) : 'Nothing was measured.'
}

function figures(metrics: Metrics): string {
  const headline = headlineOf(metrics)
  const more =
    metrics.kind === 'classification'
      ? `, balanced accuracy ${number(metrics.balancedAccuracy)}, AUROC ${number(metrics.auroc)}, ECE ${number(metrics.ece)}`
      : metrics.kind === 'detection'
        ? `, mAP@[.5:.95] ${number(metrics.map)}`
        : `, IoU ${number(metrics.iou)}`
  return `${headline.name} ${number(headline.value)}${more}`
}

function classTable({ gate }: ModelVersionRow): string {
  if (!gate || gate.classes.length === 0) return ''
  const rows = gate.classes.map(
    ({ name, first, second, marked }) => `| ${plain(name)} | ${marked} | ${number(first)} | ${number(second)} |`,
  )
  return ['| class | marked | in service then | this version |', '|---|---|---|---|', ...rows].join('\n')
}

function useOf({ imported, metrics }: ModelVersionRow): string[] {
  if (imported) return ['As its author says; here it answers through `vesalius predict`.']
  return [
    '`vesalius predict --model model.onnx --images DIR --out DIR`, or any ONNX runtime',
    'Normalisation, size and calibration are in the metadata of the file',
    ...(metrics?.kind === 'classification' ? ['Probabilities are calibrated by one temperature'] : []),
  ]
}

function section(title: string, text: string): string {
  return text === '' ? '' : `## ${title}\n\n${text}`
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

/** Names come from people: nothing in them may become markup. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|!]/g, '\\$&')
}

function number(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(3)
}

function percent(share: number | null): string {
  return share === null ? 'an unknown share' : `${(share * 100).toFixed(1)} %`
}
