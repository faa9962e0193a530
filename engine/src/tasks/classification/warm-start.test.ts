import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openTrainingSession } from '../../train/open-training-session.ts'
import { encodeClassifier } from './classifier-file.ts'
import { classifierStep } from './classifier-step.ts'
import { readParent } from './warm-start.ts'

it('a model of other classes is gone on from without its last layer, one of another network not at all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'warm-start-'))
  const spec = { backbone: 'compact', imageSize: 16, channels: 1, classCount: 2 } as const
  const session = await openTrainingSession(classifierStep(spec, 2, 0), { seed: 1, optimizer: 'sgd', weightDecay: 0 })
  const file = join(folder, 'model.onnx')
  const card = { ...spec, taskType: 1001, classes: ['a', 'b'], mean: [0], deviation: [1], temperature: 1 } as const
  const written = { ...card, classes: [...card.classes], mean: [0], deviation: [1], trainedOn: 'AAAAAA==' }
  writeFileSync(file, encodeClassifier(spec, session.state().parameters, written))
  await session.dispose()
  const request = { taskType: 1001, classes: ['a', 'b'], items: [], backbone: 'compact', imageSize: null } as const
  const ask = (changes: object) =>
    readParent({
      ...{ ...request, items: [], classes: ['a', 'b'] },
      ...{ seed: 1, budgetMinutes: 1, warmStartModel: file, directory: folder },
      ...changes,
    })
  expect(ask({})?.parameters.has('fc.weight')).toBe(true)
  expect(ask({})?.card.trainedOn).toBe('AAAAAA==')
  const other = ask({ classes: ['a', 'b', 'c'] })
  expect(other?.parameters.has('conv1.weight')).toBe(true)
  expect(other?.parameters.has('fc.weight')).toBe(false)
  expect(other?.card.trainedOn).toBe('')
  expect(ask({ backbone: 'resnet18' })).toBeNull()
  rmSync(folder, { recursive: true })
})
