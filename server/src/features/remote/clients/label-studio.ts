import { type RemotePrediction, taskTypeOf } from '@vesalius/contracts'
import { FORMATS } from '@vesalius/formats'
import { z } from 'zod'
import type { ImageRow, ProjectRow } from '../../../db/tables.ts'
import { labelConfigOf } from '../label-config.ts'
import { imageUrlOf, openSentPicture, readSentPicture } from '../remote-picture.ts'
import { callServer, shown, unusable } from './call-server.ts'
import type { Client } from './client.ts'

const Results = z.looseObject({
  model_version: z.string().nullish(),
  results: z
    .array(
      z.looseObject({
        result: z.array(z.looseObject({ type: z.string().optional() })).max(100_000),
        score: z.number().nullish(),
        model_version: z.string().nullish(),
      }),
    )
    .min(1)
    .max(1000),
})
const Choice = z.looseObject({
  type: z.literal('choices'),
  score: z.number().nullish(),
  value: z.looseObject({ choices: z.array(z.string()).min(1) }),
})

/** Machine learning backends of Label Studio: they are set up with a labelling configuration, then asked about tasks. */
export const labelStudio: Client = {
  async ask(parts, question) {
    const { project, image, frame, server } = question
    const sent = await openSentPicture(parts, image, { picture: 'png', frame })
    const source =
      server.settings.sends === 'address'
        ? imageUrlOf(parts, image.id, frame)
        : `data:${sent.mediaType};base64,${(await readSentPicture(sent)).toString('base64')}`
    const config = labelConfigOf(project)
    // The number after the point is when the project was made: a backend sets up anew when it changes.
    const name = `${project.id.replaceAll('-', '')}.${Math.floor(project.created_at.getTime() / 1000)}`
    const setUp = { project: name, schema: config, hostname: '', access_token: '', extra_params: null }
    await callServer(parts, question, '/setup', { body: JSON.stringify(setUp) })
    const task = { id: 1, data: { image: source }, meta: {}, annotations: [], predictions: [] }
    const body = JSON.stringify({ tasks: [task], project: name, label_config: config, params: { context: null } })
    const answer = (await callServer(parts, question, '/predict', { body })).json()
    const parsed = Results.safeParse(answer)
    if (!parsed.success) throw unusable('it has no results', answer)
    const [first] = parsed.data.results
    const version = first?.model_version ?? parsed.data.model_version
    return {
      answer: {
        predictions: [readResults(project, image, first ?? { result: [] })],
        ...(version ? { model: { name: version.slice(0, 120) } } : {}),
      },
      said: shown(answer),
    }
  },
}

type Given = z.infer<typeof Results>['results'][number]

function readResults(project: ProjectRow, image: ImageRow, given: Given): RemotePrediction {
  const { family } = taskTypeOf(project.task_type)
  if (family === 'classification') return readChoice(project, given)
  const name = 'image.png'
  const task = { data: { image: name }, predictions: [{ result: given.result, score: given.score ?? null }] }
  const bytes = Buffer.from(JSON.stringify([task]))
  const { dataset, problems } = FORMATS['label-studio'].read([{ path: 'tasks.json', bytes }], {
    known: [{ name, width: image.width, height: image.height }],
    classes: project.classes,
    family,
    content: 'guesses',
  })
  const [read] = dataset.images
  const marks = family === 'detection' ? (read?.boxes ?? []) : (read?.masks ?? [])
  if (marks.length === 0 && given.result.length > 0) {
    throw unusable(problems[0]?.reason ?? 'nothing in it is a mark of this project', given.result)
  }
  const named = <Mark extends { class: number; score?: number }>({ score = 1, ...mark }: Mark) => ({
    ...mark,
    class: dataset.classes[mark.class] ?? '',
    score: Math.min(1, Math.max(0, score)),
  })
  if (family === 'detection') return { boxes: (read?.boxes ?? []).map(({ frame: _, ...mark }) => named(mark)) }
  const masks = (read?.masks ?? []).map(({ frame: _, ...mark }) => named(mark))
  return { size: [image.height, image.width], masks }
}

/** A chosen class with its score; what is left is shared by the others. */
function readChoice({ classes }: ProjectRow, { result, score }: Given): RemotePrediction {
  const found = result.map((one) => Choice.safeParse(one)).find((one) => one.success)
  if (!found?.success) throw unusable('no class was chosen', result)
  const [name = ''] = found.data.value.choices
  const place = classes.indexOf(name)
  if (place < 0) throw unusable(`the project has no class "${name}"`, result)
  const sure = Math.min(1, Math.max(0, found.data.score ?? score ?? 1))
  const rest = classes.length > 1 ? (1 - sure) / (classes.length - 1) : 0
  return { probabilities: classes.map((_, index) => (index === place ? sure : rest)) }
}
