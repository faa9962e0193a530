import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import type { ProjectId } from '@vesalius/contracts'
import { BrokenPage } from '../shell/TroublePages.tsx'
import { projectQuery } from './project-queries.ts'

export function ProjectFrame() {
  const { projectId } = useParams({ from: '/app/projects/$projectId' })
  const project = useQuery(projectQuery(projectId as ProjectId))
  if (project.data) return <Outlet />
  if (project.isError) return <BrokenPage error={project.error} reset={() => void project.refetch()} />
  return null
}
