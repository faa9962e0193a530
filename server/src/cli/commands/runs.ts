import { type Run, routes } from '@vesalius/contracts'
import { type Command, columns, type Invocation, numberOf, OF_PROJECT, projectIdOf, waitFor } from '../command.ts'

const WAIT = { wait: { type: 'boolean', help: 'until it has ended; 1 unless it succeeded' } } as const
const line = ({ id, state, error }: Run) => columns(id, state, error?.code)

export const runCommands: readonly Command[] = [
  {
    name: 'runs start',
    summary: 'train on what people submitted',
    options: { ...OF_PROJECT, minutes: { type: 'string', help: 'how long, at most' }, ...WAIT },
    run: async (call) => {
      const minutes = numberOf(call, 'minutes')
      const run = await call.api.call(routes.startRun, {
        params: { projectId: await projectIdOf(call) },
        body: minutes === undefined ? {} : { budgetMinutes: minutes },
      })
      return outcomeOf(call, run)
    },
  },
  {
    name: 'runs list',
    summary: 'trainings of a project: id, state, error',
    options: OF_PROJECT,
    run: async (call) => {
      const found = await call.api.call(routes.listRuns, { params: { projectId: await projectIdOf(call) } })
      return { json: found, lines: found.items.map(line) }
    },
  },
  {
    name: 'runs show',
    summary: 'how far a training is',
    takes: 'RUN',
    options: WAIT,
    run: async (call) => outcomeOf(call, await findRun(call, call.args[0] ?? '')),
  },
  {
    name: 'runs cancel',
    summary: 'stop a training',
    takes: 'RUN',
    run: async ({ api, args: [runId = ''] }) => {
      const run = await api.call(routes.cancelRun, { params: { runId } })
      return { json: run, lines: [line(run)] }
    },
  },
]

const findRun = ({ api }: Pick<Invocation, 'api'>, runId: string) => api.call(routes.getRun, { params: { runId } })

async function outcomeOf(call: Invocation, started: Run) {
  const hasEnded = ({ state }: Run) => state !== 'pending' && state !== 'running'
  const run = call.options.wait ? await waitFor(() => findRun(call, started.id), hasEnded) : started
  return { json: run, lines: [line(run)], hasFailed: Boolean(call.options.wait) && run.state !== 'succeeded' }
}
