import { type Child, describeEnd, startChild } from './child-process.ts'
import { PredictionError } from './errors.ts'
import type { Prediction } from './messages.ts'
import { type PredictionCall, PredictionReply } from './pipe-messages.ts'
import { predictionLimitMs } from './prediction-limit.ts'

export interface PredictorOptions {
  /** Threads of the model's own pool. */
  threads?: number
  /** How many models stay open at once. */
  maxModels?: number
  /** 0: as this process, 19: lowest priority. */
  niceness?: number
}

export interface Predictor {
  /**
   * One answer per image file, in order; a file that cannot be read answers with its reason.
   * Rejects with PredictionError when the model cannot be opened or its process ends; the next call starts a new one.
   */
  predict(modelFile: string, imageFiles: string[]): Promise<(Prediction | { error: string })[]>
  close(): Promise<void>
}

interface Waiting {
  resolve(answers: (Prediction | { error: string })[]): void
  reject(error: PredictionError): void
  images: number
  timer: NodeJS.Timeout
}

/** A warm child process that keeps the last few models open. It starts with the first call and again after a crash. */
export function openPredictor({ threads = 1, maxModels = 3, niceness = 0 }: PredictorOptions = {}): Predictor {
  const waiting = new Map<number, Waiting>()
  let child: Child | null = null
  let isClosed = false
  let lastCall = 0

  const settle = (call: number, finish: (entry: Waiting) => void) => {
    const entry = waiting.get(call)
    if (!entry) return
    waiting.delete(call)
    clearTimeout(entry.timer)
    finish(entry)
  }
  const abandon = (ended: Child, message: string) => {
    if (child !== ended) return
    child = null
    ended.process.kill('SIGKILL')
    const error = new PredictionError(message, { cause: new Error(ended.complaint() || 'no message') })
    for (const call of [...waiting.keys()]) settle(call, ({ reject }) => reject(error))
  }
  const startTimer = (running: Child, limit: number) =>
    setTimeout(() => abandon(running, `no prediction within ${Math.round(limit / 1000)} seconds`), limit)
  const extend = (running: Child, { call, pixels }: { call: number; pixels: number }) => {
    const entry = waiting.get(call)
    if (!entry) return
    clearTimeout(entry.timer)
    entry.timer = startTimer(running, predictionLimitMs(entry.images, pixels))
  }
  const start = (): Child => {
    const started = startChild('./prediction-child.ts', {
      niceness,
      environment: { VESALIUS_PREDICTION_THREADS: String(threads), VESALIUS_PREDICTION_MODELS: String(maxModels) },
    })
    started.process.on('message', (message) => {
      const reply = PredictionReply.safeParse(message)
      if (!reply.success) return abandon(started, 'the prediction process spoke nonsense')
      const { data } = reply
      if (data.kind === 'begun') extend(started, data)
      else if (data.kind === 'answers') settle(data.call, ({ resolve }) => resolve(data.answers))
      else settle(data.call, ({ reject }) => reject(new PredictionError(data.message)))
    })
    started.process.on('error', () => abandon(started, 'the prediction process could not be started'))
    started.process.on('exit', (code, signal) => {
      abandon(started, `the prediction process ended: ${describeEnd(code, signal)}`)
    })
    return started
  }

  return {
    predict: (modelFile, imageFiles) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new PredictionError('the predictor is closed'))
        if (imageFiles.length === 0) return resolve([])
        child ??= start()
        const running = child
        lastCall += 1
        const call: PredictionCall = { call: lastCall, modelFile, imageFiles }
        const timer = startTimer(running, predictionLimitMs(imageFiles.length, 0))
        waiting.set(call.call, { resolve, reject, images: imageFiles.length, timer })
        running.process.send(call, (error) => {
          if (error) abandon(running, 'the prediction process did not listen')
        })
      }),
    close: async () => {
      isClosed = true
      const running = child
      if (!running) return
      const hasEnded = new Promise((resolve) => running.process.once('exit', resolve))
      abandon(running, 'the predictor was closed')
      await hasEnded
    },
  }
}
