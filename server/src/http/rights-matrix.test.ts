import {
  fillPath,
  type ImageId,
  isForPrograms,
  isRight,
  mayCall,
  type ProjectId,
  pathOf,
  type Route,
  routes,
} from '@vesalius/contracts'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CALLERS, type Caller, makeWorld, openPeople, type People, type World } from '../testing/rights-world.ts'
import { sampleInput } from '../testing/sample-input.ts'
import { openTestApp, PASSWORD, type TestApp } from '../testing/test-app.ts'

/**
 * Every route of the contracts as every kind of caller, each call that may succeed on an organisation of its own. What a route needs is
 * read from the route, so a new one is tried without a word here; a path parameter that no world holds fails.
 */

let test: TestApp
let people: People
beforeAll(async () => {
  test = await openTestApp()
  people = await openPeople(test)
})
afterAll(() => test.close())

const REFUSED = [401, 403, 404]
/** Streams that never end, uploads in pieces, and forms are refused before they are read; those who may call them are tried elsewhere. */
const isTriedOnlyRefused = (route: Route) =>
  route.form !== undefined || route.path === '/events' || route.path.startsWith('/uploads/')
const announcement = { english: 'a', chinese: '', tone: 'warning', startsAt: '2026-01-01T00:00:00.000Z', endsAt: null }
const NO_LIMITS = { storageBytes: null, activeRuns: null }
/** What the least input does not fit. */
const INPUTS: Record<string, (world: World) => unknown> = {
  updateProject: () => ({ name: 'renamed' }),
  putLabel: () => ({ type: 1001, data: { key: { 0: 'no', 1: 'yes' }, value: 1 } }),
  addEditor: () => ({ userId: people.ids.outsider }),
  removeEditor: ({ userId }) => ({ userId }),
  copyImage: () => ({ userId: people.ids.outsider }),
  removeReviewer: ({ userId }) => ({ userId }),
  compareModels: ({ olderId, modelVersionId }) => ({ firstId: olderId, secondId: modelVersionId }),
  changeComment: () => ({ isResolved: true }),
  createStudy: () => ({ name: 's', readers: [people.ids.editor], images: { kind: 'all' } }),
  changeAccount: () => ({ isFrozen: true }),
  createAnnouncement: () => announcement,
  changeAnnouncement: () => announcement,
  updateArticle: () => ({ title: 'renamed' }),
  putGuideline: () => ({ articleId: null }),
  // What would keep everybody from everything after it.
  putSecondFactorRule: () => ({ graceDays: null }),
  putOrganisationSecondFactor: () => ({ graceDays: null }),
  putDefaultQuotas: () => ({ person: NO_LIMITS, organisation: NO_LIMITS }),
  renamePasskey: () => ({ name: 'renamed', password: PASSWORD }),
  removePasskey: () => ({ password: PASSWORD }),
  transferProject: () => ({ userId: people.ids.owner }),
}

/** The thing in the path belongs to the owner alone, or is a message between the owner and nobody else. */
const OF_ONE = ['mine', 'party']

function mayCallHere(caller: Caller, route: Route): boolean {
  if (route.access === 'none') return true
  if (isForPrograms(route.access)) return false
  if (caller === 'anonymous') return false
  if (['user', 'session', 'holder'].includes(route.access)) return true
  if (route.access === 'administrator') return caller === 'administrator'
  if (OF_ONE.includes(route.access)) return caller === 'owner'
  if (caller === 'outsider') return false
  // Who decides over the installation is no member, so cannot leave.
  if (caller === 'administrator' && route === routes.leaveOrganisation) return false
  return mayCall(caller === 'administrator' ? 'owner' : caller, route)
}

type Preparation = (world: World) => Promise<void>

async function putInBin(world: World): Promise<void> {
  const id = world.projectId as ProjectId
  await test.context.db.updateTable('projects').set({ deleted_at: new Date() }).where('id', '=', id).execute()
}

/** A world whose every call so far was refused or only read: nothing in it has changed. */
let untouched: World | null = null

