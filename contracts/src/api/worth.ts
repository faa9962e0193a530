import { z } from 'zod'
import { ProjectId } from '../ids.ts'
import { defineRoute } from '../route.ts'
import { Worth } from '../worth.ts'

const tag = 'models'
const params = z.object({ projectId: ProjectId })
const state = z.object({ isMeasuring: z.boolean(), worth: Worth.nullable() }).meta({ id: 'WorthState' })

export const getWorth = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/worth',
  summary: 'What the first guesses of each version were worth: edits, time, calibration, drift; as last measured.',
  tag,
  access: 'view',
  params,
  responses: { 200: state },
})

export const measureWorth = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/worth',
  summary: 'Measure that anew in the background, unless it is being measured or nothing was submitted since.',
  tag,
  access: 'view',
  params,
  responses: { 202: state },
})
