import { queryOptions } from '@tanstack/react-query'
import { type Project, type ProjectId, type Run, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

/** Runs are stored as the server lists them and shown newest first. */
export const runsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.runs(projectId),
    queryFn: ({ signal }) => call(routes.listRuns, { params: { projectId }, signal }),
    select: (list) => [...list.items].sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
  })

export const modelsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.models(projectId),
    queryFn: async ({ signal }) => (await call(routes.listModels, { params: { projectId }, signal })).items,
  })

/** For each class, whether anything is annotated with it. */
export const classPresenceQuery = (project: Project) =>
  queryOptions({
    queryKey: [...keys.classPresence(project.id), project.classes.length, project.counts.annotated],
    queryFn: async ({ signal }) => {
      const params = { projectId: project.id }
      const hasImages = async (_: string, index: number) => {
        const query = { annotated: true, class: index, limit: 1 }
        return (await call(routes.listImages, { params, query, signal } as never)).items.length > 0
      }
      return Promise.all(project.classes.slice(0, 20).map(hasImages))
    },
  })

export const isActive = (run: Run) => run.state === 'pending' || run.state === 'running'
