import { queryOptions } from '@tanstack/react-query'
import { type ClassMap, type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

const LOOK_AGAIN_MS = 1000

/** The newest changes of the classes; looked at again while one is carried into the labels. */
export const classEditsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.classEdits(projectId),
    queryFn: async ({ signal }) => (await call(routes.listClassEdits, { params: { projectId }, signal })).items,
    refetchInterval: (query) => (query.state.data?.some(({ state }) => state === 'running') ? LOOK_AGAIN_MS : false),
  })

/** By place under an earlier class scheme, the place now. */
export async function readPastClasses(projectId: ProjectId, scheme: number): Promise<ClassMap> {
  const { past } = await call(routes.listClassEdits, { params: { projectId } })
  return past[scheme]?.to ?? []
}
