/**
 * Does the call-back API ever change what it should not? Images are pushed to a server on loopback; then calls that are
 * late, doubled, forged, oversized, reordered, contradicting, misfit or aimed elsewhere come by the thousand, several at
 * once and in random order, around one good answer for some of them. At the end every image is compared with what its
 * story allows: state, label, author, problem. Counts wrong states and answers of 500 and above.
 * `npm run bench -- callbacks [--calls 10000] [--images 100] [--minutes 20] [--keep]`; it needs no data.
 */
import { once } from 'node:events'
import { createServer, request as requestHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Image, LabelFile, PushMessage } from '@vesalius/contracts'
import sharp from 'sharp'
import { signMessage } from '../../server/src/features/remote/webhook-signature.ts'
import { createGenerator } from '../active-learning/generator.ts'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000' },
    images: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '20' },
    keep: { type: 'boolean', default: false },
  },
})
const AT_ONCE = 8
const LIMIT_BYTES = 16 * 1024 ** 2
const random = createGenerator(75)
const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value

/** What happens to an image besides the bad calls. */
const STORIES = ['answered', 'race', 'silent', 'annotated', 'frozen', 'failed'] as const
type Story = (typeof STORIES)[number]
const KINDS = ['forged', 'doubled', 'contradicting', 'reordered', 'late', 'oversized', 'misfit', 'elsewhere'] as const
type Kind = (typeof KINDS)[number]

interface Subject {
  image: Image
  message: PushMessage['data']
  story: Story
  /** Accepted with 200, by message id: what each said. */
  accepted: Map<string, object>
}

const answerOf = (value: number) => ({
  type: 'prelabel.finished',
  data: { predictions: [{ probabilities: [1 - value, value] }] },
})
const FAILED = { type: 'prelabel.failed', data: { reason: 'No answer to be had' } }
const MISFITS = [
  { type: 'prelabel.finished', data: { predictions: [{ probabilities: [1] }] } },
  { type: 'prelabel.finished', data: { predictions: [{ boxes: [] }] } },
  { type: 'prelabel.finished', data: {} },
  { type: 'prelabel.other' },
  'no json at all',
  [],
]

const pushed = new Map<string, PushMessage['data']>()
const theirs = createServer(async (request, response) => {
  const { data } = JSON.parse(await text(request)) as PushMessage
  pushed.set(data.image.id, data)
  response.writeHead(202).end()
}).listen(0, '127.0.0.1')
await once(theirs, 'listening')
const probe = createServer().listen(0, '127.0.0.1')
await once(probe, 'listening')
const { port } = probe.address() as AddressInfo
await new Promise((resolve) => probe.close(resolve))
const server = await startServer({
  environment: {
    VESALIUS_PORT: String(port),
    VESALIUS_PUBLIC_URL: `http://127.0.0.1:${port}`,
    VESALIUS_OUTGOING_ALLOW: '127.0.0.1',
  },
})
const client = new Client(server.url)
const statuses = new Map<string, number>()
let calls = 0

