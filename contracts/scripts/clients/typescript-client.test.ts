import { expect, it } from 'vitest'
import { VesaliusClient } from '../../../clients/typescript/src/client.ts'
import { VesaliusError } from '../../../clients/typescript/src/http.ts'
import { eachPage } from '../../../clients/typescript/src/waiting.ts'

/** A client of a server that answers what the test hands it, in order. */
function clientOf(...answers: Response[]) {
  const asked: Request[] = []
  const client = new VesaliusClient({
    url: 'https://vesalius.example.org/',
    token: 'vsl_secret',
    fetch: async (url, init) => {
      asked.push(new Request(String(url), init))
      return answers.shift() as Response
    },
  })
  return { client, asked }
}

it('fills paths and queries, signs in with its token, and follows pages', async () => {
  const { client, asked } = clientOf(
    Response.json({ items: ['a', 'b'], nextCursor: 'n/2' }),
    Response.json({ items: ['c'], nextCursor: null }),
  )
  const items: unknown[] = []
  const pages = eachPage((cursor) => client.listImages({ projectId: 'p/1', state: 'NORMAL', class: 0, cursor }))
  for await (const item of pages) items.push(item)
  expect(items).toEqual(['a', 'b', 'c'])
  expect(asked.map(({ url }) => url.replace('https://vesalius.example.org', ''))).toEqual([
    '/api/v1/projects/p%2F1/images?state=NORMAL&class=0',
    '/api/v1/projects/p%2F1/images?cursor=n%2F2&state=NORMAL&class=0',
  ])
  expect(asked[0]?.headers.get('authorization')).toBe('Bearer vsl_secret')
})

it('hands the revision over, and sends it back as If-Match', async () => {
  const label = { type: 1000, data: {} } as const
  const { client, asked } = clientOf(Response.json(label, { headers: { etag: '"3"' } }), Response.json(label))
  const { body, etag } = await client.getLabel({ imageId: 'i' })
  await client.putLabel({ imageId: 'i', body: label, ifMatch: etag })
  expect(body).toEqual(label)
  expect(asked[1]?.headers.get('if-match')).toBe('"3"')
  expect(await asked[1]?.json()).toEqual(label)
})

it('tells of a file before the file', async () => {
  const { client, asked } = clientOf(Response.json({ items: [] }, { status: 201 }))
  const file = new Blob(['picture'])
  await client.uploadImages({
    projectId: 'p',
    body: [{ file, name: 'a.png', group: 'patient 1', label: { type: 1000 } }],
  })
  const form = (await asked[0]?.formData()) ?? new FormData()
  expect([...form.keys()]).toEqual(['group', 'label', 'file'])
  expect((form.get('file') as File).name).toBe('a.png')
})

it('asks again where the server had no time, and says what was refused', async () => {
  const problem = { code: 'INVALID', title: 'No', status: 422, issues: [{ path: 'name', message: 'is missing' }] }
  const { client, asked } = clientOf(
    new Response(null, { status: 503, headers: { 'retry-after': '0.01' } }),
    Response.json(problem, { status: 422 }),
  )
  const refusal = await client.getProject({ projectId: 'p' }).catch((error: unknown) => error)
  expect(asked).toHaveLength(2)
  expect(refusal).toBeInstanceOf(VesaliusError)
  expect(refusal).toMatchObject({ status: 422, code: 'INVALID', message: 'No\nname: is missing', body: problem })
})
