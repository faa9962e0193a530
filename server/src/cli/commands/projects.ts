import { type ImageType, type Project, routes, TASK_TYPES } from '@vesalius/contracts'
import { CallError, type Command, columns } from '../command.ts'

const line = ({ id, name, taskType, counts }: Project) => columns(id, name, taskType, counts.images)

export const projectCommands: readonly Command[] = [
  {
    name: 'whoami',
    summary: 'the account that the token belongs to',
    run: async ({ api }) => {
      const me = await api.call(routes.me)
      return { json: me, lines: [columns(me.id, me.username)] }
    },
  },
  {
    name: 'projects list',
    summary: 'projects that the token may see: id, name, task type, images',
    run: async ({ api }) => {
      const found = await api.call(routes.listProjects)
      return { json: found, lines: found.items.map(line) }
    },
  },
  {
    name: 'projects create',
    summary: 'make a project; prints its id first',
    options: {
      name: { type: 'string', help: 'its name', isRequired: true },
      task: {
        type: 'string',
        help: `number or name: ${TASK_TYPES.map(({ name }) => name).join(', ')}`,
        isRequired: true,
      },
      classes: { type: 'string', help: 'names with commas between them' },
      organisation: { type: 'string', help: 'id of the organisation that owns it' },
    },
    run: async ({ api, options }) => {
      const project = await api.call(routes.createProject, {
        body: {
          name: String(options.name),
          taskType: taskOf(String(options.task)),
          ...(options.classes
            ? {
                classes: String(options.classes)
                  .split(',')
                  .map((name) => name.trim()),
              }
            : {}),
          ...(options.organisation ? { organisationId: String(options.organisation) as never } : {}),
        },
      })
      return { json: project, lines: [line(project)] }
    },
  },
  {
    name: 'api',
    summary: 'any other request: `api GET /projects`, `api PATCH /images/ID \'{"name":"a"}\'`',
    takes: 'METHOD PATH [BODY]',
    run: async ({ api, args: [method = '', path = '', body] }) => {
      if (!/^(GET|POST|PUT|PATCH|DELETE)$/.test(method) || !path.startsWith('/')) {
        throw new CallError('Give a method and a path below /api/v1, as in: api GET /projects')
      }
      const init = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }
      const text = await (await api.send(method, `/api/v1${path}`, init)).text()
      return { json: text === '' ? null : JSON.parse(text), lines: [text] }
    },
  },
]

function taskOf(text: string): ImageType {
  const found = TASK_TYPES.find(({ name, imageType }) => name === text || String(imageType) === text)
  if (!found) throw new CallError(`--task is one of ${TASK_TYPES.map(({ name }) => name).join(', ')}, or its number.`)
  return found.imageType
}