try {
  await client.register('owner')
  const project = await client.createProject('Discs', 1001, ['dark', 'bright'])
  const base = `/projects/${project.id}`
  const url = `http://127.0.0.1:${(theirs.address() as AddressInfo).port}/hook`
  await client.json('PUT', `${base}/remote`, { kind: 'push', url, fallsBack: false })
  const { secret } = await client.json<{ secret: string }>('POST', `${base}/remote/secrets`)
  const algorithm = await client.json<object>('GET', `${base}/algorithm`)
  await client.json('PUT', `${base}/algorithm`, { ...algorithm, strategy: 'remote', trainingInterval: null })
  const subjects = await makeSubjects(client, project)
  console.log(`${subjects.length} images were pushed`)

  const started = performance.now()
  const wanted = Number(values.calls)
  const until = started + Number(values.minutes) * 60_000
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    while (calls < wanted && performance.now() < until) {
      calls += 1
      await oneCall(subjects, secret)
    }
  })
  await Promise.all(lanes)
  const seconds = (performance.now() - started) / 1000
  const wrong: string[] = []
  for (const subject of subjects) {
    const reason = await judge(client, subject)
    if (reason) wrong.push(`${subject.story} ${subject.image.id}: ${reason}`)
  }
  const serverErrors = [...statuses].filter(([key]) => Number(key.split(' ')[1]) >= 500)
  const summary = {
    calls,
    images: subjects.length,
    wrongStates: wrong.length,
    serverErrors: serverErrors.reduce((sum, [, count]) => sum + count, 0),
    seconds: Math.round(seconds),
    answers: Object.fromEntries([...statuses].sort()),
    warnings: server.log.length,
  }
  console.log(JSON.stringify(summary, null, 1))
  for (const line of wrong) console.log(line)
  if (values.keep) keepResult('callbacks', summary)
  process.exitCode = wrong.length > 0 || summary.serverErrors > 0 ? 1 : 0
} finally {
  await server.stop()
  theirs.closeAllConnections()
  theirs.close()
  await removeData(server)
}

async function makeSubjects(client: Client, project: Awaited<ReturnType<Client['createProject']>>): Promise<Subject[]> {
  const files = await Promise.all(
    Array.from({ length: Number(values.images) }, async (_, index) => ({
      name: `${index}.png`,
      bytes: await sharp({
        create: { width: 20 + index, height: 20, channels: 3, background: { r: index, g: 9, b: 9 } },
      })
        .png()
        .toBuffer(),
    })),
  )
  const items = await client.upload(project, files)
  const images = items.flatMap((item) => ('image' in item ? [item.image] : []))
  for (let tries = 0; pushed.size < images.length && tries < 1200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const subjects: Subject[] = []
  for (const [index, image] of images.entries()) {
    const story = STORIES[index % STORIES.length] as Story
    const message = pushed.get(image.id)
    if (!message) throw new Error('an image was not pushed')
    if (story === 'annotated') {
      const data = { key: { '0': 'dark', '1': 'bright' }, value: 1 }
      await client.json('PUT', `/images/${image.id}/label`, { type: 1001, data })
    }
    if (story === 'frozen') await client.json('POST', `/images/${image.id}/freeze`)
    subjects.push({ image, message, story, accepted: new Map() })
  }
  return subjects
}

/** One call of a random kind; the good ones of a story come the same way, somewhere in between. */
async function oneCall(subjects: readonly Subject[], secret: string): Promise<void> {
  const subject = pick(subjects)
  const { story } = subject
  const isGood = random() < 0.1
  if (isGood && story === 'answered')
    return send(subject, secret, { kind: 'good', id: `good-${subject.image.id}`, body: answerOf(0.8) })
  if (isGood && story === 'race') {
    const value = Math.round(random() * 100) / 100
    return send(subject, secret, { kind: 'good', id: `race-${value}-${subject.image.id}`, body: answerOf(value) })
  }
  if (isGood && (story === 'annotated' || story === 'frozen')) {
    return send(subject, secret, { kind: 'good', id: `good-${subject.image.id}`, body: answerOf(0.1) })
  }
  if (isGood && story === 'failed')
    return send(subject, secret, { kind: 'good', id: `failed-${subject.image.id}`, body: FAILED })
  return bad(subject, secret, pick(KINDS))
}

async function bad(subject: Subject, secret: string, kind: Kind): Promise<void> {
  const id = `${kind}-${calls}`
  const value = random()
  const said = [...subject.accepted]
  switch (kind) {
    case 'forged': {
      const other = `whsec_${Buffer.from(`${value}`.padEnd(32, 'x').slice(0, 32)).toString('base64')}`
      return send(subject, other, { kind, id, body: answerOf(value) })
    }
    case 'doubled': {
      const [first] = said
      return first ? send(subject, secret, { kind, id: first[0], body: first[1] }) : bad(subject, secret, 'forged')
    }
    case 'contradicting': {
      const [first] = said
      if (!first) return bad(subject, secret, 'misfit')
      const isSameId = value < 0.5
      return send(subject, secret, { kind, id: isSameId ? first[0] : id, body: answerOf(value) })
    }
    case 'reordered':
      return said.length > 0 ? send(subject, secret, { kind, id, body: FAILED }) : bad(subject, secret, 'late')
    case 'late': {
      const now = new Date(Date.now() - 3_600_000)
      return send(subject, secret, { kind, id, body: answerOf(value), now })
    }
    case 'oversized':
      return sendLarge(subject, secret, id)
    case 'misfit':
      return send(subject, secret, { kind, id, body: pick(MISFITS) })
    case 'elsewhere': {
      const elsewhere = { ...subject.message, callback: { ...subject.message.callback } }
      elsewhere.callback.url = elsewhere.callback.url.replace(/[^/]+$/, subject.image.id)
      return send({ ...subject, message: elsewhere }, secret, { kind, id, body: answerOf(value) })
    }
  }
}

async function send(
  subject: Subject,
  secret: string,
  { kind, id, body, now = new Date() }: { kind: string; id: string; body: object | string; now?: Date },
): Promise<void> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(subject.message.callback.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signMessage([secret], { id, body: payload, now }) },
    body: payload,
  })
  await response.arrayBuffer()
  note(kind, response.status)
  if (response.status === 200 && typeof body === 'object') subject.accepted.set(id, body)
}

