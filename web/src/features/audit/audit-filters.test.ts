import { expect, it } from 'vitest'
import { auditQuery } from './AuditFilters.tsx'

it('a day in the filter of the record is the whole day of whoever reads it, both ends included', () => {
  const { from, to } = auditQuery({ firstDay: '2026-03-01', lastDay: '2026-03-31' })
  expect(from).toBe(new Date(2026, 2, 1).toISOString())
  expect(to).toBe(new Date(2026, 3, 1).toISOString())
})

it('the filter of the record asks for nothing that is not chosen', () => {
  expect(auditQuery({})).toEqual({})
  const actor = { id: '0190a000-0000-7000-8000-000000000001', username: 'ann' } as never
  expect(auditQuery({ actor, action: undefined, subjectId: 'x' })).toEqual({
    actorId: '0190a000-0000-7000-8000-000000000001',
    subjectId: 'x',
  })
})
