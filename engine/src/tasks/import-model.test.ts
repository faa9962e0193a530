import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { readModel } from '../graph/read-model.ts'
import { openTrainingSession } from '../train/open-training-session.ts'
import { drawPhantoms } from '../train/testing/draw-phantoms.ts'
import { encodeClassifier } from './classification/classifier-file.ts'
import { classifierStep } from './classification/classifier-step.ts'
import { classification } from './classification/index.ts'
import type { ModelCard } from './classification/model-card.ts'
import { importModel } from './import-model.ts'

const spec = { backbone: 'compact', imageSize: 16, channels: 1, classCount: 2 } as const
const card: ModelCard = {
  ...{ taskType: 1001, classes: ['left', 'right'], backbone: 'compact', imageSize: 16, channels: 1 },
  ...{ mean: [127.5], deviation: [127.5], temperature: 1, trainedOn: '' },
}
const project = { taskType: 1001, classes: ['left', 'right'] } as const
const folder = mkdtempSync(join(tmpdir(), 'import-model-'))
let parameters: NamedTensors
beforeAll(async () => {
  const session = await openTrainingSession(classifierStep(spec, 2, 0), { seed: 1, optimizer: 'sgd', weightDecay: 0 })
  parameters = session.state().parameters
  await session.dispose()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe("importing a person's own model", () => {
  it('lets a model of this engine predict its own classes and be learnt from for others', () => {
    const bytes = encodeClassifier(spec, parameters, card)
    expect(importModel(bytes, project)).toMatchObject({ canPredict: true, canLearn: true })
    const others = { ...project, classes: ['a', 'b', 'c'] }
    expect(importModel(bytes, others)).toMatchObject({ canPredict: false, canLearn: true })
    expect(() => importModel(bytes, { ...project, taskType: 2001 })).toThrow(/for classification, the project/)
  })

  it('lets a classifier of another program predict as our own file of the same network does', async () => {
    const files = (await drawPhantoms(folder, 3, 16)).map(({ file }) => file)
    const ask = async (bytes: Uint8Array) => {
      const model = await classification.open(bytes, { threads: 1 })
      const answers = await model!.predict(files, performance.now())
      await model!.dispose()
      return answers.map((answer) => ('probabilities' in answer ? answer.probabilities : []))
    }
    const adopted = importModel(encodeClassifier(spec, parameters, null), project)
    expect(adopted).toMatchObject({ canPredict: true, canLearn: true })
    expect(await ask(adopted.bytes)).toEqual(await ask(encodeClassifier(spec, parameters, card)))
  })

  it('learns a last layer on the frozen network of another program, goes on from it, and writes one file', async () => {
    const items = await drawPhantoms(join(folder, 'learn'), 24, 16)
    const foreign = encodeClassifier(spec, parameters, null)
    const adopted = importModel(foreign, { ...project, classes: ['left', 'right', 'neither'] })
    expect(adopted).toMatchObject({ canPredict: false, canLearn: true })
    const warmStartModel = join(folder, 'foreign.onnx')
    writeFileSync(warmStartModel, adopted.bytes)
    const train = (model: string) =>
      classification.train({
        ...project,
        ...{ classes: [...project.classes], items, backbone: 'compact', imageSize: null, seed: 1, budgetMinutes: 0.05 },
        ...{ clock: 'processor', warmStartModel: model, directory: mkdtempSync(join(folder, 'run-')) },
      })
    const first = await train(warmStartModel)
    const second = await train(first.modelFile)
    const before = [...readModel(adopted.bytes).tensors.keys()]
    for (const { modelFile, metrics } of [first, second]) {
      expect(metrics).toMatchObject({ kind: 'classification' })
      const bytes = readFileSync(modelFile)
      const added = [...readModel(bytes).tensors.keys()].filter((name) => !before.includes(name))
      expect(added).toEqual(['vesalius.head.weight', 'vesalius.head.bias', 'vesalius.head.temperature'])
      const model = await classification.open(bytes, { threads: 1 })
      const answers = await model!.predict(
        items.map(({ file }) => file),
        performance.now(),
      )
      await model!.dispose()
      const right = answers.filter(
        (answer, at) => 'probabilities' in answer && answer.probabilities[items[at]!.value]! > 0.5,
      )
      expect(right.length).toBeGreaterThan(16)
    }
    expect(importModel(readFileSync(second.modelFile), project)).toMatchObject({ canPredict: true, canLearn: true })
  })

  it('says in words what a model of another program lacks', () => {
    const foreign = encodeClassifier(spec, parameters, null)
    expect(() => importModel(foreign, { ...project, taskType: 2001 })).toThrow(/classification projects only/)
  })
})
