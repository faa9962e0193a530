import { z } from 'zod'
import { ProjectId, SavedFilterId } from '../ids.ts'
import { defineRoute } from '../route.ts'
import { Timestamp } from '../time.ts'

const tag = 'images'
const params = z.object({ projectId: ProjectId })

/** What a person narrowed a project's list to, under a name. */
export const SavedFilter = z
  .object({
    id: SavedFilterId,
    name: z.string(),
    /** The query part of the list's address, without the question mark. */
    query: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: 'SavedFilter' })
export type SavedFilter = z.infer<typeof SavedFilter>

export const listSavedFilters = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/filters',
  summary: "The caller's saved filters of a project, by name.",
  tag,
  access: 'see',
  params,
  responses: { 200: z.object({ items: z.array(SavedFilter) }) },
})

export const saveFilter = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/filters',
  summary: 'Keep a filter under a name; one of the same name is replaced.',
  tag,
  access: 'see',
  params,
  body: z.strictObject({ name: z.string().trim().min(1).max(80), query: z.string().min(1).max(2000) }),
  responses: { 201: SavedFilter },
})

export const deleteSavedFilter = defineRoute({
  method: 'DELETE',
  path: '/projects/:projectId/filters/:filterId',
  summary: 'Forget a saved filter.',
  tag,
  access: 'mine',
  params: params.extend({ filterId: SavedFilterId }),
  responses: { 204: null },
})
