import { applyMerge, type LabelFile, mergeTwo, type Problem } from '@vesalius/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'

/**
 * Two clients over real HTTP edit one image again and again with random pauses, each as the annotate screen does: begin
 * from the label as it is, change it, send it with `If-Match`, and merge when somebody else was faster.
 */
const EDITS_EACH = 100

type Boxes = Extract<LabelFile['data'], { boxes: unknown }>
interface Tagged {
  data: Boxes
  etag: string
}

let test: TestApp
let address: string
beforeAll(async () => {
  test = await openTestApp()
  address = await test.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => test?.close())

it(`two people edit one image ${EDITS_EACH * 2} times at random moments, and no mark is lost`, {
  timeout: 180_000,
}, async () => {
  const [owner, friend] = [await signUp(test.app, 'owner'), await signUp(test.app, 'friend')]
  const image = await uploadImage(test.app, owner, await projectOf(test.app, owner, 2000))
  const url = `${address}/api/v1/images/${image.id}/label`
  const { id: userId } = (await test.app.inject({ url: '/api/v1/me', headers: friend })).json()
  const editors = `/api/v1/images/${image.id}/editors`
  await test.app.inject({ method: 'POST', url: editors, headers: owner, payload: { userId } })

  const random = seeded(11)
  const pause = (longest: number) => new Promise((resolve) => setTimeout(resolve, random() * longest))
  /** What each mark must end as: the place it was last given, null once it was deleted. */
  const wanted = new Map<string, number | null>()
  let merges = 0

  const read = async (headers: { cookie: string }): Promise<Tagged> => {
    const response = await fetch(url, { headers })
    return { data: ((await response.json()) as LabelFile).data as Boxes, etag: response.headers.get('etag') ?? '' }
  }
  const send = async (headers: { cookie: string }, { data, etag }: Tagged) => {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json', 'if-match': etag },
      body: JSON.stringify({ type: 2000, data }),
    })
    if (response.ok) return true
    expect(((await response.json()) as Problem).code).toBe('LABEL_CHANGED')
    return false
  }
  const work = async (name: string, headers: { cookie: string }) => {
    const own: string[] = []
    for (let edit = 0; edit < EDITS_EACH; edit += 1) {
      let base = await read(headers)
      await pause(12)
      const kind = own.length > 3 ? random() : 0
      const id = kind < 0.6 ? `${name}-${edit}` : (own[Math.floor(random() * own.length)] as string)
      const place = kind < 0.9 ? Math.round(random() * 40) : null
      if (kind < 0.6) own.push(id)
      else if (place === null) own.splice(own.indexOf(id), 1)
      wanted.set(id, place)
      const others = base.data.boxes.filter((mark) => mark.id !== id)
      const changed =
        place === null ? [] : [{ id, class: 0, box: [place, 1, 5, 5] as [number, number, number, number] }]
      let mine: Boxes = { ...base.data, boxes: [...others, ...changed] }
      while (!(await send(headers, { data: mine, etag: base.etag }))) {
        merges += 1
        const theirs = await read(headers)
        mine = applyMerge(mergeTwo({ base: base.data, theirs: theirs.data, mine })) as Boxes
        base = theirs
        await pause(4)
      }
    }
  }
  await Promise.all([work('owner', owner), work('friend', friend)])

  const { data } = await read(owner)
  const found = new Map(data.boxes.map(({ id, box }) => [id, box[0]]))
  expect([...found].sort()).toEqual([...wanted].filter(([, place]) => place !== null).sort())
  expect(merges).toBeGreaterThan(10)
  const history = await test.app.inject({ url: `/api/v1/images/${image.id}/label/revisions`, headers: owner })
  const authors = history.json().items.map(({ authorName }: { authorName: string | null }) => authorName)
  expect(authors.filter((author: string | null) => author !== null)).toHaveLength(EDITS_EACH * 2)
  expect(new Set(authors)).toEqual(new Set(['owner', 'friend', null]))
})

/** Numbers in [0, 1) that a seed decides: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
