import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Project, ProjectId } from '@vesalius/contracts'
import { projectQuery } from './project-queries.ts'

/** The project of the page. Only below `ProjectFrame`, which shows its loading and its failure. */
export function useProject(): Project {
  const { projectId } = useParams({ from: '/app/projects/$projectId' })
  return useSuspenseQuery(projectQuery(projectId as ProjectId)).data
}
