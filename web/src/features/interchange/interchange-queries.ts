import { queryOptions } from '@tanstack/react-query'
import { FORMAT_FAMILIES, FormatName, type ProjectId, routes, type TaskFamily } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

const LOOK_EVERY_MS = 1000

/** Formats that can hold what images of a family say, in the order they are offered. */
export function formatsOf(family: TaskFamily): FormatName[] {
  return FormatName.options.filter((name) => FORMAT_FAMILIES[name].includes(family))
}

/** The recent exports; looked at again as long as one is being made. */
export const exportsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: ['exports', projectId],
    queryFn: () => call(routes.listExports, { params: { projectId } }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === 'pending' || item.state === 'running') ? LOOK_EVERY_MS : false,
  })

/** The recent imports of annotations; looked at again as long as one is read or written. */
export const importsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: ['annotation-imports', projectId],
    queryFn: () => call(routes.listAnnotationImports, { params: { projectId } }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === 'reading' || item.state === 'writing') ? LOOK_EVERY_MS : false,
  })
