import { z } from 'zod'
import { routes } from './api/index.ts'
import { ErrorBody } from './errors.ts'
import { pathOf, type Route } from './route.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of every route, made from the route objects. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const [operationId, route] of Object.entries(routes) as [string, Route][]) {
    const path = pathOf(route).replace(/:([A-Za-z]+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operation(operationId, route)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Vesalius', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...namedSchemas('output'), ...namedSchemas('input') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'vesalius_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operation(operationId: string, route: Route): Json {
  return {
    operationId,
    summary: route.summary,
    tags: [route.tag],
    security: securityOf(route),
    ...parameters(route),
    ...requestBody(route),
    responses: responses(route),
  }
}

function securityOf({ access }: Route): Json[] {
  if (access === 'none' || access === 'signed') return []
  return access === 'worker' ? [{ token: [] }] : [{ session: [] }, { token: [] }]
}

const IF_MATCH = {
  ...{ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } },
  description: 'The `ETag` of what is to be changed; where it is another by now, the answer is 412.',
}
const ETAG = { ETag: { description: 'The revision, for `If-Match`.', schema: { type: 'string' } } }

function parameters(route: Route): Json {
  const list = [...fields(route.params, 'path'), ...fields(route.query, 'query'), ...(route.takesTag ? [IF_MATCH] : [])]
  return list.length > 0 ? { parameters: list } : {}
}

function fields(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }))
}

function requestBody(route: Route): Json {
  if (route.takes) {
    return { requestBody: { required: true, content: { [route.takes]: { schema: { type: 'string' } } } } }
  }
  if (route.signedBody) return { requestBody: { required: true, content: jsonContent(route.signedBody) } }
  if (!route.form && !route.body) return {}
  const content = { ...(route.form ? formContent(route.form) : {}), ...(route.body ? jsonContent(route.body) : {}) }
  return { requestBody: { required: route.form !== undefined || !route.body?.safeParse(undefined).success, content } }
}

function jsonContent(body: z.ZodType): Json {
  return { 'application/json': { schema: toSchema(body, 'input') } }
}

function formContent(form: NonNullable<Route['form']>): Json {
  const properties = Object.fromEntries(
    Object.entries(form).map(([name, { description, isFile }]) => [
      name,
      {
        description,
        type: 'array',
        items: isFile ? { type: 'string', contentMediaType: 'application/octet-stream' } : { type: 'string' },
      },
    ]),
  )
  const required = Object.keys(form).filter((name) => form[name]?.isRequired)
  return { 'multipart/form-data': { schema: { type: 'object', required, properties } } }
}

function responses(route: Route): Json {
  const answers: Json = {}
  for (const [status, schema] of Object.entries(route.responses)) {
    answers[status] = { description: route.summary, ...answerContent(route, Number(status), schema) }
    if (route.isTagged && Number(status) < 300) answers[status] = { ...(answers[status] as Json), headers: ETAG }
  }
  answers.default = { description: 'A problem (RFC 9457)', content: problemContent() }
  return answers
}

function answerContent(route: Route, status: number, schema: z.ZodType | null): Json {
  if (schema) {
    const content = { 'application/json': { schema: toSchema(schema, 'output') } }
    // What a route tells of a failure itself comes beside the usual problems of the same status.
    return { content: status >= 400 ? { ...content, ...problemContent() } : content }
  }
  if (status >= 300 || status === 204 || !route.produces) return {}
  // JSON of a standard of its own is described there; all else is bytes or text.
  const type = route.produces.endsWith('+json') ? ['array', 'object'] : 'string'
  return { content: { [route.produces]: { schema: { type } } } }
}

const problemContent = (): Json => ({ 'application/problem+json': { schema: toSchema(ErrorBody, 'output') } })

/** JSON Schema of one type; types with a name of their own become references to the components. */
function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $defs, $schema, id, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      delete jsonSchema.id
    },
  }) as Json
  return JSON.parse(JSON.stringify(rest).replaceAll('#/$defs/', '#/components/schemas/'))
}

function namedSchemas(io: 'input' | 'output'): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  }) as { schemas: Record<string, Json> }
  for (const schema of Object.values(schemas)) {
    delete schema.$id
    delete schema.$schema
    delete schema.id
  }
  return schemas
}
