/** A JSON Schema as the OpenAPI document holds it; `true` and `{}` allow everything. */
export type Schema =
  | boolean
  | {
      $ref?: string
      type?: string | string[]
      const?: unknown
      enum?: unknown[]
      anyOf?: Schema[]
      oneOf?: Schema[]
      items?: Schema
      prefixItems?: Schema[]
      properties?: Record<string, Schema>
      required?: string[]
      additionalProperties?: Schema
      propertyNames?: Schema
      contentMediaType?: string
      description?: string
    }

interface MediaType {
  schema: Schema
}

/** What the document says of one operation. */
interface Described {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[]
  requestBody?: { required: boolean; content: Record<string, MediaType> }
  responses: Record<string, { content?: Record<string, MediaType>; headers?: object }>
}

export interface OpenApiDocument {
  info: { version: string }
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

export interface Parameter {
  name: string
  place: 'path' | 'query'
  isRequired: boolean
  schema: Schema
}

/** An operation as a client of any language needs it. */
export interface Operation {
  id: string
  summary: string
  method: string
  /** With `{name}` for parameters. */
  path: string
  parameters: Parameter[]
  /** Takes `If-Match`. */
  takesTag: boolean
  body: { kind: 'json' | 'form' | 'bytes'; isRequired: boolean; schema: Schema; mediaType: string } | null
  /** `content`: bytes of a media type, to be read as they come. */
  answer: { kind: 'none' } | { kind: 'content' } | { kind: 'json'; schemas: Schema[]; isTagged: boolean }
}

const JSON_TYPE = /^application\/(dicom\+)?json$/

/** Every operation of the document, by name. */
export function readOperations(document: OpenApiDocument): Operation[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => readOperation(path, method, described)),
  )
  return operations.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function readOperation(path: string, method: string, described: Described): Operation {
  const { operationId, summary, parameters = [] } = described
  return {
    id: operationId,
    summary,
    method: method.toUpperCase(),
    path,
    parameters: parameters
      .filter((each) => each.in !== 'header')
      .map(({ name, in: place, required, schema }) => ({
        ...{ name, place: place as 'path' | 'query', isRequired: required, schema },
      })),
    takesTag: parameters.some((each) => each.in === 'header' && each.name === 'If-Match'),
    body: readBody(described),
    answer: readAnswer(described),
  }
}

/** A form goes before JSON where an operation takes both. */
function readBody({ requestBody }: Described): Operation['body'] {
  if (!requestBody) return null
  const types = Object.keys(requestBody.content)
  const mediaType = types.find((type) => type.startsWith('multipart/form')) ?? types[0] ?? ''
  const kind = JSON_TYPE.test(mediaType) ? 'json' : mediaType.startsWith('multipart/form') ? 'form' : 'bytes'
  return { kind, isRequired: requestBody.required, schema: requestBody.content[mediaType]?.schema ?? {}, mediaType }
}

function readAnswer({ responses }: Described): Operation['answer'] {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  const contents = good.flatMap(([, { content = {} }]) => Object.entries(content))
  const schemas = contents.filter(([type]) => JSON_TYPE.test(type)).map(([, { schema }]) => schema)
  if (schemas.length > 0) {
    const isTagged = good.some(([, { headers }]) => headers && 'ETag' in headers)
    return { kind: 'json', schemas: distinct(schemas), isTagged }
  }
  // A redirection leads to bytes too.
  return { kind: contents.length > 0 || responses[302] ? 'content' : 'none' }
}

function distinct(schemas: Schema[]): Schema[] {
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
}

export const nameOfRef = (ref: string): string => ref.replace('#/components/schemas/', '')
