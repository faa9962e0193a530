import { availableParallelism, loadavg } from 'node:os'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/** The only door to ONNX Runtime. Its pool is the only busy one of the process: keep one training session at a time. */
export interface OnnxSession {
  /** Runs the graph; outputs named in `into` are written to those arrays instead of new ones. */
  run(feeds: Record<string, OnnxArray>, into?: Record<string, OnnxArray>): Promise<Record<string, Float32Array>>
  dispose(): Promise<void>
}

/** A float32 tensor as ONNX Runtime takes it: row-major data with its shape. */
export interface OnnxArray {
  readonly data: Float32Array
  readonly shape: readonly number[]
}

export interface OnnxOptions {
  threads?: number | undefined
  /** Hears of all that each run answers, also of outputs that its caller did not ask for. */
  onResults?: ((results: Record<string, Float32Array>) => void) | undefined
}

export async function openOnnx(model: Uint8Array | string, options: OnnxOptions = {}): Promise<OnnxSession> {
  const settings: InferenceSession.SessionOptions = {
    intraOpNumThreads: options.threads ?? usualThreads(),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: isMachineFree() ? '1' : '0' } } },
  }
  const session =
    typeof model === 'string'
      ? await InferenceSession.create(model, settings)
      : await InferenceSession.create(model, settings)
  const wrap = ({ data, shape }: OnnxArray) => new Tensor('float32', data, shape)
  const wrapAll = (arrays: Record<string, OnnxArray>) =>
    Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, wrap(array)]))
  return {
    async run(feeds, into = {}) {
      const fetches: Record<string, Tensor | null> = Object.fromEntries(session.outputNames.map((name) => [name, null]))
      const results = await session.run(wrapAll(feeds), { ...fetches, ...wrapAll(into) })
      const answers = Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]),
      )
      options.onResults?.(answers)
      return answers
    },
    dispose: () => session.release(),
  }
}

/** A parent that shares its machine says how many. */
function usualThreads(): number {
  const told = Number(process.env.VESALIUS_ENGINE_THREADS)
  return told > 0 ? told : Math.max(1, Math.min(8, availableParallelism()))
}

/**
 * Threads that spin while they wait for each other are fastest on a machine that does nothing else. Beside other work they
 * burn the time that the one they wait for needs: a step of our U-Net took 1.1 s so, and 0.6 to 0.9 s without, under a
 * load of 5 on two cores.
 */
function isMachineFree(): boolean {
  return (loadavg()[0] ?? 0) < availableParallelism() / 2
}
