import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { toDicomJson } from '@vesalius/formats'
import { type DataSet, readDicomNow } from '@vesalius/imaging'

/** A small DICOMweb server of somebody else on loopback: it finds what it was given, sends it, and takes what it is sent. */
export interface DicomwebServer {
  url: string
  /** What it was asked, with the header `Authorization`. */
  asked: { path: string; authorization: string | undefined }[]
  /** Objects it was sent. */
  stored: DataSet[]
  /** Refuses what it is sent from now on. */
  isFull: boolean
  close(): Promise<void>
}

const TAG = { study: 0x0020000d, series: 0x0020000e, instance: 0x00080018 }
const VRS: Record<number, string> = { [TAG.study]: 'UI', [TAG.series]: 'UI', [TAG.instance]: 'UI' }
const PIXELS = 0x7fe00000

export async function openDicomwebServer(files: readonly Buffer[]): Promise<DicomwebServer> {
  const held = files.map((bytes) => {
    const { dataSet } = readDicomNow(bytes, { before: PIXELS })
    const uid = (tag: number) => dataSet.text(tag) ?? ''
    return {
      ...{ bytes, dataSet, study: uid(TAG.study), series: uid(TAG.series), instance: uid(TAG.instance) },
      json: toDicomJson(dataSet, { vrOf: (tag) => VRS[tag] ?? null }),
    }
  })
  const firstOf = (kind: 'study' | 'series', list: typeof held) => [
    ...new Map(list.map((file) => [file[kind], file.json])).values(),
  ]
  const store = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request)
    if (opened.isFull) {
      const failed = { '00081198': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [0xa700] } }] } }
      return send(response, 409, JSON.stringify(failed))
    }
    const [, boundary = ''] = /boundary=(\S+)/.exec(request.headers['content-type'] ?? '') ?? []
    const start = body.indexOf('\r\n\r\n') + 4
    opened.stored.push(readDicomNow(body.subarray(start, body.lastIndexOf(`\r\n--${boundary}--`)), {}).dataSet)
    return send(response, 200, '{}')
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://here')
    opened.asked.push({ path: request.url ?? '', authorization: request.headers.authorization })
    if (request.method === 'POST') return void store(request, response)
    const [, , study, , series, , instance] = url.pathname.replace(/\/metadata$/, '').split('/')
    const fits = held.filter(
      (file) =>
        (!study || file.study === study) &&
        (!series || file.series === series) &&
        (!instance || file.instance === instance),
    )
    const offset = Number(url.searchParams.get('offset') ?? 0)
    const page = (list: object[]) =>
      send(response, 200, JSON.stringify(list.slice(offset, offset + Number(url.searchParams.get('limit') ?? 100))))
    if (/^\/studies$/.test(url.pathname)) return page(firstOf('study', fits))
    if (/\/series$/.test(url.pathname)) return page(firstOf('series', fits))
    if (/\/metadata$/.test(url.pathname)) return send(response, 200, JSON.stringify(fits.map(({ json }) => json)))
    if (/\/instances$/.test(url.pathname)) return page(fits.map(({ json }) => json))
    const [file] = fits
    if (!file) return send(response, 404, '')
    const head = '--here\r\nContent-Type: application/dicom\r\n\r\n'
    const body = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from('\r\n--here--')])
    response.writeHead(200, { 'content-type': 'multipart/related; type="application/dicom"; boundary=here' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const opened: DicomwebServer = {
    ...{ asked: [], stored: [], isFull: false },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return opened
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/dicom+json' }).end(body)
}
