import { queryOptions } from '@tanstack/react-query'
import { type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

export const projectsQuery = queryOptions({
  queryKey: keys.projects,
  queryFn: async ({ signal }) => (await call(routes.listProjects, { signal })).items,
  staleTime: 0,
})

export const deletedProjectsQuery = queryOptions({
  queryKey: ['deleted-projects'],
  queryFn: async ({ signal }) => (await call(routes.listDeletedProjects, { signal })).items,
  staleTime: 0,
})

export const projectQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.project(projectId),
    queryFn: ({ signal }) => call(routes.getProject, { params: { projectId }, signal }),
  })

export const algorithmQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.algorithm(projectId),
    queryFn: ({ signal }) => call(routes.getAlgorithm, { params: { projectId }, signal }),
  })