async function call(
  name: string,
  route: Route,
  caller: Caller,
  prepare?: Preparation,
): Promise<LightMyRequestResponse> {
  const world = untouched ?? (await makeWorld(test, people))
  untouched = null
  const query = route.query ? (sampleInput(route.query, {}) as Record<string, string>) : {}
  const preparation = name === 'restoreProject' ? putInBin : prepare
  await preparation?.(world)
  const known = { imageIds: [world.imageId], role: 'viewer', ...world }
  const body = INPUTS[name]?.(world) ?? (route.body ? sampleInput(route.body, known) : undefined)
  const response = await test.app.inject({
    method: route.method,
    url: `${fillPath(pathOf(route), world)}?${new URLSearchParams(query)}`,
    headers: people.headers[caller],
    ...(body === undefined ? {} : { payload: body as object }),
  })
  if (!preparation && (REFUSED.includes(response.statusCode) || route.method === 'GET')) untouched = world
  return response
}

it('no route of the contracts lets anybody do what their role does not allow, here or elsewhere', async () => {
  const wrong: string[] = []
  let tries = 0
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    // Nobody can call what is declared but not served yet.
    if (!test.app.hasRoute({ method: route.method, url: pathOf(route) })) continue
    for (const caller of CALLERS) {
      const may = mayCallHere(caller, route)
      // What is about nobody but the caller succeeds for everyone signed in; only being signed in is tried.
      if (!isRight(route.access) && route.access !== 'administrator' && !OF_ONE.includes(route.access) && may) continue
      if (may && isTriedOnlyRefused(route)) continue
      tries += 1
      const { statusCode } = await call(name, route, caller)
      const isRefused = REFUSED.includes(statusCode)
      if (may === isRefused || statusCode >= 500) wrong.push(`${name} as ${caller}: ${statusCode}`)
      // What somebody else keeps for themselves may be hidden or refused.
      if (may || caller === 'anonymous' || (route.access === 'mine' && statusCode === 403)) continue
      const isMember =
        isRight(route.access) &&
        caller !== 'outsider' &&
        caller !== 'administrator' &&
        !(caller === 'editor' && !seesTheThing(route))
      if (statusCode !== (isMember ? 403 : 404))
        wrong.push(`${name} as ${caller}: ${statusCode}, told too much or little`)
    }
  }
  process.stdout.write(`rights: ${tries} tries of ${Object.keys(routes).length} routes, ${wrong.length} unexpected\n`)
  expect(wrong).toEqual([])
}, 600_000)

/** Of an image that is frozen or in the bin: what changes neither it nor its label, and what ends that state. */
const CHANGING: readonly string[] = ['annotate', 'review', 'manage', 'own']
const STILL_ALLOWED = {
  FROZEN: [
    'addComment',
    'changeComment',
    'listReadings',
    'freezeImage',
    'unfreezeImage',
    'restoreImage',
    'addEditor',
    'removeEditor',
    'copyImage',
  ],
  DELETED: ['listReadings', 'deleteImage', 'restoreImage', 'purgeImage', 'removeEditor'],
}

it.each(['FROZEN', 'DELETED'] as const)('an image that is %s refuses changes, from its owner too', async (state) => {
  const wrong: string[] = []
  let tries = 0
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    if (!CHANGING.includes(route.access) || !isOfImage(route) || STILL_ALLOWED[state].includes(name)) continue
    tries += 1
    const { statusCode } = await call(name, route, 'owner', async (world) => {
      const id = world.imageId as ImageId
      await test.context.db.updateTable('images').set({ state, state_before: 'NORMAL' }).where('id', '=', id).execute()
    })
    if (![409, 422].includes(statusCode)) wrong.push(`${name}: ${statusCode}`)
  }
  expect(tries).toBeGreaterThan(3)
  expect(wrong).toEqual([])
})

/** Whoever was handed an image or reads an article knows that it exists; of its project they know as little as outsiders. */
const seesTheThing = (route: Route) => /:(imageId|commentId|articleId)/.test(route.path)
const isOfImage = (route: Route) => /:(imageId|commentId)/.test(route.path)
