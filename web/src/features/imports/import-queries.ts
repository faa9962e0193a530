import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Import, type ImportItemState, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

export const isUnderWay = (each: Import) => each.state === 'pending' || each.state === 'running'

export const importsQuery = (projectId: string) =>
  queryOptions({
    queryKey: keys.imports(projectId),
    queryFn: async () => (await call(routes.listImports, { params: { projectId } })).items,
  })

const ITEMS_AT_ONCE = 100

export const importItemsQuery = (importId: string, state: ImportItemState, count: number) =>
  infiniteQueryOptions({
    queryKey: [...keys.importItems(importId, state), count],
    queryFn: ({ pageParam }) =>
      call(routes.listImportItems, {
        params: { importId },
        query: { state, limit: ITEMS_AT_ONCE, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

export const importFoldersQuery = (projectId: string, path: string | null) =>
  queryOptions({
    queryKey: keys.importFolders(projectId, path ?? ''),
    queryFn: () => call(routes.listImportFolders, { params: { projectId }, query: path === null ? {} : { path } }),
  })
