import { readFileSync } from 'node:fs'
import { availableParallelism, hostname } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { WorkerJob } from '@vesalius/contracts'
import { openPredictor } from '@vesalius/engine/runner'
import { runWorker } from './run-worker.ts'
import { openWorkerApi, RefusedError } from './worker-api.ts'
import { type Hold, openWorkerStore } from './worker-store.ts'

const USAGE = `vesalius worker --url https://vesalius.example.org (--token vsw_… | --token-file FILE) [options]

Comes for the work of a Vesalius server: first guesses and trainings of the projects that its token is for. Needs no port,
no database and no account, only the way to the server. A token is made in the settings of a project or organisation; it
may stand in VESALIUS_WORKER_TOKEN instead.

  --cpus N          cores to use (all)
  --data DIR        pictures, models and checkpoints of this worker (./vesalius-worker)
  --cache-gb N      most of pictures and models that are kept there (20)
  --only KIND       prelabel or training, where it shall not do both
  --name NAME       as people see it (the name of this machine)
`

const text = { type: 'string' } as const

/** Answers the exit status: 0 stopped, 1 the token holds no more, 2 called wrongly. */
export async function runWorkerCommand(args: string[], tell: (line: string) => void): Promise<number> {
  let options: ReturnType<typeof readOptions>
  try {
    options = readOptions(args)
  } catch (error) {
    tell(`${(error as Error).message}\n\n${USAGE}`)
    return 2
  }
  const { url, token, threads, name, kinds } = options
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  const holds = new Set<Hold>()
  const store = await openWorkerStore(options.folder, { maximumBytes: options.maximumBytes, holds })
  const predictor = openPredictor({ threads })
  tell(
    `Working for ${url} with ${threads} ${threads === 1 ? 'core' : 'cores'} as "${name}"; what it keeps: ${options.folder}`,
  )
  try {
    const tools = { api: openWorkerApi({ url, token }), store, predictor, threads }
    await runWorker(tools, { name, kinds, tell, holds, signal: stopping.signal })
    return 0
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    tell(error.message)
    return 1
  } finally {
    await predictor.close()
  }
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      ...{ url: text, token: text, 'token-file': text, cpus: text, data: text },
      ...{ 'cache-gb': text, only: text, name: text },
    },
  })
  const url = URL.parse(values.url ?? '')
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Error('--url is the address of the server')
  const file = values['token-file']
  const token = (values.token ?? (file ? readFileSync(file, 'utf8') : process.env.VESALIUS_WORKER_TOKEN) ?? '').trim()
  if (!/^vsw_[\w-]{43}$/.test(token)) throw new Error('--token is a token of a worker: it begins with vsw_')
  const threads = Number(values.cpus ?? availableParallelism())
  const gigabytes = Number(values['cache-gb'] ?? 20)
  if (!Number.isInteger(threads) || threads < 1) throw new Error('--cpus is a whole number from 1')
  if (!(gigabytes > 0)) throw new Error('--cache-gb is a number over 0')
  const only = values.only
  if (only !== undefined && only !== 'prelabel' && only !== 'training')
    throw new Error('--only is prelabel or training')
  const kinds: WorkerJob['kind'][] = only ? [only] : ['prelabel', 'training']
  return {
    url: url.href,
    token,
    threads,
    kinds,
    name: (values.name ?? hostname()).slice(0, 120),
    folder: resolve(values.data ?? 'vesalius-worker'),
    maximumBytes: gigabytes * 1024 ** 3,
  }
}
