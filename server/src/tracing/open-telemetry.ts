import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { AppError } from '@vesalius/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Tracing, TracingSettings } from './tracing.ts'
import { watchStatements } from './watch-statements.ts'

const PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const FLUSH_MS = 5000

/** Tracing by OpenTelemetry's libraries, with nothing global: contexts are kept by a manager of our own. */
export function createTracing(
  { url, serviceName, ratio }: TracingSettings,
  { version, role }: { version: string; role: string },
): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': serviceName,
      'service.version': version,
      'service.instance.id': `${role}-${process.pid}`,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(url ? { url } : {}) })],
  })
  const tracer = provider.getTracer('vesalius', version)
  const contexts = new AsyncLocalStorageContextManager().enable()
  const within = async <Value>(
    { name, kind, parent, attributes }: { name: string; kind: SpanKind; parent: Context; attributes: SpanAttributes },
    work: (span: Span) => Promise<Value>,
  ): Promise<Value> => {
    const span = tracer.startSpan(name, { kind, attributes }, parent)
    try {
      return await contexts.with(trace.setSpan(parent, span), () => work(span))
    } catch (error) {
      // The text of an error may name a file or a person; its code does not.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof AppError ? error.code : 'INTERNAL' })
      throw error
    } finally {
      span.end()
    }
  }
  return {
    watchRequests: (app) => watchRequests(app, tracer, contexts),
    statements: watchStatements(tracer, () => contexts.active()),
    carrier() {
      const span = trace.getSpanContext(contexts.active())
      if (!span) return {}
      return { traceparent: `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}` }
    },
    job: (name, { traceparent }, work) =>
      within(
        {
          name: `job ${name}`,
          kind: SpanKind.CONSUMER,
          parent: parentOf(traceparent),
          attributes: { 'messaging.system': 'pg-boss', 'messaging.destination.name': name },
        },
        work,
      ),
    call: ({ method, host }, work) =>
      within(
        {
          name: method,
          kind: SpanKind.CLIENT,
          parent: contexts.active(),
          attributes: { 'http.request.method': method, 'server.address': host },
        },
        (span) => work((facts) => span.setAttributes(facts)),
      ),
    close: async () => {
      await provider.forceFlush({ timeoutMillis: FLUSH_MS }).catch(() => {})
      await provider.shutdown().catch(() => {})
      contexts.disable()
    },
  }
}

type SpanAttributes = Record<string, string | number | boolean>

function parentOf(traceparent: unknown): Context {
  const [, traceId, spanId, flags] = PARENT.exec(typeof traceparent === 'string' ? traceparent : '') ?? []
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  return trace.setSpanContext(ROOT_CONTEXT, span)
}

/** A span a request, named by the pattern of its route: what stands in the address stays out. */
function watchRequests(app: FastifyInstance, tracer: Tracer, contexts: AsyncLocalStorageContextManager): void {
  const spans = new WeakMap<FastifyRequest, Span>()
  const parents = new WeakMap<FastifyRequest, Context>()
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const parent = parentOf(request.headers.traceparent)
    const span = tracer.startSpan(
      `${request.method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': request.method, 'http.route': route, 'vesalius.request.id': request.id },
      },
      parent,
    )
    spans.set(request, span)
    request.log = request.log.child({ traceId: span.spanContext().traceId })
    const own = trace.setSpan(parent, span)
    parents.set(request, own)
    contexts.with(own, done)
  })
  // A body that was read has led out of the context: the rest of the request goes back into it.
  app.addHook('preValidation', (request, _reply, done) => {
    contexts.with(parents.get(request) ?? ROOT_CONTEXT, done)
  })
  app.addHook('onResponse', (request: FastifyRequest, { statusCode }: FastifyReply, done) => {
    const span = spans.get(request)
    span?.setAttribute('http.response.status_code', statusCode)
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
    span?.end()
    done()
  })
  app.addHook('onRequestAbort', (request, done) => {
    spans.get(request)?.end()
    done()
  })
}
