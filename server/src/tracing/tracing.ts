import type { FastifyInstance } from 'fastify'
import type { KyselyPlugin } from 'kysely'

/** What a span may say of itself: never names of images or people, paths with values, queries, or texts of errors. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>

/** Traces of what the program does, for OpenTelemetry. Off unless the settings name where they go. */
export interface Tracing {
  /** Every request becomes a span by its route, and its log lines get the id of the trace. */
  watchRequests(app: FastifyInstance): void
  /** Every statement becomes a span by its kind and table; null: nothing is watched. */
  readonly statements: KyselyPlugin | null
  /** What hands the trace on to a job; empty when nothing is traced. */
  carrier(): { traceparent?: string }
  /** Work on a job, as part of the trace that queued it. */
  job<Value>(name: string, carrier: { traceparent?: string | undefined }, work: () => Promise<Value>): Promise<Value>
  /** A call to another server. */
  call<Value>(
    facts: { method: string; host: string },
    work: (tell: (facts: SpanFacts) => void) => Promise<Value>,
  ): Promise<Value>
  /** Sends what is left. */
  close(): Promise<void>
}

export const noTracing: Tracing = {
  watchRequests: () => {},
  statements: null,
  carrier: () => ({}),
  job: (_name, _carrier, work) => work(),
  call: (_facts, work) => work(() => {}),
  close: async () => {},
}

export interface TracingSettings {
  /** Whole address that spans are sent to; null: as the variables of OpenTelemetry say. */
  url: string | null
  serviceName: string
  /** Share of traces that is kept, 0..1. */
  ratio: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** Null: no traces. `url` is our own setting; the variables of OpenTelemetry turn them on as well. */
export function readTracing(environment: Environment, url: string | undefined): TracingSettings | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = environment
  if (environment.OTEL_SDK_DISABLED === 'true' || environment.OTEL_TRACES_EXPORTER === 'none') return null
  if (!url && !endpoint && !traces) return null
  const ratio = Number(environment.OTEL_TRACES_SAMPLER_ARG ?? 1)
  return {
    url: url ? (/\/v1\/traces\/?$/.test(url) ? url : `${url.replace(/\/$/, '')}/v1/traces`) : null,
    serviceName: environment.OTEL_SERVICE_NAME ?? 'vesalius',
    ratio: ratio >= 0 && ratio <= 1 ? ratio : 1,
  }
}

/** The libraries are read only where traces are wanted. */
export async function openTracing(
  settings: TracingSettings | null,
  facts: { version: string; role: string },
): Promise<Tracing> {
  if (!settings) return noTracing
  const { createTracing } = await import('./open-telemetry.ts')
  return createTracing(settings, facts)
}
