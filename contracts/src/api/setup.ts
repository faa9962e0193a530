import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { TaskType } from '../task-type.ts'

export const setupState = defineRoute({
  method: 'GET',
  path: '/setup',
  summary:
    'Whether this installation has an account yet, whether passkeys can be used at this address, and which version it runs.',
  tag: 'setup',
  access: 'none',
  responses: { 200: z.object({ hasAccounts: z.boolean(), offersPasskeys: z.boolean(), version: z.string() }) },
})

export const listTaskTypes = defineRoute({
  method: 'GET',
  path: '/task-types',
  summary: 'The task types and which of them this version supports.',
  tag: 'setup',
  access: 'none',
  responses: { 200: z.object({ items: z.array(TaskType) }) },
})
