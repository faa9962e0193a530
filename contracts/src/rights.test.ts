import { expect, it } from 'vitest'
import { routes } from './api/index.ts'
import { Access, holdsRight, isRight, mayGrant, RIGHTS } from './rights.ts'
import type { Route } from './route.ts'

const all = Object.entries(routes) as [string, Route][]

it('every route whose path names a thing says which right on it it needs: `access: "view"`, "annotate", "manage", …', () => {
  const silent = all.filter(([, route]) => /:\w+/.test(route.path) && ['user', 'session'].includes(route.access))
  expect(silent.map(([name]) => name)).toEqual([])
  const pointless = all.filter(
    ([, route]) => !/:\w+/.test(route.path) && (isRight(route.access) || route.access === 'mine'),
  )
  expect(pointless.map(([name]) => name)).toEqual([])
})

it('a higher role holds all that a lower one holds', () => {
  const counts = Access.options.map((role) => RIGHTS.filter((right) => holdsRight(role, right)).length)
  expect(counts).toEqual([6, 5, 4, 3, 2, 1])
})

it('nobody gives a role above their own', () => {
  expect(mayGrant('admin', 'owner')).toBe(false)
  expect(mayGrant('reviewer', 'viewer')).toBe(false)
  expect(mayGrant('admin', 'admin')).toBe(true)
  expect(mayGrant('owner', 'owner')).toBe(true)
})
