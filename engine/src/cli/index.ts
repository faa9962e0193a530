import { parseArgs } from 'node:util'
import { restrictDecoders } from '../data/decode-image.ts'
import { PredictionError, TrainingError } from '../runner/errors.ts'
import { evaluate } from './evaluate.ts'
import { exportModel } from './export.ts'
import { predict } from './predict.ts'
import { TASK_NAMES } from './tasks.ts'
import { train } from './train.ts'
import { UsageError } from './usage-error.ts'

const HELP = `vesalius train    --task <${TASK_NAMES}> --images DIR
                  (--masks DIR | --labels FILE | a folder for each class in --images)
                  [--minutes 5 | --core-minutes 10] [--seed 1] [--backbone compact] [--classes a,b] [--from model.onnx [--head]] [--out model.onnx]
vesalius predict  --model FILE --images DIR --out DIR
vesalius evaluate --model FILE --images DIR (--masks DIR | --labels FILE | folders) [--json]
vesalius export   --model FILE --out DIR [--int8 --images DIR]
vesalius worker   --url URL --token TOKEN [--cpus N]    does the work of a server on this machine

--int8 writes a model of whole numbers, a quarter of the size and quicker, fitted to the pictures of --images.
--from goes on from a model; --head changes its last layer alone, in seconds.
--labels: classes as "file,class" lines, boxes as COCO JSON. --masks: one picture for each image of the same name;
cells: every value is one object; else value n marks class n, and a picture of two values the first class.`

const text = { type: 'string' } as const

/**
 * Runs one command: progress on stderr, the result on stdout, as JSON with `--json`. Answers the exit status: 0 done,
 * 1 failed, 2 called wrongly.
 */
export async function runCommand([command, ...rest]: string[]): Promise<number> {
  restrictDecoders()
  try {
    const result = await dispatch(command, rest)
    process.stdout.write(`${result}\n`)
    return 0
  } catch (error) {
    if (isUsage(error)) {
      process.stderr.write(`${(error as Error).message}\n\n${HELP}\n`)
      return 2
    }
    if (!(error instanceof TrainingError || error instanceof PredictionError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

async function dispatch(command: string | undefined, rest: string[]): Promise<string> {
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  switch (command) {
    case 'train': {
      const options = {
        task: text,
        images: text,
        masks: text,
        labels: text,
        classes: text,
        from: text,
        head: flag,
        json: flag,
      }
      const defaults = {
        minutes: { ...text, default: '5' },
        'core-minutes': text,
        seed: { ...text, default: '1' },
        backbone: { ...text, default: 'compact' },
        out: { ...text, default: 'model.onnx' },
      }
      return print(await train(parseArgs({ args: rest, options: { ...options, ...defaults } }).values, tell))
    }
    case 'predict':
      return print(
        await predict(
          parseArgs({ args: rest, options: { model: text, images: text, out: text, json: flag } }).values,
          tell,
        ),
      )
    case 'evaluate': {
      const options = { model: text, images: text, masks: text, labels: text, json: flag }
      const { values } = parseArgs({ args: rest, options })
      const metrics = await evaluate(values)
      return print(metrics.kind === 'classification' ? { ...metrics, auc: metrics.auroc } : metrics)
    }
    case 'export': {
      const options = { model: text, out: text, int8: flag, images: text, json: flag }
      return print(await exportModel(parseArgs({ args: rest, options }).values))
    }
    case 'help':
    case '--help':
      return HELP
    default:
      throw new UsageError(command ? `there is no command "${command}"` : 'say what to do')
  }
}

const flag = { type: 'boolean' } as const
const print = (result: object) => JSON.stringify(result, null, 1)

/** Options that parseArgs does not know are a wrong call too. */
function isUsage(error: unknown): boolean {
  return error instanceof UsageError || String((error as { code?: string })?.code).startsWith('ERR_PARSE_ARGS')
}
