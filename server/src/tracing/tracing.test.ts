import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { sliceDicom } from '../testing/dicom.ts'
import { openDicomwebServer } from '../testing/dicomweb-server.ts'
import { until } from '../testing/remote-world.ts'
import { openTestApp, signUp } from '../testing/test-app.ts'
import { uploadImage } from '../testing/uploads.ts'
import { noTracing, readTracing } from './tracing.ts'

interface Sent {
  name: string
  traceId: string
  parentSpanId?: string
  spanId: string
  attributes: { key: string; value: { stringValue?: string } }[]
}

/** Takes what a process sends, as a collector of OpenTelemetry does. */
async function openCollector() {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    bodies.push(await text(request))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    said: () => bodies.join('\n'),
    spans: () =>
      bodies.flatMap((body): Sent[] =>
        JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: Sent[] }[] }) =>
          resource.scopeSpans.flatMap(({ spans }) => spans),
        ),
      ),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

it('requests, jobs, statements and calls are spans of one trace, without a word of patients or names', async () => {
  const collector = await openCollector()
  const archive = await openDicomwebServer([sliceDicom({ patient: 'SECRET-7', name: 'Hidden^Person' })])
  const environment = { VESALIUS_OTLP_URL: collector.url, VESALIUS_OUTGOING_ALLOW: '127.0.0.1' }
  const test = await openTestApp({ worker: true, environment })
  const owner = await signUp(test.app, 'owner')
  const api = async (url: string, payload?: object, more = {}) => {
    const call = { method: payload ? 'POST' : 'GET', url: `/api/v1${url}`, headers: { ...owner, ...more } } as const
    return (await test.app.inject({ ...call, ...(payload ? { payload } : {}) })).json()
  }
  const { id } = await api('/projects', { name: 'Quiet project', taskType: 1001, classes: ['a', 'b'] })
  await uploadImage(test.app, owner, id, { name: 'private-name.dcm', bytes: sliceDicom({ study: '1.2.8' }) })
  await api(`/projects/${id}/images?text=private-query`)
  const source = await api(`/projects/${id}/dicom-sources`, { name: 'PACS', url: archive.url })
  await api(`/projects/${id}/dicom-sources/${source.id}/search`, { patientId: 'SECRET-7' })
  const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`
  const at = `/projects/${id}/dicom-sources/${source.id}/imports`
  const started = await api(at, { selections: [{ studyUid: '1.2.3' }] }, { traceparent })
  await until(async () => (await api(`/imports/${started.id}`)).finishedAt)
  await test.app.inject({ url: `/dicomweb/projects/${id}/studies?PatientID=SECRET-7`, headers: owner })
  await test.close()
  await archive.close()
  const spans = collector.spans()
  await collector.close()

  const trace = spans.filter(({ traceId }) => traceId === 'ab'.repeat(16))
  const names = new Set(trace.map(({ name }) => name))
  const request = trace.find(
    ({ name }) => name === 'POST /api/v1/projects/:projectId/dicom-sources/:dicomSourceId/imports',
  )
  const job = trace.find(({ name }) => name === 'job import-images')
  expect(request?.parentSpanId).toBe('cd'.repeat(8))
  expect(job?.parentSpanId).toBe(request?.spanId)
  expect([...names]).toEqual(expect.arrayContaining(['INSERT imports', 'INSERT images', 'GET']))
  const called = trace.find(({ name }) => name === 'GET')
  expect(called?.attributes.map(({ key }) => key).sort()).toEqual([
    ...['http.request.method', 'http.response.status_code', 'server.address'],
  ])
  for (const word of ['SECRET-7', 'Hidden', 'Person', 'private-name', 'private-query', 'Quiet', '1.2.3', 'owner@']) {
    expect(collector.said()).not.toContain(word)
  }
}, 240_000)

it('are off unless an address is given, by our setting or the variables of OpenTelemetry', () => {
  expect(readTracing({}, undefined)).toBeNull()
  expect(readTracing({}, 'http://collector:4318')).toMatchObject({ url: 'http://collector:4318/v1/traces', ratio: 1 })
  const standard = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_TRACES_SAMPLER_ARG: '0.1' }
  expect(readTracing(standard, undefined)).toMatchObject({ url: null, ratio: 0.1 })
  expect(readTracing({ ...standard, OTEL_SDK_DISABLED: 'true' }, undefined)).toBeNull()
  expect(noTracing.carrier()).toEqual({})
})
