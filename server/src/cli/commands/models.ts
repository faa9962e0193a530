import { type ModelVersion, routes } from '@vesalius/contracts'
import { CallError, type Command, columns, OF_PROJECT, projectIdOf } from '../command.ts'

const line = ({ id, number, state }: ModelVersion) => columns(id, number, state)

export const modelCommands: readonly Command[] = [
  {
    name: 'models list',
    summary: 'versions of the model of a project: id, number, state',
    options: OF_PROJECT,
    run: async (call) => {
      const found = await call.api.call(routes.listModels, { params: { projectId: await projectIdOf(call) } })
      return { json: found, lines: found.items.map(line) }
    },
  },
  {
    name: 'models promote',
    summary: 'put a version into service',
    takes: 'MODEL',
    run: async ({ api, args: [modelVersionId = ''] }) => {
      const model = await api.call(routes.promoteModel, { params: { modelVersionId } })
      return { json: model, lines: [line(model)] }
    },
  },
  {
    name: 'models rollback',
    summary: 'bring back the version that served before',
    options: OF_PROJECT,
    run: async (call) => {
      const model = await call.api.call(routes.rollBack, { params: { projectId: await projectIdOf(call) } })
      return { json: model, lines: [line(model)] }
    },
  },
  {
    name: 'models download',
    summary: 'the ONNX file of a version, or of the one in service of --project',
    takes: '[MODEL]',
    options: {
      project: { type: 'string', help: OF_PROJECT.project.help },
      out: { type: 'string', help: 'file to write', isRequired: true },
    },
    run: async (call) => {
      const id = call.args[0] ?? (await servingOf(call))
      const target = String(call.options.out)
      const byteSize = await call.api.download(`/api/v1/models/${encodeURIComponent(id)}/file`, target)
      return { json: { id, file: target, byteSize }, lines: [target] }
    },
  },
]

async function servingOf(call: Parameters<Command['run']>[0]): Promise<string> {
  if (!call.options.project) throw new CallError('Give the id of a model, or --project.')
  const { items } = await call.api.call(routes.listModels, { params: { projectId: await projectIdOf(call) } })
  const serving = items.find(({ state }) => state === 'serving')
  if (!serving) throw new CallError('No model of this project is in service.')
  return serving.id
}
