import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { familyOf, openPredictor } from '@vesalius/engine'
import { dataFolder, readClassFolders } from '../lib/class-folders.ts'
import { keepResult } from '../lib/keep-result.ts'

/**
 * How much faster is learning the last layer alone than learning everything again, after 20 more images? A model learns
 * all but 20 images of `rbc12`; then both ways take all of them. Accuracy is on the test part.
 *   npm run bench -- head [--data rbc12] [--minutes 2] [--more 20] [--keep]
 */

const { values: args } = parseArgs({
  options: {
    data: { type: 'string', default: 'rbc12' },
    minutes: { type: 'string', default: '2' },
    more: { type: 'string', default: '20' },
    keep: { type: 'boolean', default: false },
  },
})
const more = Number(args.more)
const { classes, files } = readClassFolders(join(dataFolder, args.data, 'train'))
const test = readClassFolders(join(dataFolder, args.data, 'test'), classes).files
const items = files.map(({ name, file, value }) => ({ imageId: name, file, value, group: name }))
const stride = Math.floor(items.length / more)
const known = items.filter((_, at) => at % stride !== 0 || at / stride >= more)
const work = mkdtempSync(join(tmpdir(), 'bench-head-'))
try {
  const first = await learn('first', known, null, 'whole')
  const rows = [
    { way: 'from nothing', ...(await learn('nothing', items, null, 'whole')) },
    { way: 'whole network, going on', ...(await learn('whole', items, first.model, 'whole')) },
    { way: 'last layer alone', ...(await learn('head', items, first.model, 'head')) },
  ].map(({ model: _, ...row }) => row)
  const [all, , head] = rows
  const faster = Number(((all?.seconds ?? 0) / (head?.seconds ?? 1)).toFixed(1))
  console.table(rows)
  console.log(`the last layer alone is ${faster} times as fast as everything from nothing`)
  const machine = `${cpus().length} × ${cpus()[0]?.model}`
  if (args.keep) keepResult('head', { machine, data: args.data, more, rows, faster })
} finally {
  rmSync(work, { recursive: true })
}

async function learn(name: string, taken: typeof items, model: string | null, scope: 'whole' | 'head') {
  const directory = join(work, name)
  mkdirSync(directory)
  const { seconds, modelFile } = await familyOf(1003).train({
    taskType: 1003,
    classes,
    items: taken,
    backbone: 'compact',
    imageSize: null,
    seed: 1,
    budgetMinutes: Number(args.minutes),
    warmStartModel: model,
    scope,
    directory,
  })
  return { seconds: Number(seconds.toFixed(1)), accuracy: await accuracyOf(modelFile), model: modelFile }
}

async function accuracyOf(model: string): Promise<number> {
  const predictor = openPredictor({ threads: cpus().length })
  try {
    const answers = await predictor.predict(
      model,
      test.map(({ file }) => file),
    )
    const hits = answers.filter((answer, at) => {
      if (!answer || !('probabilities' in answer)) return false
      return answer.probabilities.indexOf(Math.max(...answer.probabilities)) === test[at]?.value
    })
    return Number((hits.length / test.length).toFixed(3))
  } finally {
    await predictor.close()
  }
}
