import { z } from 'zod'
import { ClassEdit, ClassEditPreview, ClassEditRequest, PastClasses } from '../class-edit.ts'
import { ClassEditId, ProjectId } from '../ids.ts'
import { defineRoute } from '../route.ts'

const tag = 'classes'
const ofProject = z.object({ projectId: ProjectId })
const ofEdit = z.object({ projectId: ProjectId, editId: ClassEditId })

export const previewClassEdit = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/class-edits/preview',
  summary: 'What an edit of the classes would do to labels, guesses, models and held-out images. Changes nothing.',
  tag,
  access: 'manage',
  params: ofProject,
  body: ClassEditRequest,
  responses: { 200: ClassEditPreview },
})

export const startClassEdit = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/class-edits',
  summary:
    'Rename, add, reorder, colour, merge and remove classes. In force at once; labels get one revision each in the background.',
  tag,
  access: 'manage',
  params: ofProject,
  body: ClassEditRequest,
  responses: { 202: ClassEdit },
})

export const listClassEdits = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/class-edits',
  summary: 'The newest fifty edits of the classes; by earlier class scheme its names and where they are now.',
  tag,
  access: 'view',
  params: ofProject,
  responses: { 200: z.object({ items: z.array(ClassEdit), past: z.array(PastClasses) }) },
})

export const previewClassUndo = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/class-edits/:editId/undo',
  summary: 'What taking the newest edit back would do.',
  tag,
  access: 'manage',
  params: ofEdit,
  responses: { 200: ClassEditPreview },
})

export const undoClassEdit = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/class-edits/:editId/undo',
  summary: 'Take the newest edit back: labels that nobody changed since become what they were before.',
  tag,
  access: 'manage',
  params: ofEdit,
  responses: { 202: ClassEdit },
})
