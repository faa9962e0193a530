import { createHash } from 'node:crypto'
import { applyMerge, type BoundingBox, type LabelFile, mergeTwo } from '@vesalius/contracts'
import type { Client } from '../lib/client.ts'

export type Boxes = Extract<LabelFile['data'], { boxes: unknown }>

/** A label that was sent and acknowledged: which revision it was made from, which it became, and its content. */
export interface SentLabel {
  imageId: string
  author: string
  base: number
  revision: number
  content: string
  startedAt: number
  endedAt: number
}

/** What was written over a value that the last writer decides. */
export interface SentValue {
  imageId: string
  value: string
  startedAt: number
  endedAt: number
}

/** What all people together did and were told. */
export interface Record {
  labels: SentLabel[]
  names: SentValue[]
  skips: SentValue[]
  /** Mark → where its person last put it, null once it was taken away. */
  wanted: Map<string, number | null>
  merges: number
  /** Milliseconds from reading a label until it was saved, merges included. */
  tookMs: number[]
  operations: number
}

export interface World {
  /** Images everybody marks. */
  marked: string[]
  /** Images that are renamed, skipped and taken up again. */
  others: string[]
}

interface Person {
  name: string
  client: Client
  random: () => number
}

/** One person at work until `isOver`: mostly marks, sometimes takes the last step back, renames, skips. */
export async function annotate(person: Person, world: World, record: Record, isOver: () => boolean): Promise<void> {
  const own = new Map<string, string[]>()
  let last: { imageId: string; id: string; was: number | null } | null = null
  const pick = <Item>(list: readonly Item[]) => list[Math.floor(person.random() * list.length)] as Item
  while (!isOver()) {
    record.operations += 1
    const kind = person.random()
    if (kind < 0.1) await setValue(person, record.names, pick(world.others), rename)
    else if (kind < 0.2) await setValue(person, record.skips, pick(world.others), skip)
    else if (kind < 0.3 && last) {
      await change(person, record, last.imageId, last.id, last.was)
      last = null
    } else {
      const imageId = pick(world.marked)
      const marks = own.get(imageId) ?? []
      own.set(imageId, marks)
      const isNew = marks.length < 2 || person.random() < 0.3
      const id: string = isNew ? `${person.name}-${record.operations}` : pick(marks)
      if (isNew) marks.push(id)
      const place = isNew || person.random() < 0.8 ? Math.round(person.random() * 400) : null
      last = { imageId, id, was: record.wanted.get(`${imageId} ${id}`) ?? null }
      await change(person, record, imageId, id, place)
    }
  }
}

/** Puts a mark of one's own somewhere, or takes it away, as the annotate screen does: merges where somebody was faster. */
async function change(
  { client, name }: Person,
  record: Record,
  imageId: string,
  id: string,
  place: number | null,
): Promise<void> {
  const startedAt = performance.now()
  let base = await readLabel(client, imageId)
  const box: BoundingBox = [place ?? 0, 1, 5, 5]
  const others = base.data.boxes.filter((mark) => mark.id !== id)
  let mine: Boxes = { ...base.data, boxes: [...others, ...(place === null ? [] : [{ id, class: 0, box }])] }
  for (;;) {
    const answer = await client.answer('PUT', `/images/${imageId}/label`, { type: 2000, data: mine }, base.etag)
    if (answer.ok) {
      await answer.arrayBuffer()
      const revision = revisionOf(answer.headers.get('etag'))
      const [sentFrom, endedAt] = [revisionOf(base.etag), performance.now()]
      record.labels.push({
        imageId,
        author: name,
        base: sentFrom,
        revision,
        content: contentOf(mine),
        startedAt,
        endedAt,
      })
      record.wanted.set(`${imageId} ${id}`, place)
      record.tookMs.push(endedAt - startedAt)
      return
    }
    if (answer.status !== 412) throw new Error(`a label was answered with ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
    record.merges += 1
    const theirs = await readLabel(client, imageId)
    mine = applyMerge(mergeTwo({ base: base.data, theirs: theirs.data, mine })) as Boxes
    base = theirs
  }
}

type Write = (person: Person, imageId: string) => Promise<string>

async function setValue(person: Person, into: SentValue[], imageId: string, write: Write): Promise<void> {
  const startedAt = performance.now()
  const value = await write(person, imageId)
  into.push({ imageId, value, startedAt, endedAt: performance.now() })
}

const rename: Write = async ({ client, name, random }, imageId) => {
  const chosen = `${name} ${Math.floor(random() * 1e9)}.png`
  await client.send('PATCH', `/images/${imageId}`, { name: chosen })
  return chosen
}

const skip: Write = async ({ client, name, random }, imageId) => {
  if (random() < 0.4) {
    await client.send('DELETE', `/images/${imageId}/skip`)
    return ''
  }
  const note = `${name} ${Math.floor(random() * 1e9)}`
  await client.send('POST', `/images/${imageId}/skip`, { reason: 'quality', note })
  return note
}

async function readLabel(client: Client, imageId: string): Promise<{ data: Boxes; etag: string }> {
  const answer = await client.send('GET', `/images/${imageId}/label`)
  return { data: ((await answer.json()) as LabelFile).data as Boxes, etag: answer.headers.get('etag') ?? '' }
}

const revisionOf = (etag: string | null): number => Number(/^"(\d+)/.exec(etag ?? '')?.[1])

/** Equal for equal marks, in whichever order. */
export function contentOf({ boxes }: Boxes): string {
  const marks = boxes.map(({ id, box, class: place }) => JSON.stringify([id, place, box])).sort()
  return createHash('sha256').update(marks.join('\n')).digest('hex')
}