/** States more bytes than are taken, or sends them without stating how many, and hears the answer before it is through. */
async function sendLarge({ message }: Subject, secret: string, id: string): Promise<void> {
  const isStated = random() < 0.9
  const status = await new Promise<number>((resolve) => {
    const request = requestHttp(
      message.callback.url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...signMessage([secret], { id, body: '' }),
          ...(isStated ? { 'content-length': String(LIMIT_BYTES + 1) } : {}),
        },
      },
      (response) => {
        response.resume()
        request.destroy()
        resolve(response.statusCode ?? 0)
      },
    )
    // A server that closes on whoever sends too much has refused as well.
    request.on('error', () => resolve(413))
    if (isStated) request.write(Buffer.alloc(64 * 1024, 'x'))
    else request.end(Buffer.alloc(LIMIT_BYTES + 1, 'x'))
  })
  note('oversized', status)
}

function note(kind: string, status: number): void {
  const key = `${kind} ${status}`
  statuses.set(key, (statuses.get(key) ?? 0) + 1)
}

/** Null, or what is not as the image's story allows. */
async function judge(client: Client, { image, story, accepted }: Subject): Promise<string | null> {
  const now = await client.image(image.id)
  const label = await client.json<LabelFile>('GET', `/images/${image.id}/label`)
  const value = (label.data as { value: number | null }).value
  const author = label.meta?.author.kind
  const facts = `${now.state}, ${value}, ${author}, ${now.problem?.code ?? 'no problem'}, ${accepted.size} accepted`
  const [said] = [...accepted.values()] as ReturnType<typeof answerOf>[]
  const isUntouched = value === null && author === 'none'
  const isAnswered = () => {
    const expected = said?.data.predictions[0]?.probabilities[1] ?? Number.NaN
    return (
      now.state === 'NORMAL' && author === 'model' && accepted.size === 1 && Math.abs((value ?? -1) - expected) < 1e-9
    )
  }
  const isWaiting = now.state === 'TO_LABEL' && isUntouched && now.problem === null && accepted.size === 0
  const isRight = {
    answered: () => isAnswered() || isWaiting,
    race: () => isAnswered() || isWaiting,
    silent: () => isWaiting,
    annotated: () => now.annotatedAt !== null && value === 1 && author === 'person',
    frozen: () => now.state === 'FROZEN' && isUntouched && accepted.size === 0,
    failed: () => isWaiting || (now.state === 'TO_LABEL' && isUntouched && now.problem?.code === 'PRELABEL_FAILED'),
  }[story]
  return isRight() ? null : facts
}
